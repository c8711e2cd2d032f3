import { db } from "~/database/client.server";
import { type Currency, type Money, toMinor } from "~/domain/money";

/** The figures at the top of Payouts, one entry per currency (DESIGN 4). Amounts in minor units. */
export type PayoutTotals = {
  readonly approvedUnpaid: readonly (Money & { readonly issues: number })[];
  readonly paidLifetime: readonly Money[];
  readonly pendingReview: number;
  readonly topTester: readonly (Money & { readonly testerId: number; readonly name: string })[];
};

type Sum = { currency: Currency; amount: bigint; issues: bigint };
type TesterSum = { currency: Currency; amount: bigint; tester_id: number; name: string };

export async function payoutTotals(): Promise<PayoutTotals> {
  const [approved, paid, pendingReview] = await Promise.all([
    db().$queryRaw<Sum[]>`
      SELECT approved_currency AS currency, sum(approved_amount)::bigint AS amount, count(*) AS issues
        FROM issues WHERE payout_status = 'approved' GROUP BY 1 ORDER BY 1`,
    db().$queryRaw<TesterSum[]>`
      SELECT p.currency, p.amount, p.tester_id, u.name
        FROM (SELECT currency, tester_id, sum(amount)::bigint AS amount FROM issue_payouts GROUP BY 1, 2) p
        JOIN users u ON u.id = p.tester_id
        ORDER BY p.currency, p.amount DESC, p.tester_id`,
    db().issue.count({ where: { payoutStatus: "pending", status: { not: "draft" } } }),
  ]);
  return {
    approvedUnpaid: approved.map(({ currency, amount, issues }) => ({
      currency,
      amount: toMinor(amount),
      issues: Number(issues),
    })),
    pendingReview,
    ...lifetimeOf(paid),
  };
}

// Rows come per currency, the largest first.
function lifetimeOf(rows: readonly TesterSum[]): Pick<PayoutTotals, "paidLifetime" | "topTester"> {
  const paid = new Map<Currency, bigint>();
  const top = new Map<Currency, TesterSum>();
  for (const row of rows) {
    paid.set(row.currency, (paid.get(row.currency) ?? 0n) + row.amount);
    if (!top.has(row.currency) && row.amount > 0n) top.set(row.currency, row);
  }
  return {
    paidLifetime: [...paid].map(([currency, amount]) => ({ currency, amount: toMinor(amount) })),
    topTester: [...top.values()].map(({ currency, amount, tester_id: testerId, name }) => ({
      currency,
      amount: toMinor(amount),
      testerId,
      name,
    })),
  };
}
