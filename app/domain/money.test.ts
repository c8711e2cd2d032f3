import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addMoney,
  amountToDecimal,
  amountToInputText,
  CURRENCIES,
  CurrencyMismatchError,
  isCurrency,
  MAX_ISSUE_AMOUNT_MINOR,
  type Money,
  money,
  multiplyMoney,
  negate,
  parseAmountText,
  problemWithAmount,
  sameMoney,
  sumByCurrency,
  toMinor,
} from "./money";

const kzt = (amount: number): Money => ({ currency: "KZT", amount });
const usd = (amount: number): Money => ({ currency: "USD", amount });
const anyMoney = fc.record({
  currency: fc.constantFrom(...CURRENCIES),
  amount: fc.integer({ min: -(10 ** 12), max: 10 ** 12 }),
});

describe("parseAmountText", () => {
  it.each([
    ["15000", 1_500_000],
    ["15000.50", 1_500_050],
    ["15000,50", 1_500_050],
    ["15000.5", 1_500_050],
    ["0.01", 1],
    ["0,5", 50],
    ["1500000", 150_000_000],
    ["10000000", MAX_ISSUE_AMOUNT_MINOR],
    ["10000000.00", MAX_ISSUE_AMOUNT_MINOR],
  ])("reads %j as %i minor units", (text, amount) => {
    expect(parseAmountText(text)).toEqual({ ok: true, amount });
  });

  it.each([
    ["", "empty"],
    ["0", "not_positive"],
    ["0.00", "not_positive"],
    ["0,0", "not_positive"],
    ["10000000.01", "too_large"],
    ["99999999.99", "too_large"],
    ["9".repeat(30), "too_large"],
    [`${"9".repeat(100_000)}.99`, "too_large"],
  ])("refuses %j as %s", (text, problem) => {
    expect(parseAmountText(text)).toEqual({ ok: false, problem });
  });

  it.each([
    " ",
    " 15000",
    "15000 ",
    "15000\n",
    "\t15000",
    "\u00a015000",
    "15 000",
    "15\u00a0000",
    "15\u202f000",
    "15.000,00",
    "15,000.00",
    "1,000",
    "1.005",
    "15'000",
    "15_000",
    ".5",
    "5.",
    ",",
    "-1",
    "-0",
    "+5",
    "1e9",
    "0x10",
    "NaN",
    "Infinity",
    "007",
    "00",
    "00.50",
    "１００",
    "١٠٠",
    "10.50g",
    "₸15000",
    "15000₸",
    "1.2.3",
    "1..2",
    "1500\u200b0",
    "true",
  ])("refuses %j: by grammar, nothing stripped", (text) => {
    expect(parseAmountText(text)).toEqual({ ok: false, problem: "format" });
  });

  it("accepts exactly what the grammar says, and never more than the cap", () => {
    const characters = fc.constantFrom(..."0123456789.,-+ e１");
    fc.assert(
      fc.property(fc.string({ unit: characters, maxLength: 12 }), (text) => {
        const parsed = parseAmountText(text);
        const inGrammar = /^(0|[1-9]\d*)([.,]\d\d?)?$/.test(text);
        if (parsed.ok) {
          expect(inGrammar).toBe(true);
          expect(problemWithAmount(parsed.amount)).toBeNull();
        } else {
          expect(parsed.problem === "format" || parsed.problem === "empty").toBe(!inGrammar);
        }
      }),
    );
  });
});

describe("amounts as text", () => {
  it.each([
    [1_500_000, ".", "15000.00"],
    [-1_500_000, ".", "-15000.00"],
    [1_500_050, ",", "15000,50"],
    [5, ".", "0.05"],
    [-5, ",", "-0,05"],
    [0, ".", "0.00"],
    [-0, ".", "0.00"],
    [Number.MAX_SAFE_INTEGER, ".", "90071992547409.91"],
    [Number.MIN_SAFE_INTEGER, ".", "-90071992547409.91"],
  ] as const)("writes %i with %j as %s", (amount, mark, text) => {
    expect(amountToDecimal(amount, mark)).toBe(text);
  });

  it("leaves whole amounts without decimals in input boxes", () => {
    expect(amountToInputText(1_500_000)).toBe("15000");
    expect(amountToInputText(1_500_050)).toBe("15000.50");
    expect(amountToInputText(1)).toBe("0.01");
  });

  it("refuses what is not a whole number of minor units", () => {
    expect(() => amountToDecimal(0.5, ".")).toThrow(RangeError);
    expect(() => amountToInputText(2 ** 53)).toThrow(RangeError);
  });

  it("reads back what it put into the box, and decimals with either mark", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: MAX_ISSUE_AMOUNT_MINOR }), (amount) => {
        const same = { ok: true, amount };
        expect(parseAmountText(amountToInputText(amount))).toEqual(same);
        expect(parseAmountText(amountToDecimal(amount, "."))).toEqual(same);
        expect(parseAmountText(amountToDecimal(amount, ","))).toEqual(same);
      }),
    );
  });
});

describe("minor units", () => {
  it("come from SQL's bigint", () => {
    expect(toMinor(1_500_000n)).toBe(1_500_000);
    expect(toMinor(BigInt(Number.MIN_SAFE_INTEGER))).toBe(Number.MIN_SAFE_INTEGER);
    expect(Object.is(toMinor(-0), 0)).toBe(true);
  });

  it.each([2n ** 53n, 2n ** 53n + 1n, -(2n ** 53n), 2n ** 200n, 0.5, Number.NaN, Infinity])(
    "are refused when they are %s",
    (value) => {
      expect(() => toMinor(value)).toThrow(RangeError);
      expect(() => money("KZT", value)).toThrow(RangeError);
    },
  );

  it("have a cap and a floor per issue", () => {
    expect(problemWithAmount(1)).toBeNull();
    expect(problemWithAmount(MAX_ISSUE_AMOUNT_MINOR)).toBeNull();
    expect(problemWithAmount(MAX_ISSUE_AMOUNT_MINOR + 1)).toBe("too_large");
    expect(problemWithAmount(0)).toBe("not_positive");
    expect(problemWithAmount(-1)).toBe("not_positive");
    expect(problemWithAmount(1.5)).toBe("not_integer");
    expect(problemWithAmount(Number.NaN)).toBe("not_integer");
  });
});

describe("money", () => {
  it("knows its currencies", () => {
    expect(isCurrency("KZT")).toBe(true);
    expect(["kzt", "EUR", "", "toString", null].some(isCurrency)).toBe(false);
  });

  it("is never added across currencies", () => {
    expect(addMoney(kzt(1), kzt(2))).toEqual(kzt(3));
    expect(() => addMoney(kzt(1), usd(2))).toThrow(CurrencyMismatchError);
  });

  it("refuses to overflow", () => {
    expect(() => addMoney(kzt(Number.MAX_SAFE_INTEGER), kzt(1))).toThrow(RangeError);
    expect(() => multiplyMoney(kzt(MAX_ISSUE_AMOUNT_MINOR), 10 ** 9)).toThrow(RangeError);
    expect(multiplyMoney(kzt(300_000), 12)).toEqual(kzt(3_600_000));
  });

  it("negates without a negative zero", () => {
    expect(negate(kzt(5))).toEqual(kzt(-5));
    expect(Object.is(negate(kzt(0)).amount, 0)).toBe(true);
  });

  it("compares by currency and amount", () => {
    expect(sameMoney(kzt(1), kzt(1))).toBe(true);
    expect(sameMoney(null, null)).toBe(true);
    expect(sameMoney(kzt(1), usd(1))).toBe(false);
    expect(sameMoney(kzt(0), null)).toBe(false);
  });
});

describe("sumByCurrency", () => {
  it("lists one entry per currency present, tenge first, zero sums kept", () => {
    expect(sumByCurrency([usd(50), kzt(3), usd(-50), kzt(4)])).toEqual([kzt(7), usd(0)]);
    expect(sumByCurrency([])).toEqual([]);
  });

  it("does not depend on order and cancels against its negation", () => {
    fc.assert(
      fc.property(fc.array(anyMoney), (list) => {
        const sums = sumByCurrency(list);
        expect(sumByCurrency(list.toReversed())).toEqual(sums);
        expect(sums.map((sum) => sum.currency)).toEqual(
          CURRENCIES.filter((currency) => list.some((m) => m.currency === currency)),
        );
        expect(sumByCurrency([...list, ...list.map(negate)]).map((sum) => sum.amount)).toEqual(
          sums.map(() => 0),
        );
      }),
    );
  });
});
