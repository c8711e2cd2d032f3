import { db } from "~/database/client.server";
import { type Currency, type Money, toMinor } from "~/domain/money";
import type { ReversalKind } from "~/domain/payment";

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

/** A commitment or payment that was taken back. `cancelled`: before any money moved; `kept`: the tester keeps it. */
export type VoidedMoney = {
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

/** Voids and reversals, newest first: who, when, why. */
export async function voidsAndReversals(limit: number): Promise<VoidedMoney[]> {
  const rows = await db().$queryRaw<VoidRow[]>`
    SELECT e.issue_id AS "issueId", i.title, t.name AS "testerName", e.currency, e.amount, e.reason, a.name AS by, e.at,
           coalesce(p.kind::text, CASE e.from_payout_status WHEN 'paid' THEN 'kept' ELSE 'cancelled' END) AS kind
      FROM issue_events e
      JOIN issues i ON i.id = e.issue_id
      JOIN users t ON t.id = i.tester_id
      LEFT JOIN users a ON a.id = e.actor_id
      -- A reversal is written by the same act, hence at the same instant, as its event.
      LEFT JOIN issue_payouts p ON p.issue_id = e.issue_id AND p.kind IS NOT NULL AND p.recorded_at = e.at
      WHERE e.kind IN ('voided', 'reversed')
      ORDER BY e.at DESC, e.id DESC LIMIT ${limit}`;
  return rows.map((row) => ({ ...row, amount: toMinor(row.amount) }));
}

/** Σ of everything that voidsAndReversals lists, and how many there are. */
export async function voidedTotals(): Promise<{ money: Money[]; count: number }> {
  const rows = await db().$queryRaw<Sum[]>`
    SELECT currency, sum(amount)::bigint AS amount, count(*) AS issues
      FROM issue_events WHERE kind IN ('voided', 'reversed') GROUP BY 1 ORDER BY 1`;
  return {
    money: rows.map(({ currency, amount }) => ({ currency, amount: toMinor(amount) })),
    count: rows.reduce((sum, row) => sum + Number(row.issues), 0),
  };
}
