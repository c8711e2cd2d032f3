import { db } from "~/database/client.server";
import { type Currency, type Money, toMinor } from "~/domain/money";
import {
  isKeptPayment,
  KEPT_PAYMENTS,
  keptAs,
  type KeptWhat,
  OF_CYCLES,
  OF_TESTERS,
} from "./kept-totals.server";

/** The figures at the top of Payouts, one entry per currency (DESIGN 4). Amounts in minor units. */
export type PayoutTotals = {
  readonly approvedUnpaid: readonly (Money & { readonly issues: number })[];
  readonly paidLifetime: readonly Money[];
  readonly pendingReview: number;
  readonly topTester: readonly (Money & { readonly testerId: number; readonly name: string })[];
};

type Sum = { what: KeptWhat; currency: Currency | null; amount: bigint; issues: bigint };
type TesterSum = { currency: Currency; amount: bigint; tester_id: number; name: string };

/** Sums of kept totals: what they cost grows with the cycles and testers, not with what was ever filed and paid. */
export async function payoutTotals(): Promise<PayoutTotals> {
  const [sums, top] = await Promise.all([
    db().$queryRaw<Sum[]>`
      SELECT k.what, k.currency, sum(k.amount)::bigint AS amount, sum(k.issues)::bigint AS issues
        FROM kept_totals k
        WHERE ${OF_CYCLES} AND ${keptAs(["approved", "pending", ...KEPT_PAYMENTS])}
        GROUP BY k.what, k.currency ORDER BY k.currency`,
    topTesters(),
  ]);
  return {
    approvedUnpaid: sums.flatMap(({ what, currency, amount, issues }) =>
      what === "approved" && currency
        ? [{ currency, amount: toMinor(amount), issues: Number(issues) }]
        : [],
    ),
    paidLifetime: paidIn(sums),
    pendingReview: sums.reduce(
      (count, { what, issues }) => count + (what === "pending" ? Number(issues) : 0),
      0,
    ),
    topTester: top.map(({ currency, amount, tester_id: testerId, name }) => ({
      currency,
      amount: toMinor(amount),
      testerId,
      name,
    })),
  };
}

/** Who was paid most in each currency; of equals who came first. */
function topTesters(): Promise<TesterSum[]> {
  return db().$queryRaw<TesterSum[]>`
    SELECT t.currency, t.amount, t.tester_id, u.name
      FROM (
        SELECT DISTINCT ON (currency) currency, tester_id, amount FROM (
          SELECT k.currency, k.tester_id, sum(k.amount)::bigint AS amount FROM kept_totals k
            WHERE ${OF_TESTERS} AND ${keptAs(KEPT_PAYMENTS)} GROUP BY 1, 2
        ) paid
          WHERE amount > 0 ORDER BY currency, amount DESC, tester_id
      ) t
      JOIN users u ON u.id = t.tester_id
      ORDER BY t.currency`;
}

/** A currency in which everything paid was taken back is still one that was paid in. */
function paidIn(sums: readonly Sum[]): readonly Money[] {
  const paid = new Map<Currency, bigint>();
  for (const { what, currency, amount } of sums) {
    if (currency && isKeptPayment(what)) paid.set(currency, (paid.get(currency) ?? 0n) + amount);
  }
  return [...paid].map(([currency, amount]) => ({ currency, amount: toMinor(amount) }));
}
