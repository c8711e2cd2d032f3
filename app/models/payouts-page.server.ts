import { type Money, toMinor } from "~/domain/money";
import { isAmong, type OpenLine } from "~/filters/open-line";
import { WHOLE_REVIEW } from "~/filters/review-filter";
import { type BatchSummary, batchList } from "./batch-list.server";
import { payQueue, type QueueLine } from "./pay-queue.server";
import { type PayoutTotals, payoutTotals } from "./payout-totals.server";
import { type QueueIssue, queueIssues } from "./queue-issues.server";
import {
  type ReviewIssue,
  reviewPage,
  type ReviewReader,
  type ReviewTotals,
  reviewTotals,
} from "./review.server";
import { voidedTotals } from "./voided-money.server";

/** How many of the issues that wait for a decision the page shows; the rest is a link away. */
const PENDING_SHOWN = 25;
const PREPARED_SHOWN = 100;

export type PayoutsPage = {
  readonly totals: PayoutTotals;
  readonly voided: { readonly money: readonly Money[]; readonly count: number };
  readonly queue: readonly QueueLine[];
  /** Of the lines that are opened. */
  readonly issues: readonly QueueIssue[];
  readonly prepared: readonly BatchSummary[];
  /** The first issues that wait for a decision, and what all of them come to. */
  readonly pending: readonly ReviewIssue[];
  readonly review: ReviewTotals;
};

/** Everything on Payouts. `open` are the lines whose issues are listed. */
export async function payoutsPage(
  open: readonly OpenLine[],
  reader: ReviewReader,
  now: Date,
): Promise<PayoutsPage> {
  const [totals, voided, queue, issues, prepared, pending, review] = await Promise.all([
    payoutTotals(),
    voidedTotals(),
    payQueue(),
    queueIssues(open),
    batchList({ status: "prepared", limit: PREPARED_SHOWN }),
    reviewPage(WHOLE_REVIEW, null, reader, PENDING_SHOWN),
    reviewTotals(WHOLE_REVIEW, now, reader),
  ]);
  return {
    totals,
    voided,
    queue: queue
      .map((line) => (isAmong(line, open) ? asListed(line, issues) : line))
      .filter((line) => line.count > 0),
    issues,
    prepared,
    pending: pending.issues,
    review,
  };
}

// The line and its issues are two queries: what the boxes add up to is what the line says.
function asListed(line: QueueLine, issues: readonly QueueIssue[]): QueueLine {
  const inLine = issues.filter((issue) => isAmong(issue, [line]));
  const total = inLine.reduce((sum, issue) => toMinor(sum + issue.amount), 0);
  return { ...line, count: inLine.length, total };
}
