import { db } from "~/database/client.server";
import { type Currency, type Money, money } from "~/domain/money";
import type { IsoDate } from "~/domain/team-date";
import { PAID_ON, REFERENCE, WITH_LATEST_CORRECTION } from "./corrected-payment";

/** What counts of a paid transfer by now. */
export type TransferStanding = {
  /** Σ its payments and reversals. */
  readonly net: Money;
  /** Payments that stand. */
  readonly live: number;
  /** With the latest correction: all payments of a transfer are corrected together. */
  readonly reference: string | null;
  readonly paidOn: IsoDate;
  /** The latest correction, 0 for none: what a form shows and a newer one contradicts. */
  readonly correctionId: number;
};

type Row = {
  id: number;
  currency: Currency;
  net: bigint;
  live: number;
  reference: string | null;
  paid_on: string;
  correction_id: number;
};

/** By transfer; empty until the batch is confirmed. */
export async function transferStandings(batchId: number): Promise<Map<number, TransferStanding>> {
  const rows = await db().$queryRaw<Row[]>`
    SELECT t.id, t.currency, sums.net, sums.live, sent.reference, sent.paid_on, corrected.correction_id
      FROM payout_transfers t
      CROSS JOIN LATERAL (
        SELECT sum(p.amount)::bigint AS net, count(*) FILTER (WHERE p.seq % 2 = 1 AND NOT EXISTS (
                 SELECT FROM issue_payouts r WHERE r.issue_id = p.issue_id AND r.seq = p.seq + 1))::int AS live
          FROM issue_payouts p WHERE p.transfer_id = t.id
      ) sums
      CROSS JOIN LATERAL (
        SELECT ${REFERENCE} AS reference, ${PAID_ON}::text AS paid_on
          FROM issue_payouts p ${WITH_LATEST_CORRECTION}
          WHERE p.transfer_id = t.id AND p.seq % 2 = 1 ORDER BY p.id LIMIT 1
      ) sent
      CROSS JOIN LATERAL (
        SELECT coalesce(max(c.id), 0) AS correction_id
          FROM payment_corrections c JOIN issue_payouts p ON p.id = c.payment_id
          WHERE p.transfer_id = t.id AND p.seq % 2 = 1
      ) corrected
      WHERE t.batch_id = ${batchId} AND t.method IS NOT NULL`;
  return new Map(
    rows.map((row) => [
      row.id,
      {
        net: money(row.currency, row.net),
        live: row.live,
        reference: row.reference,
        paidOn: row.paid_on,
        correctionId: row.correction_id,
      },
    ]),
  );
}
