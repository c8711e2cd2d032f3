import { db } from "~/database/client.server";
import { duplicateOfIn } from "~/domain/issue-history";
import type { IssueStatus } from "~/domain/issue-status";
import { type Currency, type Money, money } from "~/domain/money";
import {
  livePayment,
  moneyStanding,
  type MoneyStanding,
  type PaymentRow,
  type PayoutMethod,
} from "~/domain/payment";
import type { PayoutStatus } from "~/domain/payout-status";
import { payoutRatesFrom, suggestedAmountCentsFor } from "~/domain/rates";
import type { Severity } from "~/domain/severity";
import type { IsoDate } from "~/domain/team-date";
import type { Keyset } from "~/filters/keyset";
import { Prisma } from "~/generated/prisma/client";
import { PAID_ON, REFERENCE, WITH_LATEST_CORRECTION } from "./corrected-payment";

/** A history of 42 issues is one page (DESIGN 11). */
export const HISTORY_PAGE = 50;

/** One issue of the tester, and where its money stands. */
export type HistoryLine = {
  readonly id: number;
  readonly filedAt: Date;
  readonly cycle: { readonly id: number; readonly name: string };
  readonly severity: Severity;
  readonly title: string;
  readonly status: IssueStatus;
  readonly payoutStatus: PayoutStatus;
  /** Suggested while it awaits a decision, else approved, which is also what is paid; null when neither. */
  readonly amount: Money | null;
  /** Of the payment that stands. */
  readonly paidOn: IsoDate | null;
  readonly method: PayoutMethod | null;
  readonly standing: MoneyStanding;
};

export type HistoryPage = {
  readonly lines: readonly HistoryLine[];
  /** Where the neighbouring pages begin: `after` and `before` of the next call. Null: there is none. */
  readonly newer: Keyset | null;
  readonly older: Keyset | null;
};

export type HistoryFilter = {
  readonly before?: Keyset | null;
  readonly after?: Keyset | null;
  readonly cycleId?: number;
  /** Only issues whose money the tester has. */
  readonly paidOnly?: boolean;
};

/** What the tester filed, newest first. Drafts are not filed yet. */
export async function balanceHistory(
  testerId: number,
  filter: HistoryFilter = {},
): Promise<HistoryPage> {
  const upwards = filter.after != null;
  const rows = await historyRows(testerId, filter, HISTORY_PAGE + 1);
  // Nothing before this place, or not a whole page after it: the list from its beginning says more.
  if (upwards ? rows.length <= HISTORY_PAGE : filter.before != null && rows.length === 0) {
    return balanceHistory(testerId, { ...filter, before: null, after: null });
  }
  const hasMore = rows.length > HISTORY_PAGE;
  const page = rows.slice(0, HISTORY_PAGE);
  if (upwards) page.reverse();
  const lines = page.map(historyLine);
  const isInside = upwards ? hasMore : filter.before != null;
  return {
    lines,
    newer: isInside ? placeOf(lines[0]) : null,
    older: upwards || hasMore ? placeOf(lines.at(-1)) : null,
  };
}

function placeOf(line: HistoryLine | undefined): Keyset | null {
  return line ? { at: line.filedAt, id: line.id } : null;
}

type HistoryRow = Omit<HistoryLine, "cycle" | "amount" | "paidOn" | "method" | "standing"> & {
  cycleId: number;
  cycleName: string;
  metadata: unknown;
  approvedAmount: bigint | null;
  approvedCurrency: Currency | null;
  since: Date;
  reason: string | null;
  note: string | null;
  detail: unknown;
  payments: PaymentRow[] | null;
};

/** One statement, hence one snapshot: an issue can never contradict its payments. Upwards when `after` is given. */
function historyRows(
  testerId: number,
  filter: HistoryFilter,
  limit: number,
): Promise<HistoryRow[]> {
  const order = filter.after ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  return db().$queryRaw<HistoryRow[]>`
    SELECT i.id, i.filed_at AS "filedAt", i.cycle_id AS "cycleId", c.name AS "cycleName", c.metadata, i.severity,
           i.title, i.status, i.payout_status AS "payoutStatus", i.approved_amount AS "approvedAmount",
           i.approved_currency AS "approvedCurrency",
           -- A draft's first event is older than its filing.
           CASE last.version WHEN 1 THEN i.filed_at ELSE last.at END AS since, last.reason, last.note, last.detail,
           paid.payments
      FROM (SELECT * FROM issues i WHERE ${conditions(testerId, filter)}
              ORDER BY i.filed_at ${order}, i.id ${order} LIMIT ${limit}) i
      JOIN test_cycles c ON c.id = i.cycle_id
      CROSS JOIN LATERAL (
        SELECT e.version, e.at, e.reason, e.note, e.detail FROM issue_events e
          WHERE e.issue_id = i.id AND e.from_payout_status IS DISTINCT FROM e.to_payout_status
          ORDER BY e.version DESC LIMIT 1
      ) last
      CROSS JOIN LATERAL (
        SELECT jsonb_agg(jsonb_build_object(
                 'seq', p.seq, 'paidOn', ${PAID_ON}, 'method', p.method, 'reference', ${REFERENCE},
                 'reversalKind', p.kind)) AS payments
          FROM issue_payouts p ${WITH_LATEST_CORRECTION} WHERE p.issue_id = i.id
      ) paid
      ORDER BY i.filed_at ${order}, i.id ${order}`;
}

function conditions(testerId: number, { before, after, cycleId, paidOnly }: HistoryFilter) {
  const all = [Prisma.sql`i.tester_id = ${testerId} AND i.status <> 'draft'`];
  if (cycleId !== undefined) all.push(Prisma.sql`i.cycle_id = ${cycleId}`);
  if (before) all.push(Prisma.sql`(i.filed_at, i.id) < ${place(before)}`);
  if (after) all.push(Prisma.sql`(i.filed_at, i.id) > ${place(after)}`);
  if (paidOnly) {
    // Voided, yet kept by the tester, is paid as well; the pairs of a reversed payment add up to nothing.
    all.push(Prisma.sql`i.payout_status IN ('paid', 'void')
      AND (SELECT sum(p.amount) FROM issue_payouts p WHERE p.issue_id = i.id) > 0`);
  }
  return Prisma.join(all, " AND ");
}

function place({ at, id }: Keyset) {
  return Prisma.sql`(${at.toISOString()}::timestamptz, ${id}::int)`;
}

function historyLine(row: HistoryRow): HistoryLine {
  const { id, filedAt, severity, title, status, payoutStatus, since, reason, note } = row;
  const payments = row.payments ?? [];
  const duplicateOf = duplicateOfIn(row.detail);
  const live = livePayment(payments);
  return {
    ...{ id, filedAt, severity, title, status, payoutStatus },
    cycle: { id: row.cycleId, name: row.cycleName },
    amount: amountOf(row),
    paidOn: live?.paidOn ?? null,
    method: live?.method ?? null,
    standing: moneyStanding({
      ...{ status, payoutStatus, since, reason, note, duplicateOf, payments },
    }),
  };
}

function amountOf(row: HistoryRow): Money | null {
  if (row.approvedAmount !== null && row.approvedCurrency !== null) {
    return money(row.approvedCurrency, row.approvedAmount);
  }
  if (row.payoutStatus !== "pending") return null;
  return suggestedAmountCentsFor({ payoutRates: payoutRatesFrom(row.metadata) }, row.severity);
}
