import { db } from "~/database/client.server";
import type { Currency } from "~/domain/money";
import { openRowCursor, type RowSource } from "./row-cursor.server";

/** A transfer as the bank's file names it: to the payee as the batch was prepared. */
export type TransferToSend = {
  readonly payeeName: string | null;
  readonly kaspiPhone: string | null;
  readonly iban: string | null;
  /** Minor units as text. */
  readonly amount: string;
  readonly currency: Currency;
  readonly count: number;
};

/** Whether the batch still waits to be paid; null when there is none of that number. */
export async function isPrepared(batchId: number): Promise<boolean | null> {
  const batch = await db().payoutBatch.findUnique({
    where: { id: batchId },
    select: { status: true },
  });
  return batch && batch.status === "prepared";
}

/** The lines of a prepared batch that were not left out, as the page lists them; none of any other batch. */
export function transfersToSend(batchId: number): Promise<RowSource<TransferToSend>> {
  const sql = `SELECT t.payee_name AS "payeeName", t.kaspi_phone AS "kaspiPhone", t.iban, t.total_amount AS amount,
                      t.currency, t.issue_count AS count
                 FROM payout_transfers t JOIN payout_batches b ON b.id = t.batch_id
                 WHERE b.id = $1 AND b.status = 'prepared' AND t.left_out_at IS NULL ORDER BY t.id`;
  return openRowCursor<TransferToSend>(sql, [batchId]);
}
