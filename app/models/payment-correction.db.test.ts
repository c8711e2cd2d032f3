import { describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { transaction } from "~/database/transaction.server";
import type { BatchWarning } from "~/domain/batch-warning";
import { balanceHistory } from "./balance-history.server";
import { type TransferToJudge, warningsFor } from "./batch-facts.server";
import { outcomes } from "./batch-race.fixture";
import { leaveMoneySound } from "./doctor.fixture";
import { issueView } from "./issue.server";
import {
  buildPaidTransfer,
  on,
  type PaidTransfer,
  paymentsOf,
  refusalOf,
  rowCounts,
} from "./paid-transfer.fixture";
import { correctTransfer, type TransferCorrection } from "./payment-correction.server";
import { exportAllPayments } from "./payment-export.server";
import { statementOf } from "./statement.server";
import { reverseTransfer, type TransferReversal } from "./transfer-reversal.server";

useTestDatabase();
leaveMoneySound();

const mending = (
  { transferId }: PaidTransfer,
  change: Partial<TransferCorrection> = {},
): TransferCorrection => ({
  ...{ transferId, shown: 0, reference: "8842", paidOn: "2026-05-09", reason: "Typo" },
  ...change,
});

async function latest({ transferId }: PaidTransfer): Promise<number> {
  return Math.max(...(await paymentsOf(transferId)).map((payment) => payment.correctionId));
}

function bounce(paid: PaidTransfer, change: Partial<TransferReversal> = {}) {
  const { transferId, paymentIds } = paid;
  const reversal = { reason: "Card closed", on: "2026-05-12", ...change };
  const post = { transferId, paymentIds, how: "bounced" as const, ...reversal };
  return reverseTransfer(post, on(12, paid.nazira));
}

async function exported(paid: PaidTransfer) {
  const source = await exportAllPayments({ testerId: paid.tester.id });
  const rows = await source.next();
  await source.close();
  return rows.map(({ date, amount, reference }) => [date, Number(amount) > 0, reference]);
}

describe("a correction of a transfer", () => {
  test("mends each of its payments, and every view shows it", async () => {
    const paid = await buildPaidTransfer();
    const done = await correctTransfer(mending(paid), on(11, paid.nazira));
    expect(done).toEqual({ payments: 3, replayed: false });
    const mended = { reference: "8842", paidOn: "2026-05-09" };
    for (const payment of await paymentsOf(paid.transferId)) expect(payment).toMatchObject(mended);
    expect(await exported(paid)).toEqual(Array(3).fill(["2026-05-09", true, "8842"]));
    const { lines } = await balanceHistory(paid.tester.id);
    for (const line of lines) expect(line.standing).toMatchObject({ kind: "paid", ...mended });
    const period = { from: "2026-05-09", to: "2026-05-09" };
    const { accounts } = await statementOf(paid.tester.id, period);
    expect(accounts[0]?.lines.map((line) => line.reference)).toEqual(["8842", "8842", "8842"]);
    const issue = await issueView(paid.issueIds[0] ?? 0, { id: paid.nazira.id, role: "admin" });
    expect(issue?.standing).toMatchObject(mended);
    expect(issue?.history.at(-1)?.payment).toMatchObject(mended);
  });

  test("is corrected again, and the latest counts", async () => {
    const paid = await buildPaidTransfer();
    await correctTransfer(mending(paid), on(11, paid.nazira));
    const second = mending(paid, { shown: await latest(paid), reference: "8843" });
    await correctTransfer(second, on(12, paid.sanzhar));
    expect((await paymentsOf(paid.transferId)).map((p) => p.reference)).toEqual(
      Array(3).fill("8843"),
    );
  });

  test("comes before a reversal, which repeats the corrected reference", async () => {
    const paid = await buildPaidTransfer();
    await correctTransfer(mending(paid), on(11, paid.nazira));
    await bounce(paid);
    expect(await exported(paid)).toEqual([
      ...Array<unknown>(3).fill(["2026-05-09", true, "8842"]),
      ...Array<unknown>(3).fill(["2026-05-12", false, "8842"]),
    ]);
  });

  test("comes after a reversal, which gets the reference and keeps its own date", async () => {
    const paid = await buildPaidTransfer();
    await bounce(paid);
    await correctTransfer(mending(paid), on(13, paid.nazira));
    expect(await exported(paid)).toEqual([
      ...Array<unknown>(3).fill(["2026-05-09", true, "8842"]),
      ...Array<unknown>(3).fill(["2026-05-12", false, "8842"]),
    ]);
  });

  test("takes the reference of cash away", async () => {
    const paid = await buildPaidTransfer({ method: "cash", reference: "receipt 7" });
    await correctTransfer(mending(paid, { reference: " " }), on(11, paid.nazira));
    expect((await paymentsOf(paid.transferId)).map((p) => p.reference)).toEqual(
      Array(3).fill(null),
    );
  });

  test("pressed twice: recognised; with other content: told who was faster", async () => {
    const paid = await buildPaidTransfer();
    await correctTransfer(mending(paid), on(11, paid.nazira));
    const before = await rowCounts();
    expect(await correctTransfer(mending(paid), on(11, paid.nazira))).toMatchObject({
      replayed: true,
    });
    for (const [change, by] of [
      [{ reference: "8899" }, paid.nazira],
      [{ reason: "Another" }, paid.nazira],
      [{}, paid.sanzhar],
    ] as const) {
      const refusal = await refusalOf(correctTransfer(mending(paid, change), on(11, by)));
      expect(refusal).toEqual({
        ...{ code: "corrected_meanwhile", by: "Nazira" },
        ...{ reference: "8842", paidOn: "2026-05-09" },
      });
    }
    expect(await rowCounts()).toEqual(before);
  });

  test("refused where the page showed one that is not there, as before a restore", async () => {
    const paid = await buildPaidTransfer();
    const before = await rowCounts();
    for (const shown of [7, 999_999_999]) {
      const refusal = await refusalOf(
        correctTransfer(mending(paid, { shown }), on(11, paid.nazira)),
      );
      expect(refusal).toEqual({ code: "correction_gone" });
    }
    expect(await rowCounts()).toEqual(before);
  });

  test("two admins at once: one counts, the other is told", async () => {
    const paid = await buildPaidTransfer();
    const { done, refusals, unexpected } = await outcomes(
      Array.from({ length: 20 }, (_, n) =>
        correctTransfer(mending(paid, { reference: `88${n}` }), on(11, paid.nazira)),
      ),
    );
    expect(unexpected).toEqual([]);
    expect(done).toHaveLength(1);
    expect(refusals).toEqual(Array.from({ length: 19 }, () => "corrected_meanwhile"));
    expect(
      await db().paymentCorrection.count({ where: { payment: { testerId: paid.tester.id } } }),
    ).toBe(3);
  });

  test("refused, with no effect: nothing new, after its reversal, one's own, none paid", async () => {
    const paid = await buildPaidTransfer();
    await bounce(paid, { paymentIds: paid.paymentIds.slice(0, 1) });
    const before = await rowCounts();
    const refusal = (change: Partial<TransferCorrection>, by = paid.nazira) =>
      refusalOf(correctTransfer(mending(paid, change), on(14, by)));
    expect(await refusal({ reference: "8841", paidOn: "2026-05-10" })).toEqual({
      code: "correction_unchanged",
    });
    expect(await refusal({ paidOn: "2026-05-13" })).toEqual({
      ...{ code: "paid_after_reversed", reversedOn: "2026-05-12" },
    });
    expect(await refusal({}, paid.tester)).toMatchObject({ code: "own_issue" });
    expect(await refusal({ transferId: 999_999 })).toEqual({ code: "not_found" });
    expect(await rowCounts()).toEqual(before);
  });
});

describe("the warnings of the next transfer", () => {
  const warned = async (paid: PaidTransfer, reference: string, paidOn: string) => {
    const next: TransferToJudge = {
      ...{ testerId: paid.tester.id, currency: "KZT" as const, total: 1_200_000 },
      ...{ method: "kaspi" as const, reference, paidOn, kaspiPhone: "+77015550100", iban: null },
    };
    const { at } = on(20, paid.nazira);
    const warnings = await transaction((tx) => warningsFor(tx, 0, [next], at, "2026-05-20"));
    return warnings.map((warning: BatchWarning) => warning.kind);
  };

  test("know the corrected reference, and no longer the mistyped one", async () => {
    const paid = await buildPaidTransfer({ reference: "A-1" });
    expect(await warned(paid, "A-1", "2026-05-20")).toEqual(["reference_reused"]);
    await correctTransfer(mending(paid, { reference: "A-2" }), on(11, paid.nazira));
    expect(await warned(paid, "A-1", "2026-05-20")).toEqual([]);
    expect(await warned(paid, "A-2", "2026-05-20")).toEqual(["reference_reused"]);
    const third = mending(paid, { shown: await latest(paid), reference: "A-3" });
    await correctTransfer(third, on(12, paid.nazira));
    expect(await warned(paid, "A-2", "2026-05-20")).toEqual([]);
  });

  test("count the same total from the corrected date", async () => {
    const paid = await buildPaidTransfer({ reference: "B-1" });
    expect(await warned(paid, "B-9", "2026-05-17")).toEqual(["same_total_recently"]);
    expect(await warned(paid, "B-9", "2026-05-18")).toEqual([]);
    await correctTransfer(mending(paid, { paidOn: "2026-05-12" }), on(13, paid.nazira));
    expect(await warned(paid, "B-9", "2026-05-18")).toEqual(["same_total_recently"]);
  });
});
