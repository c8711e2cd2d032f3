import { describe, expect, test } from "vitest";
import { TAKE_BACKS } from "~/domain/take-back";
import { translator } from "~/i18n/translator";
import { parseForm } from "./parse-form";
import { correctionForm, takeBackForm } from "./receipt-form";

const t = translator("en");
const clock = { now: new Date("2026-05-20T12:00:00Z"), zone: "Asia/Almaty" };

function form(fields: Record<string, string | readonly string[]>): FormData {
  const data = new FormData();
  for (const [name, values] of Object.entries(fields))
    for (const value of [values].flat()) data.append(name, value);
  return data;
}

const errorsOf = (parsed: { ok: true } | { ok: false; errors: object }) =>
  parsed.ok ? {} : parsed.errors;

describe("taking payments back", () => {
  const fine = { payment: ["3", "4"], how: "bounced", reason: "Card closed", on: "2026-05-12" };
  const errors = (change: Record<string, string | readonly string[]>) =>
    errorsOf(parseForm(takeBackForm(clock), form({ ...fine, ...change }), t));

  test.each(TAKE_BACKS)("%s, with a reason and a date", (how) => {
    expect(errors({ how })).toEqual({});
  });

  test("none chosen, no fate, no reason, no date: each said beside its field", () => {
    expect(errors({ payment: [], how: "", reason: " ", on: "" })).toEqual({
      payment: "Choose at least one payment",
      how: "Choose what became of the money",
      reason: "Write down why",
      on: "Write a date such as 10.05.2026",
    });
  });

  test("a date in the future, by the team's calendar", () => {
    expect(errors({ on: "2026-05-21" })).toEqual({ on: "The date cannot be in the future" });
    expect(errors({ on: "20.05.2026" })).toEqual({});
  });

  test("what no checkbox posts", () => {
    for (const payment of ["0", "-1", "1e3", "9999999999"])
      expect(errors({ payment: [payment] })).not.toEqual({});
    expect(errors({ how: "forgiven" })).toHaveProperty("how");
  });
});

describe("correcting a transfer", () => {
  const fine = { shown: "0", reference: "8842", paidOn: "2026-05-10", reason: "Typo" };
  const errors = (change: Record<string, string>, method: "kaspi" | "cash" = "kaspi") =>
    errorsOf(parseForm(correctionForm(method, clock), form({ ...fine, ...change }), t));

  test("by the same rules as when it was confirmed", () => {
    expect(errors({})).toEqual({});
    expect(errors({ reference: " " })).toHaveProperty("reference");
    expect(errors({ reference: "" }, "cash")).toEqual({});
    expect(errors({ reference: "1".repeat(200) })).toHaveProperty("reference");
    expect(errors({ reference: "88\u200b41" })).toHaveProperty("reference");
    expect(errors({ paidOn: "2026-05-21" })).toHaveProperty("paidOn");
    expect(errors({ reason: "" })).toEqual({ reason: "Write down why" });
    expect(errors({ shown: "-1" })).toHaveProperty("shown");
  });
});
