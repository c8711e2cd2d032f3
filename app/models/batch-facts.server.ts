import type { Tx } from "~/database/transaction.server";
import { addDays, type IsoDate } from "~/domain/team-date";
import {
  type BatchWarning,
  batchWarnings,
  SAME_TOTAL_WATCH_DAYS,
  type TransferFacts,
} from "~/domain/batch-warning";
import { type Currency, toMinor } from "~/domain/money";
import type { PayoutMethod } from "~/domain/payment";

/** What the warnings of one transfer are judged by, before its history is looked up. */
export type TransferToJudge = {
  readonly testerId: number;
  readonly currency: Currency;
  /** Minor units. */
  readonly total: number;
  readonly method: PayoutMethod | null;
  readonly reference: string | null;
  readonly paidOn: IsoDate | null;
  readonly kaspiPhone: string | null;
  readonly iban: string | null;
};

type HistoryRow = {
  tester_id: number;
  currency: Currency;
  deactivated: boolean;
  payee_changed_at: Date | null;
  largest: bigint | null;
};
type RecentRow = {
  tester_id: number;
  currency: Currency;
  batch_id: number;
  total_amount: bigint;
  paid_on: string;
};
type UsedRow = { method: PayoutMethod; reference: string; batch_id: number };

/** The warnings of DESIGN 5 for these transfers, judged by what was paid before. `batchId` itself does not count. */
export async function warningsFor(
  tx: Tx,
  batchId: number,
  transfers: readonly TransferToJudge[],
  now: Date,
  today: IsoDate,
): Promise<BatchWarning[]> {
  const history = await transferHistory(tx, transfers);
  const recent = await recentTransfers(tx, batchId, transfers, today);
  const used = await usedReferences(tx, batchId, transfers);
  const facts = transfers.map((transfer): TransferFacts => {
    const same = (row: { tester_id: number; currency: Currency }) =>
      row.tester_id === transfer.testerId && row.currency === transfer.currency;
    const past = history.find(same);
    return {
      ...transfer,
      testerDeactivated: past?.deactivated ?? false,
      payee: {
        kaspiPhone: transfer.kaspiPhone,
        iban: transfer.iban,
        changedAt: past?.payee_changed_at ?? null,
      },
      earlier: {
        largestTotal:
          past?.largest === null || past?.largest === undefined ? null : toMinor(past.largest),
        recent: recent.filter(same).map((row) => ({
          batchId: row.batch_id,
          total: toMinor(row.total_amount),
          paidOn: row.paid_on,
        })),
      },
      referenceUsedIn: used
        .filter((row) => row.method === transfer.method && row.reference === transfer.reference)
        .map((row) => row.batch_id),
    };
  });
  return batchWarnings({ now, today, transfers: facts });
}

function transferHistory(tx: Tx, transfers: readonly TransferToJudge[]): Promise<HistoryRow[]> {
  return tx.$queryRaw<HistoryRow[]>`
    SELECT line.tester_id, line.currency, u.deactivated_at IS NOT NULL AS deactivated, u.payee_changed_at,
           (SELECT max(t.total_amount) FROM payout_transfers t
             WHERE t.tester_id = line.tester_id AND t.currency = line.currency AND t.method IS NOT NULL
               AND EXISTS (SELECT FROM issue_payouts p WHERE p.transfer_id = t.id
                           GROUP BY p.issue_id HAVING sum(p.amount) > 0)) AS largest
      FROM unnest(${transfers.map((t) => t.testerId)}::int[], ${transfers.map((t) => t.currency)}::currency[])
        AS line (tester_id, currency)
      JOIN users u ON u.id = line.tester_id`;
}

function recentTransfers(
  tx: Tx,
  batchId: number,
  transfers: readonly TransferToJudge[],
  today: IsoDate,
): Promise<RecentRow[]> {
  const since = addDays(today, -SAME_TOTAL_WATCH_DAYS * 2);
  // By the date as it was corrected last; all payments of a transfer are corrected together.
  return tx.$queryRaw<RecentRow[]>`
    SELECT t.tester_id, t.currency, t.batch_id, t.total_amount, sent.paid_on::text AS paid_on
      FROM unnest(
        ${transfers.map((t) => t.testerId)}::int[],
        ${transfers.map((t) => t.currency)}::currency[],
        ${transfers.map((t) => t.total)}::bigint[]) AS line (tester_id, currency, total)
      JOIN payout_transfers t
        ON t.tester_id = line.tester_id AND t.currency = line.currency AND t.total_amount = line.total
      CROSS JOIN LATERAL (SELECT payment_paid_on(p) AS paid_on FROM issue_payouts p
                          WHERE p.transfer_id = t.id AND p.seq % 2 = 1 ORDER BY p.id LIMIT 1) sent
      WHERE t.batch_id <> ${batchId} AND sent.paid_on >= ${since}::date
        AND EXISTS (SELECT FROM issue_payouts p WHERE p.transfer_id = t.id GROUP BY p.issue_id HAVING sum(p.amount) > 0)
      ORDER BY sent.paid_on, t.batch_id`;
}

function usedReferences(
  tx: Tx,
  batchId: number,
  transfers: readonly TransferToJudge[],
): Promise<UsedRow[]> {
  const named = transfers.filter((t) => t.method !== null && t.reference !== null);
  // A mistyped reference that was corrected since was never used; what it was corrected to was.
  return tx.$queryRaw<UsedRow[]>`
    SELECT DISTINCT used.method, used.reference, p.batch_id
      FROM unnest(${named.map((t) => t.method)}::payout_method[], ${named.map((t) => t.reference)}::text[])
        AS used (method, reference)
      CROSS JOIN LATERAL (
        SELECT p.id, p.batch_id FROM payout_transfers t JOIN issue_payouts p ON p.transfer_id = t.id
          WHERE t.method = used.method AND t.reference = used.reference AND t.batch_id <> ${batchId}
            AND NOT EXISTS (SELECT FROM payment_corrections c WHERE c.payment_id = p.id)
        UNION ALL
        SELECT p.id, p.batch_id FROM payment_corrections c JOIN issue_payouts p ON p.id = c.payment_id
          WHERE c.reference = used.reference AND p.method = used.method AND p.batch_id <> ${batchId}
            AND NOT EXISTS (SELECT FROM payment_corrections n WHERE n.payment_id = c.payment_id AND n.id > c.id)
      ) p
      ORDER BY p.batch_id`;
}
