import { expect, it } from "vitest";
import { differencesBetween, factsText, importFacts } from "./import-facts";
import type { ImportRow } from "./import-row";

const row: ImportRow = {
  externalId: "QA-1",
  cycle: "Hackorda",
  reporterEmail: "Aibek@example.com",
  reporterName: "Aibek",
  severity: "high",
  title: "Payment fails",
  body: "",
  status: "fixed",
  createdAt: new Date("2026-05-01T10:00:00Z"),
  resolvedAt: null,
  payout: { status: "approved", amount: 1_500_050, currency: null },
};
const facts = (given: Partial<ImportRow> = {}) =>
  importFacts({ ...row, ...given }, (text) => `print of ${text}`);

it("survives being kept as JSON", () => {
  const kept = JSON.parse(JSON.stringify(facts({ body: "Steps" }))) as ReturnType<typeof facts>;
  expect(factsText(kept)).toBe(factsText(facts({ body: "Steps" })));
  expect(kept.body).toBe("print of Steps");
});

it("does not depend on the reporter's name or on the case of the address", () => {
  const other = facts({ reporterName: "A.", reporterEmail: "aibek@EXAMPLE.com" });
  expect(differencesBetween(facts(), other)).toEqual([]);
});

it("names every field that differs, both values shortened", () => {
  const other = facts({
    title: "x".repeat(100),
    body: "Steps",
    payout: {
      status: "paid",
      amount: 300_000,
      currency: "USD",
      paidOn: "2026-05-10",
      method: "cash",
      reference: null,
    },
  });
  expect(differencesBetween(facts(), other)).toEqual([
    { field: "title", imported: '"Payment fails"', file: `"${"x".repeat(40)}…"` },
    { field: "body", imported: "nothing", file: "another text" },
    { field: "payout_status", imported: '"approved"', file: '"paid"' },
    { field: "amount", imported: "15000.50", file: "3000" },
    { field: "currency", imported: "nothing", file: '"USD"' },
    { field: "paid_on", imported: "nothing", file: '"2026-05-10"' },
    { field: "method", imported: "nothing", file: '"cash"' },
  ]);
});
