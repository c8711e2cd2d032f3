import { db } from "~/database/client.server";
import { type Currency, toMinor } from "~/domain/money";
import type { PayoutMethod } from "~/domain/payment";
import type { Severity } from "~/domain/severity";
import type { IsoDate } from "~/domain/team-date";

/** One line of the pay queue: what one tester is owed in one currency, prepared batches left out. */
export type QueueLine = {
  readonly testerId: number;
  readonly name: string;
  readonly currency: Currency;
  readonly count: number;
  /** Minor units. */
  readonly total: number;
  readonly oldestApprovedAt: Date;
  readonly deactivated: boolean;
  readonly payeeMissing: boolean;
  readonly lastPayment: LastPayment | null;
};

type LastPayment = {
  readonly paidOn: IsoDate;
  readonly method: PayoutMethod;
  readonly reference: string | null;
};

type LineRow = {
  tester_id: number;
  name: string;
  currency: Currency;
  count: bigint;
  total: bigint;
  oldest: Date;
  deactivated: boolean;
  payee_missing: boolean;
  paid_on: string | null;
  method: PayoutMethod | null;
  reference: string | null;
};

/** The whole queue, oldest debt first. Reads only approved issues, however long history is. */
export async function payQueue(): Promise<QueueLine[]> {
  const rows = await db().$queryRaw<LineRow[]>`
    SELECT q.*, u.name, u.deactivated_at IS NOT NULL AS deactivated,
           (u.kaspi_phone IS NULL AND u.iban IS NULL) AS payee_missing,
           last.paid_on, last.method, last.reference
      FROM (
        SELECT i.tester_id, i.approved_currency AS currency, count(*) AS count,
               sum(i.approved_amount)::bigint AS total, min(i.approved_at) AS oldest
          FROM issues i
          WHERE i.payout_status = 'approved'
            AND NOT EXISTS (SELECT FROM payout_batch_items h WHERE h.issue_id = i.id AND h.state = 'reserved')
          GROUP BY i.tester_id, i.approved_currency
      ) q
      JOIN users u ON u.id = q.tester_id
      LEFT JOIN LATERAL (
        SELECT p.paid_on::text AS paid_on, p.method, p.reference FROM issue_payouts p
          WHERE p.tester_id = q.tester_id AND p.amount > 0 ORDER BY p.paid_on DESC, p.id DESC LIMIT 1
      ) last ON true
      ORDER BY q.oldest, u.id, q.currency`;
  return rows.map((row) => ({
    testerId: row.tester_id,
    name: row.name,
    currency: row.currency,
    count: Number(row.count),
    total: toMinor(row.total),
    oldestApprovedAt: row.oldest,
    deactivated: row.deactivated,
    payeeMissing: row.payee_missing,
    lastPayment:
      row.paid_on === null || row.method === null
        ? null
        : { paidOn: row.paid_on, method: row.method, reference: row.reference },
  }));
}

export type QueueIssue = {
  readonly id: number;
  readonly testerId: number;
  readonly currency: Currency;
  /** Minor units. */
  readonly amount: number;
  readonly title: string;
  readonly severity: Severity;
  readonly cycleName: string;
  readonly approvedAt: Date;
};

type IssueRow = Omit<QueueIssue, "amount"> & { amount: bigint };

/** The issues behind these lines of the queue, oldest approval first; null: behind every line. */
export async function queueIssues(
  lines: readonly { readonly testerId: number; readonly currency: Currency }[] | null,
): Promise<QueueIssue[]> {
  if (lines?.length === 0) return [];
  const rows = await db().$queryRaw<IssueRow[]>`
    SELECT i.id, i.tester_id AS "testerId", i.approved_currency AS currency, i.approved_amount AS amount, i.title,
           i.severity, c.name AS "cycleName", i.approved_at AS "approvedAt"
      FROM issues i JOIN test_cycles c ON c.id = i.cycle_id
      WHERE i.payout_status = 'approved'
        AND (${lines === null} OR (i.tester_id, i.approved_currency) IN (
          SELECT * FROM unnest(${(lines ?? []).map((l) => l.testerId)}::int[],
                               ${(lines ?? []).map((l) => l.currency)}::currency[])))
        AND NOT EXISTS (SELECT FROM payout_batch_items h WHERE h.issue_id = i.id AND h.state = 'reserved')
      ORDER BY i.tester_id, i.approved_currency, i.approved_at, i.id`;
  return rows.map((row) => ({ ...row, amount: toMinor(row.amount) }));
}
