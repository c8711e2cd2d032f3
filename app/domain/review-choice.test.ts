import { describe, expect, test } from "vitest";
import {
  approveRow,
  offeredAmount,
  parseReviewChoice,
  type ReviewChoice,
  reviewChoiceText,
  tickedTotals,
} from "./review-choice";

const HIGH = { currency: "KZT", amount: 800_000 } as const;
const choice: ReviewChoice = { issueId: 12, version: 3, currency: "KZT", expected: HIGH };
const unpriced: ReviewChoice = { issueId: 13, version: 1, currency: "USD", expected: null };

describe("the value of a row's box", () => {
  test.each([
    [choice, "12:3:KZT:800000"],
    [unpriced, "13:1:USD:-"],
  ])("is read back as written", (given, text) => {
    expect(reviewChoiceText(given)).toBe(text);
    expect(parseReviewChoice(text)).toEqual(given);
  });

  test.each([
    ...["", "12", "12:3:KZT", "12:3:KZT:800000:1", "012:3:KZT:1", "12:0:KZT:1", "12:3:EUR:1"],
    ...["12:3:KZT:0", "12:3:KZT:-1", "12:3:KZT:1000000001", "2147483648:1:KZT:1", " 12:3:KZT:1"],
  ])("is nothing else: %j", (text) => {
    expect(parseReviewChoice(text)).toBeNull();
  });
});

describe("the amount of a row", () => {
  const row = { issueId: 12, version: 3, currency: "KZT", expected: HIGH };

  test("is the suggestion when the box is as it was offered, or says the same", () => {
    for (const text of [offeredAmount(choice), "8000.00", "8000,0"]) {
      expect(approveRow(choice, text)).toEqual({ ok: true, row });
    }
  });

  test("is what was typed over it, or where nothing was offered", () => {
    expect(approveRow(choice, "9500.50")).toMatchObject({ row: { ...row, amount: 950_050 } });
    expect(approveRow(unpriced, "50")).toMatchObject({ row: { expected: null, amount: 5_000 } });
  });

  test("must be there, and read", () => {
    expect(approveRow(choice, "")).toEqual({ ok: false, problem: "empty" });
    expect(approveRow(unpriced, "")).toEqual({ ok: false, problem: "empty" });
    expect(approveRow(choice, "8 000")).toEqual({ ok: false, problem: "format" });
  });
});

test("ticked rows add up per currency; one that cannot be read adds nothing", () => {
  const rows = [
    { choice, amountText: "8000" },
    { choice: unpriced, amountText: "50" },
    { choice, amountText: "1.5" },
    { choice, amountText: "a lot" },
  ];
  expect(tickedTotals(rows)).toEqual({
    count: 4,
    totals: [
      { currency: "KZT", amount: 800_150 },
      { currency: "USD", amount: 5_000 },
    ],
  });
});
