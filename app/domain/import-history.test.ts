import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ImportContext } from "./import-context";
import { cellsByColumn, type ImportCells } from "./import-header";
import { IMPORTED_AS_REJECTED, type ImportEvent, importHistory } from "./import-history";
import { readImportRow } from "./import-row";
import { ISSUE_STATUSES, isNegativeClosing } from "./issue-status";
import { isLegalPayoutMove, PAYOUT_STATUSES } from "./payout-status";

const zone = "Asia/Almaty";
const context: ImportContext = {
  now: new Date("2026-11-22T12:00:00Z"),
  zone,
  actorEmail: null,
};
const cells: ImportCells = {
  ...cellsByColumn(new Map(), []),
  external_id: "QA-1",
  cycle: "Hackorda",
  reporter_email: "aibek@example.com",
  severity: "high",
  title: "Payment fails",
  status: "open",
  created_at: "2026-05-01T10:00:00Z",
};
const money = { amount: "3000", method: "cash", paid_on: "2026-05-10" };

function historyOf(given: Partial<ImportCells>): ImportEvent[] {
  const read = readImportRow({ ...cells, ...given }, context);
  if (!read.ok) throw new Error(read.problems.map((problem) => problem.message).join());
  return importHistory(read.row, "KZT", zone);
}

/** "filed open/pending @05-01" and so on. */
function told(given: Partial<ImportCells>): string[] {
  return historyOf(given).map(
    ({ event, after, at }) =>
      `${event.kind} ${after.status}/${after.payoutStatus} @${at.toISOString().slice(5, 10)}`,
  );
}

describe("the history of an imported issue", () => {
  it("ends with the filing while nothing happened", () => {
    expect(told({ resolved_at: "2026-05-03T10:00:00Z" })).toEqual(["filed open/pending @05-01"]);
  });

  it("has the day on which it was resolved, or else the one on which it was filed", () => {
    expect(told({ status: "fixed", resolved_at: "2026-05-03T10:00:00Z" })).toEqual([
      "filed open/pending @05-01",
      "status_changed fixed/pending @05-03",
    ]);
    expect(told({ status: "fixed" })[1]).toBe("status_changed fixed/pending @05-01");
  });

  it("rejects the payout of what closed negative, with the closing as the reason", () => {
    const history = historyOf({ status: "duplicate" });
    expect(history.at(-1)).toMatchObject({
      after: { status: "duplicate", payoutStatus: "rejected", approved: null },
      event: { kind: "status_changed", reason: "duplicate" },
    });
  });

  it("says so where a payout was rejected without a reason", () => {
    const history = historyOf({ status: "fixed", payout_status: "rejected" });
    expect(history.at(-1)).toMatchObject({
      after: { status: "fixed", payoutStatus: "rejected" },
      event: { kind: "rejected", reason: "rejected", note: IMPORTED_AS_REJECTED },
    });
  });

  it("triages what was approved while open", () => {
    expect(told({ payout_status: "approved", amount: "3000" })).toEqual([
      "filed open/pending @05-01",
      "approved triaged/approved @05-01",
    ]);
  });

  it("takes the cycle's currency where the row names none", () => {
    const approved = { payout_status: "approved", amount: "3000" };
    expect(historyOf(approved).at(-1)?.after.approved?.currency).toBe("KZT");
    expect(historyOf({ ...approved, currency: "USD" }).at(-1)?.after.approved).toEqual({
      currency: "USD",
      amount: 300_000,
    });
  });

  it("resolves first what was paid afterwards", () => {
    const resolved = { status: "fixed", resolved_at: "2026-05-10T18:00:00Z" };
    expect(told({ ...resolved, payout_status: "paid", ...money })).toEqual([
      "filed open/pending @05-01",
      "status_changed fixed/pending @05-10",
      "approved fixed/approved @05-10",
      "paid fixed/paid @05-10",
    ]);
  });

  it("resolves last what was paid before", () => {
    const resolved = { status: "fixed", resolved_at: "2026-06-01T10:00:00Z" };
    // The team's 10 May begins at 19:00 on the 9th by UTC.
    expect(told({ ...resolved, payout_status: "paid", ...money })).toEqual([
      "filed open/pending @05-01",
      "approved triaged/approved @05-01",
      "paid triaged/paid @05-09",
      "status_changed fixed/paid @06-01",
    ]);
  });

  it("closes negative only after the money, which otherwise could not have moved", () => {
    const closed = { status: "wont_fix", resolved_at: "2026-05-02T10:00:00Z" };
    expect(told({ ...closed, payout_status: "paid", ...money })).toEqual([
      "filed open/pending @05-01",
      "approved triaged/approved @05-01",
      "paid triaged/paid @05-09",
      "status_changed wont_fix/paid @05-09",
    ]);
    expect(told({ ...closed, payout_status: "void", amount: "1" })).toEqual([
      "filed open/pending @05-01",
      "approved triaged/approved @05-01",
      "voided triaged/void @05-01",
      "status_changed wont_fix/void @05-02",
    ]);
  });

  it("is legal for every row that has no problem, and ends as the row says", () => {
    const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-05-${String(n).padStart(2, "0")}`);
    const time = fc.tuple(day, fc.integer({ min: 0, max: 23 }));
    const anyRow = fc.record({
      status: fc.constantFrom(...ISSUE_STATUSES),
      payout_status: fc.constantFrom("", ...PAYOUT_STATUSES),
      created_at: time.map(([date, hour]) => `${date}T${String(hour).padStart(2, "0")}:15:00Z`),
      resolved_at: fc.oneof(fc.constant(""), day),
      amount: fc.constantFrom("", "3000"),
      paid_on: fc.oneof(fc.constant(""), day),
      method: fc.constantFrom("", "cash"),
    });
    let legal = 0;
    fc.assert(
      fc.property(anyRow, (given) => {
        const read = readImportRow({ ...cells, ...given }, context);
        if (!read.ok) return;
        legal += 1;
        const { row } = read;
        const history = importHistory(row, "KZT", zone);
        history.forEach(({ version, at, before, after }, index) => {
          const previous = history[index - 1];
          expect(version).toBe(index + 1);
          expect(before).toEqual(previous?.after ?? null);
          expect(at >= (previous?.at ?? row.createdAt)).toBe(true);
          if (before === null) return;
          const moved = before.payoutStatus !== after.payoutStatus;
          if (moved) expect(isLegalPayoutMove(before.payoutStatus, after.payoutStatus)).toBe(true);
        });
        const last = history.at(-1)?.after;
        expect(last?.payoutStatus).toBe(row.payout.status);
        const triaged = row.status === "open" && row.payout.status !== "pending";
        expect(last?.status).toBe(triaged ? "triaged" : row.status);
        if (last?.payoutStatus === "pending") expect(isNegativeClosing(last.status)).toBe(false);
      }),
      { numRuns: 3000 },
    );
    expect(legal).toBeGreaterThan(100);
  });
});
