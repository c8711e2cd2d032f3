import { type Money, toMinor } from "~/domain/money";
import { type BatchSummary, batchList } from "./batch-view.server";
import { payQueue, type QueueIssue, type QueueLine, queueIssues } from "./pay-queue.server";
import { type PayoutTotals, payoutTotals } from "./payout-totals.server";
import { pendingReview, type PendingIssue } from "./pending-review.server";
import { voidedTotals } from "./voided-money.server";

/** How many of the issues that wait for a decision the page shows; the rest is a link away. */
const PENDING_SHOWN = 25;
const PREPARED_SHOWN = 100;

export type PayoutsPage = {
  readonly totals: PayoutTotals;
  readonly voided: { readonly money: readonly Money[]; readonly count: number };
  readonly queue: readonly QueueLine[];
  /** Of the line that is opened. */
  readonly issues: readonly QueueIssue[];
  readonly prepared: readonly BatchSummary[];
  readonly pending: readonly PendingIssue[];
};

/** Everything on Payouts. `open` is the one line whose issues are listed. */
export async function payoutsPage(
  open: Pick<QueueLine, "testerId" | "currency"> | null,
): Promise<PayoutsPage> {
  const [totals, voided, queue, issues, prepared, pending] = await Promise.all([
    payoutTotals(),
    voidedTotals(),
    payQueue(),
    queueIssues(open ? [open] : []),
    batchList({ status: "prepared", limit: PREPARED_SHOWN }),
    pendingReview(null, PENDING_SHOWN),
  ]);
  return {
    totals,
    voided,
    queue: queue.map((line) => asListed(line, open, issues)),
    issues,
    prepared,
    pending: pending.items,
  };
}

// The line and its issues are two queries: what the boxes add up to is what the line says.
function asListed(
  line: QueueLine,
  open: Pick<QueueLine, "testerId" | "currency"> | null,
  issues: readonly QueueIssue[],
): QueueLine {
  const isOpen = open?.testerId === line.testerId && open.currency === line.currency;
  if (!isOpen) return line;
  const total = issues.reduce((sum, issue) => toMinor(sum + issue.amount), 0);
  return { ...line, count: issues.length, total };
}
