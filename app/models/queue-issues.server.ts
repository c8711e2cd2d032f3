import { db } from "~/database/client.server";
import { type Currency, toMinor } from "~/domain/money";
import type { Severity } from "~/domain/severity";

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
