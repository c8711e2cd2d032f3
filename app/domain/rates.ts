/** What an issue of a severity is worth in a cycle before anybody has decided (DESIGN 2). */
import {
  type AmountProblem,
  type Currency,
  isCurrency,
  type Money,
  money,
  problemWithAmount,
} from "./money";
import { isSeverity, SEVERITIES, type Severity } from "./severity";

/** The currency of a cycle that names none: the teams that come first are paid in tenge. */
export const DEFAULT_CURRENCY: Currency = "KZT";

/** Tiyn: ₸ 15,000, ₸ 8,000, ₸ 3,000 and ₸ 1,000. In tenge only; never converted (DESIGN 2). */
export const DEFAULT_PAYOUT_RATES_KZT_CENTS: Readonly<Record<Severity, number>> = {
  critical: 1_500_000,
  high: 800_000,
  medium: 300_000,
  low: 100_000,
};

/** A cycle's overrides, in minor units of its currency; a missing severity is not overridden. */
export type PayoutRates = { readonly [S in Severity]?: number } & { readonly currency?: Currency };

export type RateProblem = {
  readonly field: Severity;
  readonly problem: AmountProblem | "missing";
};

export class MalformedPayoutRatesError extends Error {
  override name = "MalformedPayoutRatesError";
}

/**
 * Reads `test_cycles.metadata` as stored (jsonb); absent or null means "no overrides". Throws
 * MalformedPayoutRatesError for anything else that is not valid rates, also for an unknown key:
 * a misspelt severity must not quietly become the default price.
 */
export function payoutRatesFrom(metadata: unknown): PayoutRates {
  const stored = recordOrNothing(metadata, "metadata")["payout_rates"];
  const rates: { [S in Severity]?: number } & { currency?: Currency } = {};
  for (const [key, value] of Object.entries(recordOrNothing(stored, "payout_rates"))) {
    if (isSeverity(key)) rates[key] = storedRate(key, value);
    else if (key === "currency" && isCurrency(value)) rates.currency = value;
    else throw new MalformedPayoutRatesError(`payout_rates.${key} is not known, or not its value`);
  }
  return rates;
}

function recordOrNothing(value: unknown, name: string): Readonly<Record<string, unknown>> {
  if (value === null || value === undefined) return {};
  if (typeof value !== "object" || Array.isArray(value)) {
    throw new MalformedPayoutRatesError(`${name} is not an object`);
  }
  return value as Record<string, unknown>;
}

function storedRate(severity: Severity, value: unknown): number {
  const problem = typeof value === "number" ? problemWithAmount(value) : "not_integer";
  if (typeof value !== "number" || problem !== null) {
    throw new MalformedPayoutRatesError(`payout_rates.${severity} is ${problem}`);
  }
  return value;
}

export function cycleCurrency(rates: PayoutRates): Currency {
  return rates.currency ?? DEFAULT_CURRENCY;
}

/**
 * The cycle's rate, else the default, in minor units; null when nothing is suggested: a default
 * in tenge for a cycle in another currency would be a conversion (DESIGN 2).
 */
export function suggestedAmountCentsFor(
  cycle: { readonly payoutRates: PayoutRates },
  severity: Severity,
): Money | null {
  const currency = cycleCurrency(cycle.payoutRates);
  const override = cycle.payoutRates[severity];
  if (override !== undefined) return money(currency, override);
  if (currency !== DEFAULT_CURRENCY) return null;
  return money(currency, DEFAULT_PAYOUT_RATES_KZT_CENTS[severity]);
}

export type SeverityRate = { readonly severity: Severity; readonly pays: Money | null };

/** What each severity is worth under these rates, worst first. */
export function severityRates(payoutRates: PayoutRates): SeverityRate[] {
  return SEVERITIES.map((severity) => ({
    severity,
    pays: suggestedAmountCentsFor({ payoutRates }, severity),
  }));
}

/** What the settings form has to say about each rate; empty when they may be saved (DESIGN 2). */
export function problemsWithRates(rates: PayoutRates): RateProblem[] {
  const defaultsApply = cycleCurrency(rates) === DEFAULT_CURRENCY;
  return SEVERITIES.flatMap((field): RateProblem[] => {
    const rate = rates[field];
    if (rate === undefined) return defaultsApply ? [] : [{ field, problem: "missing" }];
    const problem = problemWithAmount(rate);
    return problem === null ? [] : [{ field, problem }];
  });
}
