import { describe, expect, test } from "vitest";
import { translator } from "~/i18n/translator";
import { LONGEST_NOTE, readDecision } from "./decision-form";

const t = translator("en");
const SHOWN = { issueId: "7", version: "2" };
const PRICED = { ...SHOWN, currency: "KZT", expectedAmount: "1500000" };

function read(fields: Record<string, string>) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return readDecision(form, t);
}

const decision = (fields: Record<string, string>) => {
  const got = read(fields);
  return got?.ok ? got.decision : got;
};
const errors = (fields: Record<string, string>) => {
  const got = read(fields);
  return got && !got.ok ? got.answer.errors : got;
};

describe("what the buttons of Triage post", () => {
  test("approving posts what the page showed", () => {
    expect(decision({ intent: "approve", ...PRICED })).toEqual({
      intent: "approve",
      issueId: 7,
      version: 2,
      currency: "KZT",
      expectedAmount: 1_500_000,
    });
  });

  test("a custom amount is in minor units, beside what the page suggested", () => {
    const typed = { amountText: "15000,50", note: " Two bugs in one " };
    expect(decision({ intent: "approve", ...PRICED, ...typed })).toEqual({
      intent: "approve",
      issueId: 7,
      version: 2,
      currency: "KZT",
      expectedAmount: 1_500_000,
      amount: 1_500_050,
      note: "Two bugs in one",
    });
    const unpriced = { intent: "approve", ...PRICED, expectedAmount: "", amountText: "50" };
    expect(decision(unpriced)).toMatchObject({ amount: 5_000, expectedAmount: undefined });
  });

  test("an empty custom amount is a mistake, not the suggested one", () => {
    const empty = { intent: "approve", ...PRICED, amountText: "", note: "kept" };
    expect(read(empty)).toEqual({
      ok: false,
      answer: {
        panel: "custom",
        issueId: 7,
        errors: { amountText: "Write an amount such as 15000 or 15000.50, without spaces" },
        values: { note: "kept" },
      },
    });
  });

  test.each([
    ["15 000", "Write an amount such as 15000 or 15000.50, without spaces"],
    ["15.000,00", "Write an amount such as 15000 or 15000.50, without spaces"],
    ["1,000", "Write an amount such as 15000 or 15000.50, without spaces"],
    ["1.005", "Write an amount such as 15000 or 15000.50, without spaces"],
    ["-1", "Write an amount such as 15000 or 15000.50, without spaces"],
    ["1e9", "Write an amount such as 15000 or 15000.50, without spaces"],
    ["NaN", "Write an amount such as 15000 or 15000.50, without spaces"],
    ["１００", "Write an amount such as 15000 or 15000.50, without spaces"],
    ["0", "The amount must be more than zero"],
    ["10000001", "The amount can be at most 10,000,000"],
    ["9".repeat(30), "The amount can be at most 10,000,000"],
  ])("%j is no amount", (amountText, message) => {
    expect(errors({ intent: "approve", ...PRICED, amountText })).toEqual({ amountText: message });
  });

  test("rejecting needs one of the four reasons", () => {
    expect(errors({ intent: "reject", ...SHOWN })).toEqual({ reason: "Choose a reason" });
    expect(errors({ intent: "reject", ...SHOWN, reason: "lazy" })).toEqual({
      reason: "Choose a reason",
    });
    const said = { reason: "wont_fix", note: "" };
    expect(decision({ intent: "reject", ...SHOWN, ...said })).toEqual({
      intent: "reject",
      issueId: 7,
      version: 2,
      reason: "wont_fix",
      note: undefined,
      duplicateOf: undefined,
    });
  });

  test("the original counts for a duplicate only, with or without its mark", () => {
    const reject = { intent: "reject", ...SHOWN, reason: "duplicate" };
    expect(decision({ ...reject, duplicateOf: "#123" })).toMatchObject({ duplicateOf: 123 });
    expect(decision({ ...reject, duplicateOf: " 123 " })).toMatchObject({ duplicateOf: 123 });
    expect(decision({ ...reject, reason: "rejected", duplicateOf: "123" })).toMatchObject({
      duplicateOf: undefined,
    });
    for (const duplicateOf of ["#0", "12a", "1.5", "2147483648", "https://x/123"])
      expect(errors({ ...reject, duplicateOf })).toEqual({
        duplicateOf: "Write the number of an issue, such as 123",
      });
  });

  test("a note that SQL would not keep is refused, and kept in its box", () => {
    const note = "x".repeat(LONGEST_NOTE + 1);
    const got = read({ intent: "reject", ...SHOWN, reason: "rejected", note });
    expect(got && !got.ok && got.answer).toMatchObject({
      errors: { note: "Use at most 2,000 characters" },
      values: { note, reason: "rejected" },
    });
  });
});

describe("what no form of the page posts is nothing", () => {
  test.each([
    {},
    { intent: "pay", ...PRICED },
    { intent: "toString", ...PRICED },
    { intent: "approve", ...SHOWN },
    { intent: "approve", ...PRICED, expectedAmount: "" },
    { intent: "approve", ...PRICED, expectedAmount: "-5" },
    { intent: "approve", ...PRICED, currency: "EUR" },
    { intent: "approve", ...PRICED, issueId: "7; DROP" },
    { intent: "undo", issueId: "7" },
    { intent: "reject", issueId: "7", version: "x", reason: "rejected" },
  ] as Record<string, string>[])("%j", (fields) => expect(read(fields)).toBeNull());
});
