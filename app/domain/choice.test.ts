import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  checkChoices,
  choicesOutsideLines,
  choiceText,
  type LineChoice,
  lineChoiceText,
  MAX_CHOICES,
  MAX_ID,
  parseChoice,
  parseLineChoice,
  sumOfChoice,
} from "./choice";
import { CURRENCIES, MAX_ISSUE_AMOUNT_MINOR } from "./money";

const id = fc.integer({ min: 1, max: MAX_ID });

describe("an issue's choice", () => {
  it("reads back what its box says", () => {
    const expected = fc.integer({ min: 1, max: MAX_ISSUE_AMOUNT_MINOR });
    fc.assert(
      fc.property(fc.record({ issueId: id, expected }), (choice) => {
        expect(parseChoice(choiceText(choice))).toEqual(choice);
      }),
    );
  });

  it.each([
    "",
    ":",
    "12",
    "12:",
    ":12",
    "12:1:1",
    "0:12",
    "12:0",
    "-1:12",
    "12:-1",
    "1.5:12",
    "12:1e3",
    " 12:1",
    "12:1\n",
    "012:1",
    "１２:1",
    `${MAX_ID + 1}:1`,
    `1:${MAX_ISSUE_AMOUNT_MINOR + 1}`,
    `1:${"9".repeat(30)}`,
  ])("is not %j", (text) => {
    expect(parseChoice(text)).toBeNull();
  });
});

describe("a line's choice", () => {
  it("reads back what its box says", () => {
    const line = fc.record({
      testerId: id,
      currency: fc.constantFrom(...CURRENCIES),
      count: fc.integer({ min: 1, max: MAX_CHOICES }),
      total: fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER }),
    });
    fc.assert(
      fc.property(line, (choice) => {
        expect(parseLineChoice(lineChoiceText(choice))).toEqual(choice);
      }),
    );
  });

  it.each(["7:KZT:8", "7:KZT:8:75:1", "7:EUR:8:75", "7:kzt:8:75", "7:KZT:0:75", "x:KZT:8:75", ""])(
    "is not %j",
    (text) => {
      expect(parseLineChoice(text)).toBeNull();
    },
  );

  it("makes the boxes inside it count for nothing", () => {
    const line: LineChoice = { testerId: 7, currency: "KZT", count: 2, total: 30 };
    const inside = { testerId: 7, currency: "KZT", issueId: 1, expected: 10 } as const;
    const otherCurrency = { ...inside, currency: "USD", issueId: 2 } as const;
    const otherTester = { ...inside, testerId: 8, issueId: 3 };
    expect(choicesOutsideLines([inside, otherCurrency, otherTester], [line])).toEqual([
      otherCurrency,
      otherTester,
    ]);
    expect(choicesOutsideLines([inside], [])).toEqual([inside]);
  });
});

describe("checkChoices", () => {
  const choices = (n: number) =>
    Array.from({ length: n }, (_, i) => ({ issueId: i + 1, expected: 10 }));
  const line = (count: number): LineChoice => ({
    testerId: 7,
    currency: "KZT",
    count,
    total: count * 10,
  });

  it("wants something, once each, up to ten thousand", () => {
    expect(checkChoices([])).toBe("none");
    expect(checkChoices(choices(1))).toBeNull();
    expect(checkChoices(choices(MAX_CHOICES))).toBeNull();
    expect(checkChoices(choices(MAX_CHOICES + 1))).toBe("too_many");
    expect(checkChoices([...choices(2), { issueId: 2, expected: 99 }])).toBe("duplicate");
  });

  it("counts a line as its issues", () => {
    expect(checkChoices([], [line(8)])).toBeNull();
    expect(checkChoices(choices(1), [line(MAX_CHOICES - 1)])).toBeNull();
    expect(checkChoices(choices(1), [line(MAX_CHOICES)])).toBe("too_many");
    expect(checkChoices([], [line(8), line(8)])).toBe("duplicate");
  });
});

describe("sumOfChoice", () => {
  const line = { testerId: 1, currency: "KZT", count: 3, total: 2_600_000 } as const;
  const issue = { issueId: 7, expected: 800_000, testerId: 1, currency: "KZT" } as const;

  it("is nothing of nothing", () => {
    expect(sumOfChoice([], [])).toEqual({ issues: 0, totals: [] });
  });

  it("counts a line once, with whatever is ticked inside it", () => {
    expect(sumOfChoice([issue], [line])).toEqual({
      issues: 3,
      totals: [{ currency: "KZT", amount: 2_600_000 }],
    });
  });

  it("never adds two currencies", () => {
    const dollars = { issueId: 8, expected: 5_000, testerId: 1, currency: "USD" } as const;
    expect(sumOfChoice([issue, dollars], [])).toEqual({
      issues: 2,
      totals: [
        { currency: "KZT", amount: 800_000 },
        { currency: "USD", amount: 5_000 },
      ],
    });
  });
});
