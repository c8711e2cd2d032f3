import { db } from "~/database/client.server";
import { type Currency, type Money, money } from "~/domain/money";
import type { ReversalKind } from "~/domain/payment";
import { type TakeBack, takeBackOf } from "~/domain/take-back";
import type { IsoDate } from "~/domain/team-date";

type Act = { readonly at: Date; readonly by: string | null };
type Sent = { readonly reference: string | null; readonly paidOn: IsoDate };

/** What was done to a batch after it was prepared; preparing and closing stand in the batch itself. */
export type BatchAct = Act & { readonly transferId: number; readonly testerName: string } & (
    | { readonly kind: "left_out" }
    | {
        readonly kind: "corrected";
        readonly from: Sent;
        readonly to: Sent;
        readonly reason: string;
      }
    | {
        readonly kind: "taken_back";
        readonly how: TakeBack;
        readonly money: Money;
        readonly issues: number;
        readonly reason: string;
      }
  );

/** Lines left out, corrections, reversals and voids, oldest first: one entry for each act, however many issues it met. */
export async function batchActs(batchId: number): Promise<BatchAct[]> {
  const acts = await Promise.all([linesLeftOut(batchId), corrections(batchId), takenBack(batchId)]);
  return acts.flat().sort((a, b) => a.at.getTime() - b.at.getTime());
}

type LeftOutRow = { transfer_id: number; tester: string; at: Date; by: string | null };

async function linesLeftOut(batchId: number): Promise<BatchAct[]> {
  const rows = await db().$queryRaw<LeftOutRow[]>`
    SELECT p.id AS transfer_id, t.name AS tester, p.left_out_at AS at, u.name AS by
      FROM payout_transfers p
      JOIN users t ON t.id = p.tester_id
      LEFT JOIN users u ON u.id = p.left_out_by
     WHERE p.batch_id = ${batchId} AND p.left_out_at IS NOT NULL`;
  return rows.map(({ transfer_id, tester, at, by }) => ({
    kind: "left_out",
    transferId: transfer_id,
    testerName: tester,
    ...{ at, by },
  }));
}

type CorrectionRow = {
  transfer_id: number;
  tester: string;
  at: Date;
  by: string;
  reason: string;
  reference: string | null;
  paid_on: string;
  old_reference: string | null;
  old_paid_on: string;
};

// Here and below the transfers are an array, found first: joined to, they may be looked up in a list of all payments.
async function corrections(batchId: number): Promise<BatchAct[]> {
  // The transfers as an array: joined, the planner would rather read every payment than look some up.
  const rows = await db().$queryRaw<CorrectionRow[]>`
    SELECT DISTINCT x.transfer_id, t.name AS tester, x.at, u.name AS by, x.reason, x.reference,
           x.paid_on::text AS paid_on, x.old_reference, x.old_paid_on::text AS old_paid_on
      FROM (
        SELECT p.transfer_id, p.tester_id, c.at, c.corrected_by, c.reason, c.reference, c.paid_on,
               CASE WHEN lag(c.id) OVER each IS NULL THEN p.reference ELSE lag(c.reference) OVER each END AS old_reference,
               coalesce(lag(c.paid_on) OVER each, p.paid_on) AS old_paid_on
          FROM payment_corrections c JOIN issue_payouts p ON p.id = c.payment_id
          WHERE p.transfer_id = ANY (ARRAY(SELECT id FROM payout_transfers WHERE batch_id = ${batchId})) AND p.seq % 2 = 1
          WINDOW each AS (PARTITION BY c.payment_id ORDER BY c.id)
      ) x
      JOIN users t ON t.id = x.tester_id
      JOIN users u ON u.id = x.corrected_by`;
  return rows.map((row) => ({
    kind: "corrected",
    transferId: row.transfer_id,
    testerName: row.tester,
    at: row.at,
    by: row.by,
    from: { reference: row.old_reference, paidOn: row.old_paid_on },
    to: { reference: row.reference, paidOn: row.paid_on },
    reason: row.reason,
  }));
}

type TakenBackRow = {
  transfer_id: number;
  tester: string;
  at: Date;
  by: string | null;
  voided: boolean;
  kind: ReversalKind | null;
  currency: Currency;
  amount: bigint;
  issues: number;
  reason: string;
};

// Money that was kept has no reversal: then the void of the issue is what became of its last payment.
async function takenBack(batchId: number): Promise<BatchAct[]> {
  const rows = await db().$queryRaw<TakenBackRow[]>`
    SELECT p.transfer_id, t.name AS tester, e.at, u.name AS by, e.kind = 'voided' AS voided, r.kind, p.currency,
           sum(p.amount)::bigint AS amount, count(*)::int AS issues, e.reason
      FROM issue_payouts p
      JOIN issues i ON i.id = p.issue_id
      LEFT JOIN issue_payouts r ON r.issue_id = p.issue_id AND r.seq = p.seq + 1
      JOIN issue_events e ON e.issue_id = p.issue_id AND e.from_payout_status = 'paid'
       AND CASE WHEN r.id IS NULL THEN i.payout_status = 'void' AND e.kind = 'voided'
                ELSE e.kind IN ('reversed', 'voided') AND e.at = r.recorded_at END
      JOIN users t ON t.id = p.tester_id
      LEFT JOIN users u ON u.id = e.actor_id
      WHERE p.transfer_id = ANY (ARRAY(SELECT id FROM payout_transfers WHERE batch_id = ${batchId})) AND p.seq % 2 = 1
      GROUP BY p.transfer_id, t.name, e.at, u.name, e.kind, r.kind, p.currency, e.reason`;
  return rows.map((row) => ({
    kind: "taken_back",
    transferId: row.transfer_id,
    testerName: row.tester,
    at: row.at,
    by: row.by,
    how: takeBackOf(row.voided, row.kind),
    money: money(row.currency, row.amount),
    issues: row.issues,
    reason: row.reason,
  }));
}
