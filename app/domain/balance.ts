/** The figures of the tester's Balance page and of `GET /api/me/balance` (DESIGN 4 and 6). */
import {
  CURRENCIES,
  type Currency,
  type Money,
  money,
  multiplyMoney,
  sumByCurrency,
} from "./money";
import {
  cycleCurrency,
  DEFAULT_CURRENCY,
  type PayoutRates,
  suggestedAmountCentsFor,
} from "./rates";
import type { Severity } from "./severity";

/** Aggregates of one tester's issues. Drafts are in none of them: they count nowhere. */
export type BalanceInput = {
  /** In the order they are to be shown. */
  readonly cycles: readonly {
    readonly id: number;
    readonly name: string;
    readonly payoutRates: PayoutRates;
    /** Issues filed. */
    readonly issues: number;
    /** Issues whose payout is approved or paid. */
    readonly approved: number;
    /** Issues whose payout is paid. */
    readonly paid: number;
  }[];
  /** Σ payments and reversals per cycle and currency. */
  readonly payments: readonly { readonly cycleId: number; readonly money: Money }[];
  /** Σ approved amounts of issues whose payout is approved, per currency. */
  readonly approved: readonly Money[];
  /** Number of issues whose payout is pending, per cycle and severity. */
  readonly awaiting: readonly {
    readonly cycleId: number;
    readonly severity: Severity;
    readonly issues: number;
  }[];
};

/** Minor units of one currency. `awaiting` is an estimate: the view marks it with `~`. */
export type BalanceTotal = {
  readonly currency: Currency;
  readonly paid: number;
  readonly pending: number;
  readonly awaiting: number;
};

export type BalanceCycle = {
  readonly id: number;
  readonly name: string;
  readonly issues: number;
  readonly approved: number;
  readonly paid: number;
  readonly earned: readonly Money[];
};

export type Balance = {
  readonly totals: readonly BalanceTotal[];
  readonly issues: { readonly filed: number; readonly accepted: number; readonly awaiting: number };
  readonly acceptanceRate: number | null;
  readonly cycles: readonly BalanceCycle[];
};

/**
 * Throws RangeError when a sum is not a safe integer, or when money or issues belong to a cycle
 * that is not in `cycles`: a figure that leaves something out is worse than none.
 */
export function balanceFrom(input: BalanceInput): Balance {
  const cycles = cyclesWithEarnings(input);
  const filed = total(input.cycles.map((cycle) => cycle.issues));
  const accepted = total(input.cycles.map((cycle) => cycle.approved));
  return {
    totals: totalsByCurrency(
      sumByCurrency(input.payments.map((payment) => payment.money)),
      sumByCurrency(input.approved),
      sumByCurrency(awaitingMoney(input)),
    ),
    issues: { filed, accepted, awaiting: total(input.awaiting.map((group) => group.issues)) },
    acceptanceRate: acceptanceRate(accepted, filed),
    cycles,
  };
}

/** What a cycle has earned; one that has earned nothing yet shows a zero in its own currency. */
function cyclesWithEarnings({ cycles, payments }: BalanceInput): BalanceCycle[] {
  const moneyOf = new Map(cycles.map((cycle) => [cycle.id, [] as Money[]]));
  for (const payment of payments) inCycle(moneyOf, payment.cycleId).push(payment.money);
  return cycles.map(({ id, name, payoutRates, issues, approved, paid }) => {
    const earned = sumByCurrency(inCycle(moneyOf, id));
    const nothing = [money(cycleCurrency(payoutRates), 0)];
    return { id, name, issues, approved, paid, earned: earned.length > 0 ? earned : nothing };
  });
}

/** What the rates suggest for everything undecided; what has no suggestion adds no money. */
function awaitingMoney({ cycles, awaiting }: BalanceInput): Money[] {
  const cycleById = new Map(cycles.map((cycle) => [cycle.id, cycle]));
  return awaiting.flatMap(({ cycleId, severity, issues }) => {
    const suggested = suggestedAmountCentsFor(inCycle(cycleById, cycleId), severity);
    return suggested === null ? [] : multiplyMoney(suggested, issues);
  });
}

/** One line per currency present anywhere; the page always shows figures, so at least one. */
function totalsByCurrency(
  paid: readonly Money[],
  pending: readonly Money[],
  awaiting: readonly Money[],
): BalanceTotal[] {
  const amountIn = (sums: readonly Money[], currency: Currency) =>
    sums.find((sum) => sum.currency === currency)?.amount ?? 0;
  const present = new Set([...paid, ...pending, ...awaiting].map((sum) => sum.currency));
  if (present.size === 0) present.add(DEFAULT_CURRENCY);
  return CURRENCIES.filter((currency) => present.has(currency)).map((currency) => ({
    currency,
    paid: amountIn(paid, currency),
    pending: amountIn(pending, currency),
    awaiting: amountIn(awaiting, currency),
  }));
}

function inCycle<T>(byCycle: ReadonlyMap<number, T>, cycleId: number): T {
  const found = byCycle.get(cycleId);
  if (found === undefined) throw new RangeError(`cycle ${cycleId} is not among the cycles`);
  return found;
}

function total(counts: readonly number[]): number {
  return counts.reduce((sum, count) => sum + count, 0);
}

/** 0..1, or null when nothing was filed and there is no rate to speak of (DESIGN 4). */
export function acceptanceRate(accepted: number, filed: number): number | null {
  return filed === 0 ? null : accepted / filed;
}

/**
 * A rate of 0..1 in whole percent, half up (DESIGN 4). Exact although the rate is a float: both
 * it and the halfway mark (2p + 1) / 200 are quotients of integers, and division rounds correctly,
 * so 29/200 equals its mark, where 29/200 × 100 is a little under 14.5. Throws RangeError
 * outside 0..1.
 */
export function wholePercent(rate: number): number {
  if (!(rate >= 0 && rate <= 1)) throw new RangeError(`${rate} is not a rate of 0 to 1`);
  const percent = Math.floor(rate * 100);
  const halfway = (2 * percent + 1) / 200;
  return rate >= halfway ? percent + 1 : percent;
}
