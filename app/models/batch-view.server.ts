import { db } from "~/database/client.server";
import { transaction } from "~/database/transaction.server";
import type { BatchWarning } from "~/domain/batch-warning";
import { type Currency, type Money, sumByCurrency, toMinor } from "~/domain/money";
import type { PayoutMethod } from "~/domain/payment";
import type { Severity } from "~/domain/severity";
import { dateInZone, type IsoDate } from "~/domain/team-date";
import { warningsFor } from "./batch-facts.server";
import type { BatchStatus } from "./batch-lock.server";

export type TransferView = {
  readonly id: number;
  readonly testerId: number;
  readonly testerName: string;
  readonly currency: Currency;
  readonly count: number;
  /** Minor units. */
  readonly total: number;
  readonly payeeName: string | null;
  readonly kaspiPhone: string | null;
  readonly iban: string | null;
  readonly method: PayoutMethod | null;
  readonly reference: string | null;
  readonly paidOn: IsoDate | null;
  readonly leftOut: { readonly at: Date; readonly by: string | null } | null;
  readonly issues: readonly {
    readonly id: number;
    readonly title: string;
    readonly severity: Severity;
    readonly amount: number;
  }[];
};

export type BatchView = {
  readonly id: number;
  readonly kind: "manual" | "import";
  readonly status: BatchStatus;
  readonly preparedBy: string | null;
  readonly preparedAt: Date;
  readonly closedBy: string | null;
  readonly closedAt: Date | null;
  readonly totals: readonly Money[];
  readonly transfers: readonly TransferView[];
};

type Named = { name: string } | null;

const nameOf = (user: Named) => user?.name ?? null;

/** One batch with its transfers and their issues, or null when there is none of that number. */
export async function batchView(batchId: number): Promise<BatchView | null> {
  const named = { select: { name: true } };
  const batch = await db().payoutBatch.findUnique({
    where: { id: batchId },
    include: {
      preparedBy: named,
      confirmedBy: named,
      cancelledBy: named,
      transfers: {
        orderBy: { id: "asc" },
        include: {
          tester: named,
          leftOutBy: named,
          items: {
            orderBy: { issueId: "asc" },
            select: { amount: true, issue: { select: { id: true, title: true, severity: true } } },
          },
        },
      },
    },
  });
  if (!batch) return null;
  const transfers = batch.transfers.map(transferView);
  return {
    id: batch.id,
    kind: batch.kind,
    status: batch.status,
    preparedBy: nameOf(batch.preparedBy),
    preparedAt: batch.preparedAt,
    closedBy: nameOf(batch.confirmedBy ?? batch.cancelledBy),
    closedAt: batch.confirmedAt ?? batch.cancelledAt,
    totals: sumByCurrency(
      transfers
        .filter((t) => t.leftOut === null)
        .map(({ currency, total }) => ({ currency, amount: total })),
    ),
    transfers,
  };
}

type TransferRow = {
  id: number;
  testerId: number;
  tester: Named;
  currency: Currency;
  issueCount: number;
  totalAmount: bigint;
  payeeName: string | null;
  kaspiPhone: string | null;
  iban: string | null;
  method: PayoutMethod | null;
  reference: string | null;
  paidOn: Date | null;
  leftOutAt: Date | null;
  leftOutBy: Named;
  items: { amount: bigint; issue: { id: number; title: string; severity: Severity } }[];
};

function transferView(row: TransferRow): TransferView {
  const { id, testerId, currency, payeeName, kaspiPhone, iban, method, reference } = row;
  return {
    ...{ id, testerId, currency, payeeName, kaspiPhone, iban, method, reference },
    testerName: row.tester?.name ?? "",
    count: row.issueCount,
    total: toMinor(row.totalAmount),
    paidOn: row.paidOn?.toISOString().slice(0, 10) ?? null,
    leftOut: row.leftOutAt ? { at: row.leftOutAt, by: nameOf(row.leftOutBy) } : null,
    issues: row.items.map(({ amount, issue }) => ({ ...issue, amount: toMinor(amount) })),
  };
}

/**
 * What an admin should know before sending anything, judged as if sent by `method`, the one that the form offers first:
 * ticked once, these hold when the form is posted so.
 */
export function warningsOfPrepared(
  batch: BatchView,
  method: PayoutMethod,
  now: Date,
  zone: string,
): Promise<BatchWarning[]> {
  const open = batch.transfers
    .filter((transfer) => transfer.leftOut === null)
    .map((transfer) => ({ ...transfer, method }));
  return transaction((tx) => warningsFor(tx, batch.id, open, now, dateInZone(now, zone)));
}

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
