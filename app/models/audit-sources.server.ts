import type { AuditFilter, AuditGroup } from "~/filters/audit-filter";
import { Prisma } from "~/generated/prisma/client";
import type { AuditKind } from "./audit.server";

/** Under which heading an entry of audit_log is filtered. A new kind of act says here where it belongs. */
const GROUP_OF: Readonly<Record<AuditKind, AuditGroup>> = {
  signed_in: "sign_in",
  signed_out: "sign_in",
  identity_linked: "account",
  exported: "export",
  user_created: "account",
  role_changed: "account",
  deactivated: "account",
  reactivated: "account",
  invited: "account",
  password_set: "account",
  sessions_ended: "account",
  doctor_looked: "settings",
  restored_compared: "settings",
  note_template_changed: "settings",
  suggestion_asked: "settings",
  cycle_created: "settings",
  cycle_renamed: "settings",
  cycle_status_changed: "settings",
  cycle_rates_changed: "settings",
  cycle_tester_added: "settings",
  cycle_tester_removed: "settings",
  cycle_report_kept: "settings",
};

/** One table that tells of acts, read newest first along an index. */
export type AuditSource = {
  readonly groups: readonly AuditGroup[];
  readonly columns: Prisma.Sql;
  readonly from: Prisma.Sql;
  /** What its index is sorted by. */
  readonly at: Prisma.Sql;
  readonly where: (filter: AuditFilter) => Prisma.Sql[];
  /** Each way in which a person has to do with a row, so that each is read along its index. */
  readonly person: (id: number) => Prisma.Sql[];
};

/** what, actor_id, subject_id, issue_id, batch_id, amount, currency, note, detail, address */
const columns = (text: string) => Prisma.raw(text);

function batchSource(what: "prepared" | "confirmed" | "cancelled"): AuditSource {
  return {
    groups: ["batch"],
    from: Prisma.sql`payout_batches t`,
    at: Prisma.raw(`t.${what}_at`),
    columns:
      columns(`'batch_${what}', t.${what}_by, NULL::int, NULL::int, t.id, NULL::bigint, NULL::currency, NULL::text,
      NULL::jsonb, NULL::text`),
    where: () => [Prisma.raw(`t.${what}_at IS NOT NULL`)],
    person: (id) => [Prisma.sql`${Prisma.raw(`t.${what}_by`)} = ${id}`],
  };
}

const EVENTS: AuditSource = {
  groups: ["decision", "reversal"],
  from: Prisma.sql`issue_events t`,
  at: Prisma.sql`t.at`,
  columns:
    columns(`t.kind::text, t.actor_id, NULL::int, t.issue_id, t.batch_id, t.amount, t.currency,
    CASE t.kind WHEN 'rejected' THEN t.note ELSE concat_ws(': ', t.reason, t.note) END,
    CASE t.kind WHEN 'rejected' THEN jsonb_build_object('reason', t.reason) ELSE t.detail END, NULL::text`),
  // As the two partial indexes say it.
  where: ({ group }) => [
    group === "reversal"
      ? Prisma.sql`t.kind IN ('voided', 'reversed')`
      : Prisma.sql`t.kind NOT IN ('filed', 'submitted', 'edited', 'paid')`,
    ...(group === "decision" ? [Prisma.sql`t.kind NOT IN ('voided', 'reversed')`] : []),
  ],
  person: (id) => [Prisma.sql`t.actor_id = ${id}`],
};

const LOG: AuditSource = {
  groups: [...new Set(Object.values(GROUP_OF))],
  from: Prisma.sql`audit_log t`,
  at: Prisma.sql`t.at`,
  columns:
    columns(`t.kind, t.actor_id, t.subject_id, NULL::int, NULL::int, NULL::bigint, NULL::currency, NULL::text,
    t.detail, t.address`),
  where: ({ group }) => {
    if (group === null) return [];
    const kinds = Object.entries(GROUP_OF).flatMap(([kind, its]) => (its === group ? [kind] : []));
    return [Prisma.sql`t.kind IN (${Prisma.join(kinds)})`];
  },
  person: (id) => [
    Prisma.sql`t.actor_id = ${id}`,
    Prisma.sql`t.subject_id = ${id} AND t.actor_id IS DISTINCT FROM ${id}`,
  ],
};

const FAILED: AuditSource = {
  groups: ["sign_in"],
  from: Prisma.sql`sign_in_attempts t`,
  at: Prisma.sql`t.at`,
  columns:
    columns(`'sign_in_failed', NULL::int, NULL::int, NULL::int, NULL::int, NULL::bigint, NULL::currency, t.email,
    NULL::jsonb, t.address`),
  where: () => [Prisma.sql`NOT t.succeeded`],
  person: (id) => [Prisma.sql`t.email = (SELECT lower(u.email) FROM users u WHERE u.id = ${id})`],
};

const VIEWS: AuditSource = {
  groups: ["view_as"],
  from: Prisma.sql`admin_impersonation_log t`,
  at: Prisma.sql`t.at`,
  columns:
    columns(`'view_' || t.kind::text, t.admin_id, t.user_id, NULL::int, NULL::int, NULL::bigint, NULL::currency, t.reason,
    CASE WHEN t.ended IS NOT NULL THEN jsonb_build_object('ended', t.ended) END, NULL::text`),
  where: () => [],
  person: (id) => [Prisma.sql`t.admin_id = ${id}`, Prisma.sql`t.user_id = ${id}`],
};

const CORRECTIONS: AuditSource = {
  groups: ["batch"],
  from: Prisma.sql`payment_corrections t JOIN issue_payouts p ON p.id = t.payment_id`,
  at: Prisma.sql`t.at`,
  columns:
    columns(`'payment_corrected', t.corrected_by, p.tester_id, p.issue_id, p.batch_id, NULL::bigint, NULL::currency,
    t.reason, NULL::jsonb, NULL::text`),
  where: () => [],
  person: (id) => [Prisma.sql`t.corrected_by = ${id}`],
};

const PAYEES: AuditSource = {
  groups: ["account"],
  from: Prisma.sql`payee_changes t`,
  at: Prisma.sql`t.at`,
  columns:
    columns(`'payee_changed', t.actor_id, t.user_id, NULL::int, NULL::int, NULL::bigint, NULL::currency, NULL::text,
    NULL::jsonb, NULL::text`),
  where: () => [],
  person: (id) => [
    Prisma.sql`t.user_id = ${id}`,
    Prisma.sql`t.actor_id = ${id} AND t.user_id <> ${id}`,
  ],
};

/** A source's number stands in the links between pages: new ones are added at the end. */
export const SOURCES: readonly AuditSource[] = [
  ...["prepared", "confirmed", "cancelled"].map((what) => batchSource(what as "prepared")),
  ...[EVENTS, LOG, FAILED, VIEWS, CORRECTIONS, PAYEES],
];
