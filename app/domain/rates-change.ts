/** What other rates would do to the issues that still wait for a decision; approved amounts never move (DESIGN 2). */
import { addMoney, type Money } from "./money";
import { type PayoutRates, suggestedAmountCentsFor } from "./rates";
import type { Severity } from "./severity";

/** How many pending issues of each severity the cycle has. */
export type PendingBySeverity = readonly { readonly severity: Severity; readonly issues: number }[];

/** What all of them are suggested at; `unrated` have no suggestion. */
export type Suggested = { readonly total: readonly Money[]; readonly unrated: number };

export type RatesChange = {
  readonly pending: number;
  readonly before: Suggested;
  readonly after: Suggested;
};

export function ratesChange(
  before: PayoutRates,
  after: PayoutRates,
  pending: PendingBySeverity,
): RatesChange {
  return {
    pending: pending.reduce((count, { issues }) => count + issues, 0),
    before: suggestedAt(before, pending),
    after: suggestedAt(after, pending),
  };
}

function suggestedAt(payoutRates: PayoutRates, pending: PendingBySeverity): Suggested {
  let total: Money | null = null;
  let unrated = 0;
  for (const { severity, issues } of pending) {
    const one = suggestedAmountCentsFor({ payoutRates }, severity);
    if (one === null) unrated += issues;
    else {
      const all = { currency: one.currency, amount: one.amount * issues };
      total = total === null ? all : addMoney(total, all);
    }
  }
  return { total: total === null ? [] : [total], unrated };
}
