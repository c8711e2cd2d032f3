import { describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { TAKE_BACKS } from "~/domain/take-back";
import { buildPaidBatch } from "../../prisma/builders";
import { outcomes } from "./batch-race.fixture";
import { leaveMoneySound } from "./doctor.fixture";
import {
  buildPaidTransfer,
  on,
  type PaidTransfer,
  paymentsOf,
  refusalOf,
  rowCounts,
} from "./paid-transfer.fixture";
import { correctTransfer } from "./payment-correction.server";
import { reversePayment } from "./reversal.server";
import { reverseTransfer, type TransferReversal } from "./transfer-reversal.server";

useTestDatabase();
leaveMoneySound();

const bouncing = (
  paid: PaidTransfer,
  change: Partial<TransferReversal> = {},
): TransferReversal => ({
  ...{ transferId: paid.transferId, paymentIds: paid.paymentIds },
  ...{ how: "bounced", reason: "Card closed", on: "2026-05-12" },
  ...change,
});

async function earned(paid: PaidTransfer): Promise<bigint> {
  const { _sum: sums } = await db().payment.aggregate({
    where: { testerId: paid.tester.id },
    _sum: { amount: true },
  });
  return sums.amount ?? 0n;
}

async function statusesOf({ issueIds }: PaidTransfer): Promise<string[]> {
  const where = { id: { in: [...issueIds] } };
  const issues = await db().issue.findMany({ where, orderBy: { id: "asc" } });
  return issues.map((issue) => issue.payoutStatus);
}

describe("a transfer that bounced", () => {
  test("is taken back whole: one reversal and one event an issue, all payable again", async () => {
    const paid = await buildPaidTransfer();
    const done = await reverseTransfer(bouncing(paid), on(12, paid.nazira));
    expect(done).toEqual({
      issues: 3,
      totals: [{ currency: "KZT", amount: 1_200_000 }],
      replayed: false,
    });
    expect(await earned(paid)).toBe(0n);
    expect(await statusesOf(paid)).toEqual(["approved", "approved", "approved"]);
    for (const { takenBack } of await paymentsOf(paid.transferId)) {
      expect(takenBack).toMatchObject({
        ...{ how: "bounced", on: "2026-05-12", reason: "Card closed", by: "Nazira" },
      });
    }
    const where = { kind: "reversed" as const, issueId: { in: [...paid.issueIds] } };
    expect(await db().issueEvent.count({ where })).toBe(3);
  });

  test("can be paid again, and taken back again", async () => {
    const paid = await buildPaidTransfer();
    await reverseTransfer(bouncing(paid), on(12, paid.nazira));
    const again = { admin: paid.sanzhar, issueIds: paid.issueIds, reference: "8855" };
    const { batchId } = await buildPaidBatch({ ...again, at: on(13, paid.sanzhar).at });
    expect(await earned(paid)).toBe(1_200_000n);
    const transfer = await db().payoutTransfer.findFirstOrThrow({ where: { batchId } });
    const paymentIds = (await paymentsOf(transfer.id)).map((payment) => payment.id);
    const second = bouncing(paid, { transferId: transfer.id, paymentIds, on: "2026-05-14" });
    await reverseTransfer(second, on(14, paid.nazira));
    expect(await earned(paid)).toBe(0n);
    // The first press again, days later: it still means the payments of 10 May.
    const first = await reverseTransfer(bouncing(paid), on(15, paid.nazira));
    expect(first.replayed).toBe(true);
  });

  test("in part: only what was ticked", async () => {
    const paid = await buildPaidTransfer();
    const paymentIds = paid.paymentIds.slice(0, 1);
    await reverseTransfer(bouncing(paid, { paymentIds }), on(12, paid.nazira));
    expect(await statusesOf(paid)).toEqual(["approved", "paid", "paid"]);
    expect(await earned(paid)).toBe(400_000n);
  });

  test("pressed twice: recognised, and nothing is written twice", async () => {
    const paid = await buildPaidTransfer();
    await reverseTransfer(bouncing(paid), on(12, paid.nazira));
    const before = await rowCounts();
    const again = await reverseTransfer(bouncing(paid), on(12, paid.nazira));
    expect(again).toMatchObject({ issues: 3, replayed: true });
    expect(await rowCounts()).toEqual(before);
  });

  test.each<[string, Partial<TransferReversal>]>([
    ["another reason", { reason: "Wrong card" }],
    ["another date", { on: "2026-05-13" }],
    ["another fate", { how: "void_returned" }],
  ])("pressed twice with %s: told line by line what it is now", async (_, change) => {
    const paid = await buildPaidTransfer();
    await reverseTransfer(bouncing(paid), on(12, paid.nazira));
    const before = await rowCounts();
    const refusal = await refusalOf(reverseTransfer(bouncing(paid, change), on(13, paid.nazira)));
    expect(refusal).toMatchObject({ code: "payments_changed" });
    expect((refusal as { changes: unknown[] }).changes).toHaveLength(3);
    expect(await rowCounts()).toEqual(before);
  });

  test("one payment taken back meanwhile by another admin: all or nothing", async () => {
    const paid = await buildPaidTransfer();
    const [issueId = 0] = paid.issueIds;
    const alone = { issueId, kind: "bounced", reason: "Card closed", on: "2026-05-11" } as const;
    await reversePayment(alone, on(11, paid.sanzhar));
    const refusal = await refusalOf(reverseTransfer(bouncing(paid), on(12, paid.nazira)));
    expect(refusal).toMatchObject({
      code: "payments_changed",
      changes: [{ issueId, takenBack: "bounced", by: "Sanzhar" }],
    });
    expect(await statusesOf(paid)).toEqual(["approved", "paid", "paid"]);
  });

  test("two admins at once: one reversal each payment, the other is told", async () => {
    const paid = await buildPaidTransfer();
    const attempts = Array.from({ length: 20 }, (_, n) =>
      reverseTransfer(bouncing(paid), on(12, n % 2 ? paid.nazira : paid.sanzhar)),
    );
    const { done, refusals, unexpected } = await outcomes(attempts);
    expect(unexpected).toEqual([]);
    expect(done.filter((answer) => !answer.replayed)).toHaveLength(1);
    expect(done).toHaveLength(10);
    expect(refusals).toEqual(Array.from({ length: 10 }, () => "payments_changed"));
    const where = { testerId: paid.tester.id, amount: { lt: 0 } };
    expect(await db().payment.count({ where })).toBe(3);
    expect(await earned(paid)).toBe(0n);
  });

  test("a correction and a bounce at once: either order, never a half", async () => {
    const paid = await buildPaidTransfer();
    const correction = { reference: "8842", paidOn: "2026-05-09", reason: "Typo", shown: 0 };
    const { unexpected, refusals } = await outcomes<unknown>([
      reverseTransfer(bouncing(paid), on(12, paid.nazira)),
      correctTransfer({ transferId: paid.transferId, ...correction }, on(12, paid.sanzhar)),
    ]);
    expect([unexpected, refusals]).toEqual([[], []]);
    const payments = await paymentsOf(paid.transferId);
    expect(payments.map((p) => [p.reference, p.paidOn, p.takenBack?.on])).toEqual(
      payments.map(() => ["8842", "2026-05-09", "2026-05-12"]),
    );
  });
});

describe("what becomes of the money", () => {
  test.each(TAKE_BACKS)("%s", async (how) => {
    const paid = await buildPaidTransfer();
    await reverseTransfer(bouncing(paid, { how }), on(12, paid.nazira));
    const isVoid = how.startsWith("void");
    expect(new Set(await statusesOf(paid))).toEqual(new Set([isVoid ? "void" : "approved"]));
    expect(await earned(paid)).toBe(how === "void_kept" ? 1_200_000n : 0n);
    const again = await reverseTransfer(bouncing(paid, { how }), on(12, paid.nazira));
    expect(again.replayed).toBe(true);
    for (const { takenBack } of await paymentsOf(paid.transferId))
      expect(takenBack).toMatchObject({ how, on: how === "void_kept" ? null : "2026-05-12" });
  });

  test("void is final", async () => {
    const paid = await buildPaidTransfer();
    await reverseTransfer(bouncing(paid, { how: "void_kept" }), on(12, paid.nazira));
    const refusal = await refusalOf(
      reverseTransfer(bouncing(paid, { how: "bounced" }), on(13, paid.sanzhar)),
    );
    expect(refusal).toMatchObject({ code: "payments_changed" });
  });
});

describe("refused, with no effect", () => {
  test("one's own money", async () => {
    const paid = await buildPaidTransfer();
    const own = await refusalOf(reverseTransfer(bouncing(paid), on(12, paid.tester)));
    expect(own).toMatchObject({ code: "own_issue" });
    expect(await earned(paid)).toBe(1_200_000n);
  });

  test("a payment of another transfer, or none", async () => {
    const paid = await buildPaidTransfer();
    const other = await buildPaidTransfer({ tester: paid.tester, reference: "8850" });
    for (const paymentIds of [[], [other.paymentIds[0] ?? 0], [999_999]]) {
      const attempt = reverseTransfer(bouncing(paid, { paymentIds }), on(12, paid.nazira));
      expect(await refusalOf(attempt)).toEqual({ code: "not_found" });
    }
  });

  test("dated before the payment, as it was corrected", async () => {
    const paid = await buildPaidTransfer();
    const { transferId } = paid;
    const early = bouncing(paid, { on: "2026-05-09" });
    expect(await refusalOf(reverseTransfer(early, on(12, paid.nazira)))).toEqual({
      ...{ code: "reversed_before_paid", paidOn: "2026-05-10" },
    });
    const correction = { reference: "8841", paidOn: "2026-05-11", reason: "Typo", shown: 0 };
    await correctTransfer({ transferId, ...correction }, on(12, paid.nazira));
    const tenth = bouncing(paid, { on: "2026-05-10" });
    expect(await refusalOf(reverseTransfer(tenth, on(12, paid.nazira)))).toEqual({
      ...{ code: "reversed_before_paid", paidOn: "2026-05-11" },
    });
    expect(await earned(paid)).toBe(1_200_000n);
  });

  test("without a reason", async () => {
    const paid = await buildPaidTransfer();
    const attempt = reverseTransfer(bouncing(paid, { reason: "  " }), on(12, paid.nazira));
    expect(await refusalOf(attempt)).toEqual({ code: "illegal", problem: "reason_required" });
    expect(await earned(paid)).toBe(1_200_000n);
  });
});

describe("one issue alone", () => {
  test("pressed twice on the same page: recognised", async () => {
    const paid = await buildPaidTransfer();
    const [issueId = 0] = paid.issueIds;
    const { version } = await db().issue.findUniqueOrThrow({ where: { id: issueId } });
    const bounce = { issueId, version, kind: "bounced", reason: "x", on: "2026-05-12" } as const;
    expect((await reversePayment(bounce, on(12, paid.nazira))).replayed).toBe(false);
    const before = await rowCounts();
    expect((await reversePayment(bounce, on(12, paid.nazira))).replayed).toBe(true);
    expect(await rowCounts()).toEqual(before);
    const other = await refusalOf(reversePayment({ ...bounce, reason: "y" }, on(12, paid.nazira)));
    expect(other).toMatchObject({ code: "stale" });
    const another = await refusalOf(reversePayment(bounce, on(12, paid.sanzhar)));
    expect(another).toMatchObject({ code: "stale" });
  });
});
