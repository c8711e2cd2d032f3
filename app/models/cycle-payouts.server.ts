import { db } from "~/database/client.server";
import { type Currency, type Money, money } from "~/domain/money";

export type CycleSum = { readonly money: readonly Money[]; readonly issues: number };

/** Per currency. A paid issue was paid exactly what was approved, so each sum is that of the list it leads to. */
export type CyclePayouts = {
  readonly unpaid: CycleSum;
  readonly paid: CycleSum;
  /** Of void issues whose tester kept what was paid. */
  readonly kept: CycleSum;
  /** All of these. */
  readonly total: CycleSum;
};

type Row = { what: string; currency: Currency; amount: bigint; issues: number };

export async function cyclePayouts(cycleId: number): Promise<CyclePayouts> {
  const rows = await db().$queryRaw<Row[]>`
    WITH sums AS (
      SELECT i.payout_status::text AS what, i.approved_currency AS currency, i.approved_amount AS amount FROM issues i
        WHERE i.cycle_id = ${cycleId} AND i.payout_status IN ('approved', 'paid')
      UNION ALL
      SELECT 'kept', p.currency, sum(p.amount) FROM issues i JOIN issue_payouts p ON p.issue_id = i.id
        WHERE i.cycle_id = ${cycleId} AND i.payout_status = 'void' GROUP BY i.id, p.currency HAVING sum(p.amount) <> 0
    )
    SELECT coalesce(what, 'total') AS what, currency, sum(amount)::bigint AS amount, count(*)::int AS issues
      FROM sums GROUP BY GROUPING SETS ((what, currency), (currency)) ORDER BY currency`;
  const sum = (what: string): CycleSum => {
    const own = rows.filter((row) => row.what === what);
    return {
      money: own.map(({ currency, amount }) => money(currency, amount)),
      issues: own.reduce((count, { issues }) => count + issues, 0),
    };
  };
  return { unpaid: sum("approved"), paid: sum("paid"), kept: sum("kept"), total: sum("total") };
}
