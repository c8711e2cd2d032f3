import { db } from "~/database/client.server";
import type { Keyset } from "~/filters/keyset";
import { type Currency, type Money, toMinor } from "~/domain/money";
import type { ReversalKind } from "~/domain/payment";

/** A commitment or payment that was taken back. `cancelled`: before any money moved; `kept`: the tester keeps it. */
export type VoidedMoney = {
  readonly eventId: number;
  readonly issueId: number;
  readonly title: string;
  readonly testerName: string;
  readonly currency: Currency;
  readonly amount: number;
  readonly kind: ReversalKind | "cancelled" | "kept";
  readonly reason: string;
  readonly by: string | null;
  readonly at: Date;
};

type VoidRow = Omit<VoidedMoney, "amount" | "by"> & { amount: bigint; by: string | null };

/** Voids and reversals, newest first: who, when, why. `after` is where the last page ended. */
export async function voidsAndReversals(
  after: Keyset | null,
  limit: number,
): Promise<VoidedMoney[]> {
  const rows = await db().$queryRaw<VoidRow[]>`
    SELECT e.id AS "eventId", e.issue_id AS "issueId", i.title, t.name AS "testerName", e.currency, e.amount, e.reason, a.name AS by, e.at,
           coalesce(p.kind::text, CASE e.from_payout_status WHEN 'paid' THEN 'kept' ELSE 'cancelled' END) AS kind
      FROM issue_events e
      JOIN issues i ON i.id = e.issue_id
      JOIN users t ON t.id = i.tester_id
      LEFT JOIN users a ON a.id = e.actor_id
      -- A reversal is written by the same act, hence at the same instant, as its event.
      LEFT JOIN issue_payouts p ON p.issue_id = e.issue_id AND p.kind IS NOT NULL AND p.recorded_at = e.at
      WHERE e.kind IN ('voided', 'reversed')
        AND (e.at, e.id) < (${after?.at ?? "infinity"}::timestamptz, ${after?.id ?? 0}::int)
      ORDER BY e.at DESC, e.id DESC LIMIT ${limit}`;
  return rows.map((row) => ({ ...row, amount: toMinor(row.amount) }));
}

/** Σ of everything that voidsAndReversals lists, and how many there are. */
export async function voidedTotals(): Promise<{ money: Money[]; count: number }> {
  const rows = await db().$queryRaw<{ currency: Currency; amount: bigint; issues: bigint }[]>`
    SELECT currency, sum(amount)::bigint AS amount, count(*) AS issues
      FROM issue_events WHERE kind IN ('voided', 'reversed') GROUP BY 1 ORDER BY 1`;
  return {
    money: rows.map(({ currency, amount }) => ({ currency, amount: toMinor(amount) })),
    count: rows.reduce((sum, row) => sum + Number(row.issues), 0),
  };
}
