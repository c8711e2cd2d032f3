import { db } from "~/database/client.server";
import { dayRange } from "~/domain/team-date";
import type { Currency } from "~/domain/money";
import type { AuditFilter, AuditPlace } from "~/filters/audit-filter";
import { type IssueEventKind, Prisma } from "~/generated/prisma/client";
import { type AuditSource as Source, SOURCES } from "./audit-sources.server";
import type { AuditKind } from "./audit.server";
import { openRowCursor, type RowSource } from "./row-cursor.server";

type OwnKind =
  | "sign_in_failed"
  | "view_started"
  | "view_stopped"
  | "batch_prepared"
  | "batch_confirmed"
  | "batch_cancelled"
  | "payment_corrected"
  | "payee_changed";
type DecisionKind = Exclude<IssueEventKind, "filed" | "submitted" | "edited" | "paid">;

/** Everything that the audit page tells of. */
export type AuditWhat = AuditKind | OwnKind | DecisionKind;

export type AuditLine = {
  readonly source: number;
  readonly id: number;
  readonly at: Date;
  readonly what: AuditWhat;
  readonly actorId: number | null;
  readonly actor: string | null;
  readonly subjectId: number | null;
  readonly subject: string | null;
  readonly issueId: number | null;
  readonly batchId: number | null;
  /** Minor units as text. */
  readonly amount: string | null;
  readonly currency: Currency | null;
  /** A reason or a note; of a failed sign-in the address that was typed. */
  readonly note: string | null;
  readonly detail: Record<string, unknown> | null;
  readonly address: string | null;
};

type Read = {
  readonly filter: AuditFilter;
  readonly zone: string;
  readonly after: AuditPlace | null;
  /** Null: all there are. */
  readonly limit: number | null;
};

export async function auditList(
  filter: AuditFilter,
  zone: string,
  after: AuditPlace | null,
  limit: number,
): Promise<AuditLine[]> {
  return db().$queryRaw<AuditLine[]>(query({ filter, zone, after, limit }));
}

/** The same lines, all of them; `at` is text. */
export function exportAudit(
  filter: AuditFilter,
  zone: string,
): Promise<RowSource<Omit<AuditLine, "at"> & { at: string }>> {
  const { text, values } = query({ filter, zone, after: null, limit: null });
  return openRowCursor(
    `SELECT q.*, to_char(q.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS at FROM (${text}) q`,
    values,
  );
}

/** Each source along its own index as far as the page needs, then the few of them merged. */
function query(read: Read): Prisma.Sql {
  const { group } = read.filter;
  const sources = SOURCES.flatMap((source, at) =>
    group === null || source.groups.includes(group) ? [part(read, source, at)] : [],
  );
  return Prisma.sql`
    SELECT x.source, x.id, x.at, x.what, x.actor_id AS "actorId", a.name AS actor, x.subject_id AS "subjectId",
           s.name AS subject, x.issue_id AS "issueId", x.batch_id AS "batchId", x.amount::text AS amount, x.currency::text AS currency,
           nullif(x.note, '') AS note, x.detail, x.address
      FROM (SELECT * FROM (${Prisma.join(sources, " UNION ALL ")}) u ${ORDER} ${limited(read)})
        x (source, id, at, what, actor_id, subject_id, issue_id, batch_id, amount, currency, note, detail, address)
      LEFT JOIN users a ON a.id = x.actor_id
      LEFT JOIN users s ON s.id = x.subject_id
      ORDER BY x.at DESC, x.source, x.id DESC`;
}

const ORDER = Prisma.sql`ORDER BY at DESC, source, row_id DESC`;

function limited({ limit }: Read): Prisma.Sql {
  return limit === null ? Prisma.empty : Prisma.sql`LIMIT ${limit}`;
}

function part(read: Read, source: Source, number: number): Prisma.Sql {
  const { filter } = read;
  const conditions = [
    ...source.where(filter),
    ...inPeriod(read, source),
    ...placed(read, source, number),
  ];
  const ways = filter.person === null ? [Prisma.sql`true`] : source.person(filter.person);
  const reads = ways.map(
    (way) => Prisma.sql`(
      SELECT ${number}::int AS source, t.id AS row_id, ${source.at} AS at, ${source.columns} FROM ${source.from}
       WHERE ${Prisma.join([way, ...conditions], " AND ")}
       ORDER BY ${source.at} DESC, t.id DESC ${limited(read)})`,
  );
  return Prisma.join(reads, " UNION ALL ");
}

function inPeriod({ filter, zone }: Read, { at }: Source): Prisma.Sql[] {
  const { from, before } = dayRange(filter.from, filter.to, zone);
  const conditions: Prisma.Sql[] = [];
  if (from) conditions.push(Prisma.sql`${at} >= ${from}::timestamptz`);
  if (before) conditions.push(Prisma.sql`${at} < ${before}::timestamptz`);
  return conditions;
}

// Rows of the same instant: those of earlier sources are all before the place, those of later ones all after it.
function placed({ after }: Read, { at }: Source, number: number): Prisma.Sql[] {
  if (!after) return [];
  const id = number === after.source ? after.id : number > after.source ? 2_147_483_647 : 0;
  return [Prisma.sql`(${at}, t.id) < (${after.at}::timestamptz, ${id}::int)`];
}
