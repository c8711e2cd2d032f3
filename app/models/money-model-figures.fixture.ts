/** The figures that people read, against the model's sums. */
import { deepStrictEqual } from "node:assert/strict";
import { balanceOf } from "./balance.server";
import type { Amount, ModelIssue } from "./money-model.fixture";
import type { World } from "./money-model-world.fixture";
import { payoutTotals } from "./payout-totals.server";

/** What each tester's Balance says. */
export async function compareBalances({ people, model }: World): Promise<void> {
  for (const [person, id] of people.entries()) {
    const { totals, issues } = await balanceOf(id);
    const own = model.issues.filter((i) => i.tester === person && i.status !== "draft");
    const waiting = own.filter(({ payout }) => payout === "pending");
    const accepted = own.filter(({ payout }) => payout === "approved" || payout === "paid");
    const shown = (figure: "paid" | "pending" | "awaiting") =>
      listed(totals.map(({ currency, [figure]: amount }) => ({ currency, amount })));
    deepStrictEqual(
      { issues, paid: shown("paid"), pending: shown("pending"), awaiting: shown("awaiting") },
      {
        issues: { filed: own.length, accepted: accepted.length, awaiting: waiting.length },
        paid: sum(own.flatMap(paymentsOf)),
        pending: sum(own.flatMap(dueOf)),
        awaiting: sum(waiting.flatMap((issue) => model.suggested(issue) ?? [])),
      },
    );
  }
}

/** What Payouts says, in a database that holds these stories and nothing else. */
export async function comparePayouts(worlds: readonly World[]): Promise<void> {
  const issues = worlds.flatMap(({ model }) => model.issues);
  const { approvedUnpaid, paidLifetime, pendingReview } = await payoutTotals();
  const pending = issues.filter((i) => i.payout === "pending" && i.status !== "draft");
  deepStrictEqual(
    { approved: listed(approvedUnpaid), paid: listed(paidLifetime), pendingReview },
    {
      approved: sum(issues.flatMap(dueOf)),
      paid: sum(issues.flatMap(paymentsOf)),
      pendingReview: pending.length,
    },
  );
}

const paymentsOf = (issue: ModelIssue) => issue.payments;
const dueOf = (issue: ModelIssue) =>
  issue.payout === "approved" && issue.approved ? [issue.approved] : [];

function sum(list: readonly Amount[]): string[] {
  const sums = new Map<string, number>();
  for (const { currency, amount } of list) sums.set(currency, (sums.get(currency) ?? 0) + amount);
  return listed([...sums].map(([currency, amount]) => ({ currency, amount })));
}

/** One entry a currency; whether a zero is listed or left out is the page's own business. */
function listed(list: readonly { currency: string; amount: number }[]): string[] {
  return list
    .filter(({ amount }) => amount !== 0)
    .map(({ currency, amount }) => `${currency} ${amount}`)
    .sort();
}
