import { transaction } from "~/database/transaction.server";
import { refuse } from "~/domain/refusal";
import type { BatchDone } from "./batch.server";
import { lockBatch } from "./batch-lock.server";
import type { Act } from "./issue-change.server";

/**
 * Everything in the batch is back in the queue. Cancelling twice is cancelling once.
 * Throws Refusal: not_found, batch_closed (it is confirmed).
 */
export function cancelBatch(batchId: number, act: Act): Promise<BatchDone> {
  return transaction(async (tx) => {
    const batch = await lockBatch(tx, batchId);
    if (batch.status === "cancelled") return { batchId, replayed: true };
    if (batch.status === "confirmed") {
      return refuse({ code: "batch_closed", status: batch.status, by: batch.closedBy });
    }
    await tx.batchItem.updateMany({
      where: { batchId, state: "reserved" },
      data: { state: "released" },
    });
    await tx.payoutBatch.update({
      where: { id: batchId, status: "prepared" },
      data: { status: "cancelled", cancelledById: act.actorId, cancelledAt: act.at },
      select: { id: true },
    });
    return { batchId, replayed: false };
  });
}

/**
 * Leaves one line out of a prepared batch: its issues are back in the queue. Leaving the last one out is cancelling,
 * and is refused so that it is done as such. Throws Refusal: not_found, batch_closed, last_line.
 */
export function leaveOut(
  line: { readonly batchId: number; readonly transferId: number },
  act: Act,
): Promise<BatchDone> {
  const { batchId, transferId } = line;
  return transaction(async (tx) => {
    const batch = await lockBatch(tx, batchId);
    if (batch.status !== "prepared") {
      return refuse({ code: "batch_closed", status: batch.status, by: batch.closedBy });
    }
    if (!batch.transfers.some((transfer) => transfer.id === transferId)) {
      const known = await tx.payoutTransfer.count({ where: { id: transferId, batchId } });
      return known > 0 ? { batchId, replayed: true } : refuse({ code: "not_found" });
    }
    if (batch.transfers.length === 1) refuse({ code: "last_line" });
    await tx.batchItem.updateMany({
      where: { transferId, batchId, state: "reserved" },
      data: { state: "released" },
    });
    await tx.payoutTransfer.update({
      where: { id: transferId, batchId, leftOutAt: null },
      data: { leftOutAt: act.at, leftOutById: act.actorId },
      select: { id: true },
    });
    return { batchId, replayed: false };
  });
}
