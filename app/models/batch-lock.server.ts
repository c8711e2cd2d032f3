import type { Tx } from "~/database/transaction.server";
import { type Currency, toMinor } from "~/domain/money";
import type { PayoutMethod } from "~/domain/payment";
import { refuse } from "~/domain/refusal";
import type { IsoDate } from "~/domain/team-date";

export type BatchStatus = "prepared" | "confirmed" | "cancelled";

export type LockedTransfer = {
  readonly id: number;
  readonly testerId: number;
  readonly currency: Currency;
  /** Minor units. */
  readonly total: number;
  readonly kaspiPhone: string | null;
  readonly iban: string | null;
  readonly method: PayoutMethod | null;
  readonly reference: string | null;
  readonly paidOn: IsoDate | null;
};

export type LockedBatch = {
  readonly id: number;
  readonly status: BatchStatus;
  /** Who confirmed or cancelled it. */
  readonly closedBy: string | null;
  /** Those not left out. */
  readonly transfers: readonly LockedTransfer[];
};

/** Locks the batch for the rest of the transaction. Throws Refusal `not_found`. */
export async function lockBatch(tx: Tx, batchId: number): Promise<LockedBatch> {
  const [locked] = await tx.$queryRaw<{ id: number }[]>`
    SELECT id FROM payout_batches WHERE id = ${batchId} FOR UPDATE`;
  if (!locked) return refuse({ code: "not_found" });
  // Read below the lock: whoever closed it while this waited is not in the rows that a join with it began with.
  const { status, ...closing } = await tx.payoutBatch.findUniqueOrThrow({
    where: { id: batchId },
    select: {
      ...{ status: true, confirmedBy: { select: { name: true } } },
      cancelledBy: { select: { name: true } },
    },
  });
  const transfers = await tx.payoutTransfer.findMany({
    where: { batchId, leftOutAt: null },
    orderBy: { id: "asc" },
  });
  return {
    id: batchId,
    status,
    closedBy: (closing.confirmedBy ?? closing.cancelledBy)?.name ?? null,
    transfers: transfers.map((transfer) => ({
      ...transfer,
      total: toMinor(transfer.totalAmount),
      paidOn: transfer.paidOn?.toISOString().slice(0, 10) ?? null,
    })),
  };
}
