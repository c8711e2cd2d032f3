import { describe, expect, test } from "vitest";
import { payFor, rateGroups } from "./cycle-rates";

const standard = { name: "Standard", payoutRates: {} };
const alike = { name: "Alike", payoutRates: { critical: 1_500_000 } };
const dearer = { name: "Dearer", payoutRates: { critical: 2_000_000 } };
const dollars = {
  name: "Dollars",
  payoutRates: { currency: "USD", critical: 6_000, high: 2_500, medium: 1_000 },
} as const;

const kzt = (amount: number) => ({ currency: "KZT", amount }) as const;
const usd = (amount: number) => ({ currency: "USD", amount }) as const;

describe("what a severity pays in the cycles one can file in", () => {
  test("the same everywhere", () => {
    expect(payFor("critical", [standard])).toEqual({
      ranges: [{ least: kzt(1_500_000), most: kzt(1_500_000) }],
      fixed: true,
    });
    expect(payFor("critical", [standard, alike]).fixed).toBe(true);
  });

  test("from the least to the most, and each currency by itself", () => {
    expect(payFor("critical", [standard, dearer, dollars])).toEqual({
      ranges: [
        { least: kzt(1_500_000), most: kzt(2_000_000) },
        { least: usd(6_000), most: usd(6_000) },
      ],
      fixed: false,
    });
  });

  test("not the same where one cycle says nothing, and nothing where none does", () => {
    expect(payFor("low", [standard, dollars])).toEqual({
      ranges: [{ least: kzt(100_000), most: kzt(100_000) }],
      fixed: false,
    });
    expect(payFor("low", [dollars])).toEqual({ ranges: [], fixed: false });
  });

  test("cycles that pay alike stand together", () => {
    const groups = rateGroups([standard, alike, dollars]);
    expect(groups.map(({ names }) => names)).toEqual([["Standard", "Alike"], ["Dollars"]]);
    expect(groups[1]?.rates.map(({ pays }) => pays)).toEqual([
      usd(6_000),
      usd(2_500),
      usd(1_000),
      null,
    ]);
  });
});
