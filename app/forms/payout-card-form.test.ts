import { describe, expect, test } from "vitest";
import { translator } from "~/i18n/translator";
import { type CardIntent, payoutCardForms } from "./payout-card-form";
import { parseForm } from "./parse-form";

const t = translator("en");
const forms = payoutCardForms({
  paidOn: "2026-05-10",
  now: new Date("2026-05-20T12:00:00Z"),
  zone: "Asia/Almaty",
});

function parse(intent: CardIntent, fields: Record<string, string>) {
  const data = new FormData();
  for (const [name, value] of Object.entries({ version: "3", ...fields })) data.set(name, value);
  return parseForm(forms[intent], data, t);
}

function errors(intent: CardIntent, fields: Record<string, string>) {
  const parsed = parse(intent, fields);
  return parsed.ok ? {} : parsed.errors;
}

describe("the forms of the payout card", () => {
  test("every one carries the version that was shown", () => {
    for (const intent of Object.keys(forms) as CardIntent[])
      expect(errors(intent, { version: "" })).toHaveProperty("version");
  });

  test("approving posts the suggestion that was shown, in minor units", () => {
    expect(parse("approve", { expected: "800000" })).toEqual({
      ok: true,
      value: { version: 3, expected: 800_000 },
    });
    for (const expected of ["", "-1", "8000.00", "1e9"])
      expect(errors("approve", { expected })).toHaveProperty("expected");
  });

  test.each([
    ["15000", 1_500_000],
    ["15000,50", 1_500_050],
    ["10000000", 1_000_000_000],
  ])("an amount of %s", (amountText, minor) => {
    expect(parse("approveCustom", { amountText })).toMatchObject({
      ok: true,
      value: { amountText: minor, expected: undefined, note: undefined },
    });
  });

  test.each(["", "-1", "0", "1.005", "NaN", "1e9", "1,000", "15 000", "１００", "9".repeat(30)])(
    "no amount: %j",
    (amountText) => {
      expect(errors("approveCustom", { amountText })).toHaveProperty("amountText");
      expect(errors("changeAmount", { amountText, note: "why" })).toHaveProperty("amountText");
    },
  );

  test("rejecting takes one of the four reasons, and changing an amount asks why", () => {
    expect(errors("reject", {})).toEqual({ reason: "Choose a reason" });
    expect(errors("reject", { reason: "because" })).toHaveProperty("reason");
    expect(parse("reject", { reason: "duplicate", note: "" }).ok).toBe(true);
    expect(errors("changeAmount", { amountText: "9000", note: " " })).toEqual({
      note: "Write down why",
    });
  });

  test("a status is one that an admin can set", () => {
    expect(parse("status", { to: "wont_fix" }).ok).toBe(true);
    for (const to of ["", "draft", "deleted"])
      expect(errors("status", { to })).toHaveProperty("to");
  });

  test("void, bounce and never sent ask why", () => {
    expect(errors("void", { reason: "" })).toEqual({ reason: "Write down why" });
    const on = "2026-05-12";
    expect(errors("reverse", { kind: "bounced", on })).toHaveProperty("reason");
    expect(errors("voidPaid", { money: "kept", on })).toHaveProperty("reason");
    expect(errors("reverse", { kind: "returned", reason: "x", on })).toHaveProperty("kind");
    expect(parse("voidPaid", { money: "kept", reason: "x", on }).ok).toBe(true);
  });

  test("a reversal is dated between the payment and today, by the team's calendar", () => {
    const on = (date: string) =>
      errors("reverse", { kind: "bounced", reason: "x", on: date }).on ?? "fine";
    expect(on("2026-05-10")).toBe("fine");
    expect(on("20.05.2026")).toBe("fine");
    expect(on("2026-05-09")).toBe("The date cannot be before that of the payment");
    expect(on("2026-05-21")).toBe("The date cannot be in the future");
    expect(on("2026-02-30")).toBe("Write a date such as 10.05.2026");
    expect(on("")).toBe("Write a date such as 10.05.2026");
  });
});
