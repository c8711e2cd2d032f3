import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { MAX_ISSUE_AMOUNT_MINOR } from "./money";
import {
  cycleCurrency,
  DEFAULT_PAYOUT_RATES_KZT_CENTS,
  MalformedPayoutRatesError,
  type PayoutRates,
  payoutRatesFrom,
  problemsWithRates,
  suggestedAmountCentsFor,
} from "./rates";
import { SEVERITIES } from "./severity";

describe("payoutRatesFrom", () => {
  it.each([null, undefined, {}, { payout_rates: null }, { payout_rates: {} }, { other: 1 }])(
    "finds no overrides in %j",
    (metadata) => {
      expect(payoutRatesFrom(metadata)).toEqual({});
    },
  );

  it("reads overrides and currency", () => {
    const payout_rates = { critical: 2_000, low: 500, currency: "USD" };
    expect(payoutRatesFrom({ payout_rates, colour: "red" })).toEqual({
      critical: 2_000,
      low: 500,
      currency: "USD",
    });
  });

  it.each([
    "text",
    7,
    [],
    { payout_rates: [] },
    { payout_rates: "15000" },
    { payout_rates: { critical: "15000" } },
    { payout_rates: { critical: null } },
    { payout_rates: { critical: 0 } },
    { payout_rates: { critical: -1 } },
    { payout_rates: { critical: 1.5 } },
    { payout_rates: { critical: MAX_ISSUE_AMOUNT_MINOR + 1 } },
    { payout_rates: { critcal: 15_000 } },
    { payout_rates: { currency: "EUR" } },
    { payout_rates: { currency: 1 } },
    JSON.parse('{"payout_rates":{"__proto__":{"critical":1}}}'),
  ])("refuses %j", (metadata) => {
    expect(() => payoutRatesFrom(metadata)).toThrow(MalformedPayoutRatesError);
  });

  it("returns rates or refuses by name, whatever jsonb holds", () => {
    const value = fc.oneof(fc.jsonValue(), fc.integer(), fc.constantFrom("KZT", "USD"));
    const key = fc.constantFrom(...SEVERITIES, "currency", "urgent");
    fc.assert(
      fc.property(fc.dictionary(key, value), (payout_rates) => {
        try {
          const rates = payoutRatesFrom({ payout_rates });
          const problems = problemsWithRates(rates).map(({ problem }) => problem);
          expect(problems.every((problem) => problem === "missing")).toBe(true);
        } catch (error) {
          expect(error).toBeInstanceOf(MalformedPayoutRatesError);
        }
      }),
    );
  });
});

describe("suggestedAmountCentsFor", () => {
  it("falls back to the defaults of DESIGN 2, in tenge", () => {
    const suggestions = SEVERITIES.map((s) => suggestedAmountCentsFor({ payoutRates: {} }, s));
    expect(suggestions).toEqual([
      { currency: "KZT", amount: 1_500_000 },
      { currency: "KZT", amount: 800_000 },
      { currency: "KZT", amount: 300_000 },
      { currency: "KZT", amount: 100_000 },
    ]);
  });

  it("prefers the cycle's own rate", () => {
    const payoutRates: PayoutRates = { high: 1, currency: "KZT" };
    expect(suggestedAmountCentsFor({ payoutRates }, "high")).toEqual({
      currency: "KZT",
      amount: 1,
    });
    expect(suggestedAmountCentsFor({ payoutRates }, "low")?.amount).toBe(
      DEFAULT_PAYOUT_RATES_KZT_CENTS.low,
    );
  });

  it("suggests nothing where a default would be a conversion", () => {
    const payoutRates: PayoutRates = { high: 5_000, currency: "USD" };
    expect(cycleCurrency(payoutRates)).toBe("USD");
    expect(suggestedAmountCentsFor({ payoutRates }, "high")).toEqual({
      currency: "USD",
      amount: 5_000,
    });
    expect(suggestedAmountCentsFor({ payoutRates }, "low")).toBeNull();
  });
});

describe("problemsWithRates", () => {
  it("lets a tenge cycle leave rates to the defaults", () => {
    expect(problemsWithRates({})).toEqual([]);
    expect(problemsWithRates({ low: 1, currency: "KZT" })).toEqual([]);
  });

  it("asks for all four in any other currency", () => {
    expect(problemsWithRates({ critical: 1, low: 1, currency: "USD" })).toEqual([
      { field: "high", problem: "missing" },
      { field: "medium", problem: "missing" },
    ]);
    const all = { critical: 4, high: 3, medium: 2, low: 1, currency: "USD" } as const;
    expect(problemsWithRates(all)).toEqual([]);
  });

  it("names every wrong rate at once", () => {
    const rates = { critical: 0, high: -1, medium: 1.5, low: MAX_ISSUE_AMOUNT_MINOR + 1 };
    expect(problemsWithRates(rates)).toEqual([
      { field: "critical", problem: "not_positive" },
      { field: "high", problem: "not_positive" },
      { field: "medium", problem: "not_integer" },
      { field: "low", problem: "too_large" },
    ]);
  });
});
