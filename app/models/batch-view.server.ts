import { db } from "~/database/client.server";
import { transaction } from "~/database/transaction.server";
import type { BatchWarning } from "~/domain/batch-warning";
import { type Currency, type Money, sumByCurrency, toMinor } from "~/domain/money";
import type { PayoutMethod } from "~/domain/payment";
import type { Severity } from "~/domain/severity";
import { dateInZone, type IsoDate } from "~/domain/team-date";
import type { Prisma } from "~/generated/prisma/client";
import { warningsFor } from "./batch-facts.server";
import type { BatchStatus } from "./batch-lock.server";
import { peopleOf } from "./mentioned-people.server";
import { type TransferStanding, transferStandings } from "./transfer-standing.server";
import { type TakenBack, transferPayments } from "./transfer-payments.server";

/** Above this many issues in all, each transfer's are listed when it is opened: 10,000 lines help nobody. */
const ISSUES_LISTED_AT_ONCE = 500;

/** The account that money goes to. */
export type PayeeAccount = {
  readonly payeeName: string | null;
  readonly kaspiPhone: string | null;
  readonly iban: string | null;
};

export type TransferIssue = {
  readonly id: number;
  readonly title: string;
  readonly severity: Severity;
  /** Minor units. */
  readonly amount: number;
  /** Of a confirmed transfer: the payment, and what became of it. */
  readonly payment: { readonly id: number; readonly takenBack: TakenBack | null } | null;
};

export type TransferView = PayeeAccount & {
  readonly id: number;
  readonly testerId: number;
  readonly testerName: string;
  readonly currency: Currency;
  readonly count: number;
  /** Minor units. */
  readonly total: number;
  /** What the tester's details are by now, where they are no longer those that the batch was prepared with. */
  readonly payeeNow: PayeeAccount | null;
  /** As it was confirmed. */
  readonly method: PayoutMethod | null;
  readonly reference: string | null;
  readonly paidOn: IsoDate | null;
  /** What counts of it since: null until it is paid. */
  readonly standing: TransferStanding | null;
  readonly leftOut: { readonly at: Date; readonly by: string | null } | null;
  /** Null: not listed until the transfer is opened. */
  readonly issues: readonly TransferIssue[] | null;
};

export type BatchView = {
  readonly id: number;
  readonly kind: "manual" | "import";
  readonly status: BatchStatus;
  readonly preparedBy: string | null;
  readonly preparedAt: Date;
  readonly closedBy: string | null;
  readonly closedAt: Date | null;
  /** Of all transfers that were not left out, as prepared. */
  readonly totals: readonly Money[];
  /** Σ payments and reversals; null until it is paid. */
  readonly totalsNow: readonly Money[] | null;
  readonly transfers: readonly TransferView[];
};

const WHOLE_BATCH = {
  transfers: {
    orderBy: { id: "asc" },
    include: { tester: { select: { name: true, payeeName: true, kaspiPhone: true, iban: true } } },
  },
} satisfies Prisma.PayoutBatchInclude;

type WholeBatch = Prisma.PayoutBatchGetPayload<{ include: typeof WHOLE_BATCH }>;
type WholeTransfer = WholeBatch["transfers"][number];

/** One batch with its transfers and their issues, or null when there is none of that number. `open` is a transfer. */
export async function batchView(
  batchId: number,
  open: number | null = null,
): Promise<BatchView | null> {
  const batch = await db().payoutBatch.findUnique({
    where: { id: batchId },
    include: WHOLE_BATCH,
  });
  if (!batch) return null;
  const listed = listedTransfers(batch.transfers, open);
  const closedById = batch.confirmedById ?? batch.cancelledById;
  const [issues, standings, people] = await Promise.all([
    batch.status === "confirmed" ? paidIssues(listed) : heldIssues(listed),
    transferStandings(batchId),
    peopleOf([batch.preparedById, closedById, ...batch.transfers.map((row) => row.leftOutById)]),
  ]);
  const transfers = batch.transfers.map((row) => ({
    ...transferView(row, batch.status),
    leftOut: row.leftOutAt
      ? { at: row.leftOutAt, by: people.get(row.leftOutById)?.name ?? null }
      : null,
    standing: standings.get(row.id) ?? null,
    issues: listed.includes(row.id) ? (issues.get(row.id) ?? []) : null,
  }));
  return {
    id: batch.id,
    kind: batch.kind,
    status: batch.status,
    preparedBy: people.get(batch.preparedById)?.name ?? null,
    preparedAt: batch.preparedAt,
    closedBy: people.get(closedById)?.name ?? null,
    closedAt: batch.confirmedAt ?? batch.cancelledAt,
    totals: sumByCurrency(
      transfers
        .filter((t) => t.leftOut === null)
        .map(({ currency, total }) => ({ currency, amount: total })),
    ),
    totalsNow:
      batch.status === "confirmed"
        ? sumByCurrency([...standings.values()].map((s) => s.net))
        : null,
    transfers,
  };
}

function listedTransfers(transfers: readonly WholeTransfer[], open: number | null): number[] {
  const issues = transfers.reduce((sum, transfer) => sum + transfer.issueCount, 0);
  const ids = transfers.map((transfer) => transfer.id);
  return issues <= ISSUES_LISTED_AT_ONCE ? ids : ids.filter((id) => id === open);
}

type IssuesByTransfer = Map<number, TransferIssue[]>;

function byTransfer<Row>(
  rows: readonly Row[],
  transferOf: (row: Row) => number,
  issueOf: (row: Row) => TransferIssue,
): IssuesByTransfer {
  const lists: IssuesByTransfer = new Map();
  for (const row of rows) {
    const list = lists.get(transferOf(row));
    if (list) list.push(issueOf(row));
    else lists.set(transferOf(row), [issueOf(row)]);
  }
  return lists;
}

async function heldIssues(transferIds: readonly number[]): Promise<IssuesByTransfer> {
  const items = await db().batchItem.findMany({
    where: { transferId: { in: [...transferIds] } },
    orderBy: { issueId: "asc" },
    select: {
      transferId: true,
      amount: true,
      issue: { select: { id: true, title: true, severity: true } },
    },
  });
  return byTransfer(
    items,
    (item) => item.transferId,
    ({ amount, issue }) => ({ ...issue, amount: toMinor(amount), payment: null }),
  );
}

async function paidIssues(transferIds: readonly number[]): Promise<IssuesByTransfer> {
  const payments = await transferPayments(db(), transferIds);
  return byTransfer(
    payments,
    (payment) => payment.transferId,
    ({ id, issueId, title, severity, money, takenBack }) => ({
      ...{ id: issueId, title, severity, amount: money.amount },
      payment: { id, takenBack },
    }),
  );
}

function transferView(
  row: WholeTransfer,
  status: BatchStatus,
): Omit<TransferView, "standing" | "leftOut" | "issues"> {
  const { id, testerId, currency, payeeName, kaspiPhone, iban, method, reference, tester } = row;
  return {
    ...{ id, testerId, currency, payeeName, kaspiPhone, iban, method, reference },
    testerName: tester.name,
    count: row.issueCount,
    total: toMinor(row.totalAmount),
    payeeNow: status === "prepared" ? changedPayee(row) : null,
    paidOn: row.paidOn?.toISOString().slice(0, 10) ?? null,
  };
}

function changedPayee({ tester, payeeName, kaspiPhone, iban }: WholeTransfer): PayeeAccount | null {
  const now = {
    payeeName: tester.payeeName ?? tester.name,
    kaspiPhone: tester.kaspiPhone,
    iban: tester.iban,
  };
  const same = now.payeeName === payeeName && now.kaspiPhone === kaspiPhone && now.iban === iban;
  return same ? null : now;
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
