import { db } from "~/database/client.server";
import { type Currency, type Money, money } from "~/domain/money";
import { PAYOUT_METHODS, type PayoutMethod } from "~/domain/payment";
import type { IsoDate } from "~/domain/team-date";
import { PAID_ON, REFERENCE, WITH_LATEST_CORRECTION } from "./corrected-payment";

/** A transfer as a bank's history tells it, with its latest correction. */
export type SentTransfer = {
  readonly id: number;
  readonly batchId: number;
  readonly testerName: string;
  readonly total: Money;
  readonly reference: string | null;
  readonly paidOn: IsoDate;
};

type Row = Omit<SentTransfer, "total"> & { currency: Currency; amount: bigint };

/** The transfers that were recorded last, newest first, for each way of paying. */
export function lastTransfers(
  limit: number,
): Promise<{ readonly method: PayoutMethod; readonly transfers: SentTransfer[] }[]> {
  return Promise.all(
    PAYOUT_METHODS.map(async (method) => ({ method, transfers: await lastBy(method, limit) })),
  );
}

async function lastBy(method: PayoutMethod, limit: number): Promise<SentTransfer[]> {
  const rows = await db().$queryRaw<Row[]>`
    SELECT t.id, t.batch_id AS "batchId", u.name AS "testerName", t.currency, t.total_amount AS amount,
           sent.reference, sent.paid_on AS "paidOn"
      FROM (SELECT * FROM payout_transfers WHERE method = ${method}::payout_method ORDER BY id DESC LIMIT ${limit}) t
      JOIN users u ON u.id = t.tester_id
      CROSS JOIN LATERAL (
        SELECT ${REFERENCE} AS reference, ${PAID_ON}::text AS paid_on
          FROM issue_payouts p ${WITH_LATEST_CORRECTION}
          WHERE p.transfer_id = t.id AND p.seq % 2 = 1 ORDER BY p.id LIMIT 1
      ) sent
      ORDER BY sent.paid_on DESC, t.id DESC`;
  return rows.map(({ currency, amount, ...row }) => ({ ...row, total: money(currency, amount) }));
}
