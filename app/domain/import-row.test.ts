import { describe, expect, it } from "vitest";
import type { ImportContext } from "./import-context";
import { cellsByColumn, type ImportCells } from "./import-header";
import { readImportRow } from "./import-row";

const context: ImportContext = {
  now: new Date("2026-11-22T12:00:00Z"),
  zone: "Asia/Almaty",
  actorEmail: "admin@example.com",
};

const good: ImportCells = {
  ...cellsByColumn(new Map(), []),
  external_id: "QA-1",
  cycle: "Hackorda",
  reporter_email: "aibek@example.com",
  reporter_name: "Aibek",
  severity: "high",
  title: "Payment fails",
  status: "fixed",
  created_at: "2026-05-01T10:00:00Z",
  resolved_at: "2026-05-03T10:00:00Z",
};
const paid: Partial<ImportCells> = {
  payout_status: "paid",
  amount: "15000,50",
  currency: "USD",
  paid_on: "2026-05-10",
  method: "kaspi",
  reference: "8841",
};

function reading(cells: Partial<ImportCells>) {
  return readImportRow({ ...good, ...cells }, context);
}

function codes(cells: Partial<ImportCells>): string[] {
  const read = reading(cells);
  return read.ok ? [] : read.problems.map((problem) => problem.code);
}

function rowOf(cells: Partial<ImportCells>) {
  const read = reading(cells);
  if (!read.ok) throw new Error(read.problems.map((problem) => problem.message).join("; "));
  return read.row;
}

describe("a good row", () => {
  it("is typed, spaces around its cells dropped", () => {
    expect(rowOf({ title: "  Payment fails ", severity: " High", status: "FIXED " })).toEqual({
      externalId: "QA-1",
      cycle: "Hackorda",
      reporterEmail: "aibek@example.com",
      reporterName: "Aibek",
      severity: "high",
      title: "Payment fails",
      body: "",
      status: "fixed",
      createdAt: new Date("2026-05-01T10:00:00Z"),
      resolvedAt: new Date("2026-05-03T10:00:00Z"),
      payout: { status: "pending" },
    });
  });

  it("keeps the body as it is, with line breaks of one kind", () => {
    expect(rowOf({ body: "1. Open\r\n2. Pay \n" }).body).toBe("1. Open\n2. Pay \n");
  });

  it("names a reporter without a name after the address", () => {
    expect(rowOf({ reporter_name: " " }).reporterName).toBe("aibek");
  });

  it("needs no date of resolution", () => {
    expect(rowOf({ resolved_at: "" }).resolvedAt).toBeNull();
  });

  it.each([
    ["a".repeat(255), "title"],
    ["😀".repeat(255), "title"],
    ["a".repeat(200), "external_id"],
    ["я".repeat(20_000), "body"],
  ] as const)("may be as long as the database allows", (text, column) => {
    expect(codes({ [column]: text })).toEqual([]);
  });
});

describe("what the payout columns come to", () => {
  it.each(["duplicate", "rejected", "cant_reproduce", "wont_fix"])(
    "without one, %s rejects the payout",
    (status) => {
      expect(rowOf({ status }).payout).toEqual({ status: "rejected" });
    },
  );

  it.each(["open", "triaged", "in_progress", "fixed", "closed"])(
    "without one, %s leaves it pending",
    (status) => {
      expect(rowOf({ status }).payout).toEqual({ status: "pending" });
    },
  );

  it("a payment has its amount in minor units and its particulars", () => {
    expect(rowOf(paid).payout).toEqual({
      status: "paid",
      amount: 1_500_050,
      currency: "USD",
      paidOn: "2026-05-10",
      method: "kaspi",
      reference: "8841",
    });
  });

  it("a missing currency is left to the cycle", () => {
    expect(rowOf({ payout_status: "approved", amount: "3000" }).payout).toEqual({
      status: "approved",
      amount: 300_000,
      currency: null,
    });
  });

  it("cash needs no reference", () => {
    const { payout } = rowOf({ ...paid, method: "cash", reference: "" });
    expect(payout).toMatchObject({ method: "cash", reference: null });
  });

  it("a date may be written as Excel in Russian does", () => {
    expect(rowOf({ ...paid, paid_on: "10.05.2026" }).payout).toMatchObject({
      paidOn: "2026-05-10",
    });
  });

  it("an issue may be paid and closed negative, or void and closed negative", () => {
    expect(codes({ ...paid, status: "duplicate" })).toEqual([]);
    expect(codes({ status: "duplicate", payout_status: "void", amount: "1" })).toEqual([]);
  });

  it("a currency without an amount promises nothing", () => {
    expect(rowOf({ currency: "kzt" }).payout).toEqual({ status: "pending" });
  });

  it("the admin who imports may have filed issues that nobody has priced", () => {
    expect(codes({ reporter_email: "admin@example.com" })).toEqual([]);
  });
});

const approved = { payout_status: "approved", amount: "1" };

describe("a bad row", () => {
  it.each<[string, Partial<ImportCells>]>([
    ["nul_character", { body: "a\0b" }],
    ["external_id_missing", { external_id: " " }],
    ["external_id_too_long", { external_id: "a".repeat(201) }],
    ["external_id_control_characters", { external_id: "QA\n1" }],
    ["cycle_missing", { cycle: "" }],
    ["cycle_too_long", { cycle: "a".repeat(201) }],
    ["cycle_control_characters", { cycle: "a\tb" }],
    ["email_missing", { reporter_email: "" }],
    ["email_invalid", { reporter_email: "aibek" }],
    ["email_invalid", { reporter_email: "aibek@a@b" }],
    ["email_invalid", { reporter_email: "ai bek@example.com" }],
    ["email_invalid", { reporter_email: `${"a".repeat(250)}@b.kz` }],
    ["reporter_name_too_long", { reporter_name: "a".repeat(201) }],
    ["reporter_name_control_characters", { reporter_name: "a\u0007b" }],
    ["severity_unknown", { severity: "blocker" }],
    ["severity_unknown", { severity: "" }],
    ["title_missing", { title: "\u00a0" }],
    ["title_too_long", { title: "a".repeat(256) }],
    ["title_control_characters", { title: "a\nb" }],
    ["body_too_long", { body: "a".repeat(20_001) }],
    ["status_unknown", { status: "done" }],
    ["status_draft", { status: "draft" }],
    ["created_at_missing", { created_at: "" }],
    ["created_at_invalid", { created_at: "yesterday" }],
    ["created_at_invalid", { created_at: "2026-02-30T10:00:00Z" }],
    ["created_at_future", { created_at: "2026-11-22T12:00:01Z", resolved_at: "" }],
    ["resolved_at_invalid", { resolved_at: "soon" }],
    ["resolved_at_future", { resolved_at: "2027-01-01" }],
    ["resolved_at_before_created_at", { resolved_at: "2026-05-01T09:59:59Z" }],
    ["payout_status_unknown", { payout_status: "owed" }],
    ["payout_contradicts_status", { payout_status: "pending", status: "duplicate" }],
    ["payout_contradicts_status", { ...approved, status: "wont_fix" }],
    ["payout_contradicts_status", { payout_status: "rejected", status: "open" }],
    ["amount_missing", { payout_status: "approved" }],
    ["amount_missing", { payout_status: "void" }],
    ["amount_missing", { ...paid, amount: " " }],
    ["amount_invalid", { ...paid, amount: "15 000" }],
    ["amount_invalid", { ...paid, amount: "10.50g" }],
    ["amount_invalid", { ...paid, amount: "-5" }],
    ["amount_not_positive", { ...paid, amount: "0.00" }],
    ["amount_too_large", { ...paid, amount: "10000000.01" }],
    ["amount_unexpected", { amount: "5" }],
    ["currency_unknown", { ...approved, currency: "EUR" }],
    ["currency_unknown", { currency: "tenge" }],
    ["paid_on_missing", { ...paid, paid_on: "" }],
    ["paid_on_invalid", { ...paid, paid_on: "10/05/2026" }],
    ["paid_on_future", { ...paid, paid_on: "2026-11-23" }],
    ["paid_on_too_old", { ...paid, created_at: "1999-01-01", paid_on: "1999-12-31" }],
    ["paid_on_before_created_at", { ...paid, paid_on: "2026-04-30" }],
    ["paid_on_unexpected", { ...approved, paid_on: "2026-05-10" }],
    ["method_missing", { ...paid, method: "" }],
    ["method_unknown", { ...paid, method: "paypal" }],
    ["method_unexpected", { method: "kaspi" }],
    ["reference_missing", { ...paid, reference: " " }],
    ["reference_too_long", { ...paid, reference: "1".repeat(101) }],
    ["reference_control_characters", { ...paid, reference: "88\u200b41" }],
    ["reference_unexpected", { ...approved, reference: "8841" }],
    ["own_issue", { ...approved, reporter_email: " ADMIN@example.com" }],
    ["own_issue", { ...paid, reporter_email: "admin@example.com" }],
  ])("%s", (code, cells) => {
    expect(codes(cells)).toContain(code);
  });

  it("is told everything that is wrong with it at once", () => {
    expect(codes({ severity: "", title: "", ...paid, amount: "x", method: "y" })).toEqual([
      "severity_unknown",
      "title_missing",
      "amount_invalid",
      "method_unknown",
    ]);
  });

  it("is named by its external_id where it has one", () => {
    expect(reading({ title: "" })).toMatchObject({ ok: false, externalId: "QA-1" });
    expect(reading({ external_id: "" })).toMatchObject({ ok: false, externalId: null });
  });

  it("is quoted briefly, control characters escaped", () => {
    const read = reading({ severity: `bad\n${"x".repeat(1000)}` });
    const [problem] = read.ok ? [] : read.problems;
    expect(problem?.message).toBe(
      `severity "bad\\n${"x".repeat(36)}…" is none of critical, high, medium, low`,
    );
  });

  it("counts the paid-on date by the team's calendar, not by UTC", () => {
    const late = { ...context, now: new Date("2026-11-22T20:00:00Z") };
    const cells = { ...good, ...paid, paid_on: "2026-11-23" };
    expect(readImportRow(cells, late).ok).toBe(true);
  });
});
