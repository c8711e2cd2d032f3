import type { Tx } from "~/database/transaction.server";
import { type Currency, toMinor } from "~/domain/money";
import type { PayoutMethod } from "~/domain/payment";
import { refuse } from "~/domain/refusal";
import type { IsoDate } from "~/domain/team-date";

export type LockedTransfer = {
  readonly id: number;
  readonly testerId: number;
  readonly currency: Currency;
  readonly total: number;
  readonly kaspiPhone: string | null;
  readonly iban: string | null;
  readonly method: PayoutMethod | null;
  readonly reference: string | null;
  readonly paidOn: IsoDate | null;
};

export type LockedBatch = {
  readonly id: number;
  readonly status: "prepared" | "confirmed" | "cancelled";
  readonly closedBy: string | null;
  /** Those not left out. */
  readonly transfers: readonly LockedTransfer[];
};

/** Locks the batch for the rest of the transaction. Throws Refusal `not_found`. */
export async function lockBatch(tx: Tx, batchId: number): Promise<LockedBatch> {
  await tx.$executeRaw`SELECT FROM payout_batches WHERE id = ${batchId} FOR UPDATE`;
  const batch = await tx.payoutBatch.findUnique({
    where: { id: batchId },
    select: {
      status: true,
      confirmedBy: { select: { name: true } },
      cancelledBy: { select: { name: true } },
      transfers: { where: { leftOutAt: null }, orderBy: { id: "asc" } },
    },
  });
  if (!batch) return refuse({ code: "not_found" });
  return {
    id: batchId,
    status: batch.status,
    closedBy: batch.confirmedBy?.name ?? batch.cancelledBy?.name ?? null,
    transfers: batch.transfers.map((transfer) => ({
      ...transfer,
      total: toMinor(transfer.totalAmount),
      paidOn: transfer.paidOn?.toISOString().slice(0, 10) ?? null,
    })),
  };
}
