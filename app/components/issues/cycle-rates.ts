/** What filing in these cycles pays, in as few words as are true for all of them. */
import { CURRENCIES, type Currency, type Money, sameMoney } from "~/domain/money";
import {
  type PayoutRates,
  type SeverityRate,
  severityRates,
  suggestedAmountCentsFor,
} from "~/domain/rates";
import type { Severity } from "~/domain/severity";

type Rated = { readonly payoutRates: PayoutRates };

export type Pay = {
  /** The least and the most, per currency; cycles whose rates do not say are left out. */
  readonly ranges: readonly { readonly least: Money; readonly most: Money }[];
  /** It pays the same in every cycle. */
  readonly fixed: boolean;
};

export function payFor(severity: Severity, cycles: readonly Rated[]): Pay {
  const amounts = cycles.flatMap((cycle) => suggestedAmountCentsFor(cycle, severity) ?? []);
  const ranges = CURRENCIES.flatMap((currency) => range(currency, amounts));
  const fixed =
    amounts.length === cycles.length && ranges.every(({ least, most }) => sameMoney(least, most));
  return { ranges, fixed: fixed && ranges.length === 1 };
}

function range(currency: Currency, amounts: readonly Money[]) {
  const own = amounts.filter((money) => money.currency === currency).map(({ amount }) => amount);
  if (own.length === 0) return [];
  return [
    {
      least: { currency, amount: Math.min(...own) },
      most: { currency, amount: Math.max(...own) },
    },
  ];
}

export type RateGroup = {
  readonly names: readonly string[];
  readonly rates: readonly SeverityRate[];
};

/** Cycles that pay alike, together; one group means that every cycle pays the same. */
export function rateGroups(cycles: readonly (Rated & { readonly name: string })[]): RateGroup[] {
  const groups = new Map<string, { names: string[]; rates: RateGroup["rates"] }>();
  for (const cycle of cycles) {
    const rates = severityRates(cycle.payoutRates);
    const alike = JSON.stringify(rates);
    const group = groups.get(alike) ?? { names: [], rates };
    group.names.push(cycle.name);
    groups.set(alike, group);
  }
  return [...groups.values()];
}
