import { db } from "~/database/client.server";
import { type Currency, type Money, toMinor } from "~/domain/money";
import type { BatchStatus } from "./batch-lock.server";

export type BatchSummary = {
  readonly id: number;
  readonly kind: "manual" | "import";
  readonly status: BatchStatus;
  readonly preparedBy: string | null;
  readonly preparedAt: Date;
  readonly closedAt: Date | null;
  readonly testers: number;
  readonly issues: number;
  readonly totals: readonly Money[];
};

type SummaryRow = Omit<BatchSummary, "totals"> & {
  totals: { currency: Currency; amount: string }[];
};

/** Batches, newest first; `before` is the id that the last page ended with. */
export async function batchList(page: {
  readonly status?: BatchStatus;
  readonly before?: number | undefined;
  readonly limit: number;
}): Promise<BatchSummary[]> {
  const rows = await db().$queryRaw<SummaryRow[]>`
    SELECT b.id, b.kind, b.status, u.name AS "preparedBy", b.prepared_at AS "preparedAt",
           coalesce(b.confirmed_at, b.cancelled_at) AS "closedAt", sums.testers, sums.issues, sums.totals
      FROM payout_batches b
      LEFT JOIN users u ON u.id = b.prepared_by
      CROSS JOIN LATERAL (
        SELECT sum(c.testers)::int AS testers, sum(c.issues)::int AS issues,
               jsonb_agg(jsonb_build_object('currency', c.currency, 'amount', c.amount::text) ORDER BY c.currency) AS totals
          FROM (SELECT t.currency, count(*) AS testers, sum(t.issue_count) AS issues, sum(t.total_amount) AS amount
                  FROM payout_transfers t WHERE t.batch_id = b.id AND t.left_out_at IS NULL GROUP BY t.currency) c
      ) sums
      WHERE (${page.status ?? null}::batch_status IS NULL OR b.status = ${page.status ?? null}::batch_status)
        AND (${page.before ?? null}::int IS NULL OR b.id < ${page.before ?? null}::int)
      ORDER BY b.id DESC LIMIT ${page.limit}`;
  return rows.map((row) => ({
    ...row,
    totals: row.totals.map(({ currency, amount }) => ({
      currency,
      amount: toMinor(BigInt(amount)),
    })),
  }));
}

/** What POST batch-pay answers of a confirmed batch: read back, so that a replay answers the same (DESIGN 6). */
export async function batchReceipt(batchId: number) {
  const batch = await db().payoutBatch.findUniqueOrThrow({
    where: { id: batchId },
    select: { warnings: true },
  });
  const transfers = await db().payoutTransfer.findMany({
    where: { batchId, leftOutAt: null },
    orderBy: { id: "asc" },
    select: { testerId: true, currency: true, totalAmount: true, issueCount: true },
  });
  return {
    batchId,
    payments: transfers.map(({ testerId, currency, totalAmount, issueCount }) => ({
      testerId,
      currency,
      amount: toMinor(totalAmount),
      issues: issueCount,
    })),
    warnings: batch.warnings,
  };
}
