import { describe, expect, it } from "vitest";
import {
  type BatchWarning,
  batchWarnings,
  LARGE_FIRST_TRANSFER_MINOR,
  LARGE_TRANSFER_FLOOR_MINOR,
  type TransferFacts,
  untickedWarnings,
  warningCode,
} from "./batch";

const now = new Date("2026-11-22T06:00:00Z");
const today = "2026-11-22";
const aibek: TransferFacts = {
  testerId: 3,
  currency: "KZT",
  total: 7_500_000,
  method: "kaspi",
  reference: "8841",
  paidOn: today,
  testerDeactivated: false,
  payee: { kaspiPhone: "+77011234567", iban: null, changedAt: null },
  earlier: { largestTotal: 4_500_000, recent: [] },
  referenceUsedIn: [],
};

function warningsFor(...transfers: Partial<TransferFacts>[]): BatchWarning[] {
  return batchWarnings({ now, today, transfers: transfers.map((t) => ({ ...aibek, ...t })) });
}

const of = { testerId: 3, currency: "KZT" };

describe("batchWarnings", () => {
  it("has nothing to say about an ordinary transfer", () => {
    expect(warningsFor({})).toEqual([]);
  });

  it("warns of a reference used before, or twice in this batch", () => {
    expect(warningsFor({ referenceUsedIn: [5, 6] })).toEqual([
      { ...of, kind: "reference_reused", method: "kaspi", reference: "8841", batchIds: [5, 6] },
    ]);
    const twice = warningsFor({}, { testerId: 4 });
    expect(twice.map((w) => [w.kind, w.testerId])).toEqual([
      ["reference_reused", 3],
      ["reference_reused", 4],
    ]);
    expect(warningsFor({}, { testerId: 4, reference: "8842" })).toEqual([]);
    expect(warningsFor({ method: "cash" }, { testerId: 4 })).toEqual([]);
    const noReference = { method: "cash", reference: null } as const;
    expect(warningsFor(noReference, { ...noReference, testerId: 4 })).toEqual([]);
  });

  it("warns where the payee's details for that method are missing", () => {
    const nowhere = { kaspiPhone: null, iban: null, changedAt: null };
    const missing = (method: TransferFacts["method"], payee: TransferFacts["payee"] = nowhere) =>
      warningsFor({ method, payee }).map((w) => w.kind);
    expect(missing("kaspi")).toEqual(["payee_missing"]);
    expect(missing("bank", aibek.payee)).toEqual(["payee_missing"]);
    expect(missing("cash")).toEqual([]);
    expect(missing(null)).toEqual(["payee_missing"]);
    expect(missing(null, aibek.payee)).toEqual([]);
  });

  it("warns of payee details changed within seven days", () => {
    const changed = (iso: string, method: TransferFacts["method"] = "kaspi") =>
      warningsFor({ method, payee: { ...aibek.payee, changedAt: new Date(iso) } });
    expect(changed("2026-11-21T06:00:00Z")).toEqual([
      { ...of, kind: "payee_changed_recently", changedAt: new Date("2026-11-21T06:00:00Z") },
    ]);
    expect(changed("2026-11-15T06:00:00Z")).toHaveLength(1);
    expect(changed("2026-11-15T05:59:59Z")).toEqual([]);
    expect(changed("2026-11-21T06:00:00Z", "cash")).toEqual([]);
  });

  it("warns of the same total within seven days, either way", () => {
    const recent = (total: number, paidOn: string, transfer: Partial<TransferFacts> = {}) =>
      warningsFor({
        ...transfer,
        earlier: { largestTotal: 7_500_000, recent: [{ batchId: 5, total, paidOn }] },
      });
    expect(recent(7_500_000, "2026-11-15")).toEqual([
      {
        ...of,
        kind: "same_total_recently",
        total: 7_500_000,
        batchId: 5,
        paidOn: "2026-11-15",
      },
    ]);
    expect(recent(7_500_000, "2026-11-14")).toEqual([]);
    expect(recent(7_500_001, "2026-11-21")).toEqual([]);
    expect(recent(7_500_000, "2026-11-21", { paidOn: null })).toHaveLength(1);
    expect(recent(7_500_000, "2026-11-21", { paidOn: "2026-11-18" })).toHaveLength(1);
    expect(recent(7_500_000, "2026-11-21", { paidOn: "2026-11-01" })).toEqual([]);
  });

  it("warns of more than three times the largest so far, above the floor", () => {
    const large = (total: number, largestTotal: number | null, currency: "KZT" | "USD" = "KZT") =>
      warningsFor({ total, currency, earlier: { largestTotal, recent: [] } });
    expect(large(13_500_000, 4_500_000)).toEqual([]);
    expect(large(13_500_001, 4_500_000)).toEqual([
      { ...of, kind: "unusually_large", total: 13_500_001, largestEarlier: 4_500_000 },
    ]);
    expect(large(LARGE_TRANSFER_FLOOR_MINOR.KZT, 1)).toEqual([]);
    expect(large(LARGE_TRANSFER_FLOOR_MINOR.KZT + 1, 1)).toHaveLength(1);
    expect(large(LARGE_FIRST_TRANSFER_MINOR.KZT, null)).toEqual([]);
    expect(large(LARGE_FIRST_TRANSFER_MINOR.KZT + 1, null)).toHaveLength(1);
    expect(large(LARGE_FIRST_TRANSFER_MINOR.USD + 1, null, "USD")).toHaveLength(1);
  });

  it("warns of a deactivated tester, who stays payable", () => {
    expect(warningsFor({ testerDeactivated: true })).toEqual([
      { ...of, kind: "tester_deactivated" },
    ]);
  });
});

describe("tick boxes", () => {
  const all = warningsFor(
    {
      total: 90_000_000,
      testerDeactivated: true,
      method: "bank",
      referenceUsedIn: [5],
      payee: { ...aibek.payee, changedAt: now },
      earlier: {
        largestTotal: 1,
        recent: [{ batchId: 5, total: 90_000_000, paidOn: today }],
      },
    },
    { testerId: 4, testerDeactivated: true },
  );

  it("have a code each, which names what was warned about", () => {
    expect(all.map(warningCode)).toEqual([
      "reference_reused:3:KZT:bank:8841",
      "payee_missing:3:KZT:bank",
      "payee_changed_recently:3:KZT:2026-11-22T06:00:00.000Z",
      "same_total_recently:3:KZT:90000000",
      "unusually_large:3:KZT:90000000",
      "tester_deactivated:3:KZT",
      "tester_deactivated:4:KZT",
    ]);
  });

  it("leave over what is not ticked", () => {
    const ticked = all.map(warningCode);
    expect(untickedWarnings(all, ticked)).toEqual([]);
    expect(untickedWarnings(all, ticked.slice(1))).toEqual(all.slice(0, 1));
    expect(untickedWarnings(all, [])).toEqual(all);
    const otherReference = warningsFor({ reference: "8842", referenceUsedIn: [5] });
    expect(untickedWarnings(otherReference, ["reference_reused:3:KZT:kaspi:8841"])).toHaveLength(1);
  });
});
