import { payQueueAsJson } from "~/http/pay-queue-json";
import { keysetText, parseKeyset } from "~/filters/keyset";
import { apiLoader } from "~/http/api-handler.server";
import { batchList } from "~/models/batch-list.server";
import { payQueue } from "~/models/pay-queue.server";
import { queueIssues } from "~/models/queue-issues.server";
import { payoutTotals } from "~/models/payout-totals.server";
import { pendingReview } from "~/models/pending-review.server";
import { voidsAndReversals } from "~/models/voided-money.server";

const PAGE = 100;
const MOST_BATCHES = 100;
const MOST_VOIDS = 100;

/** GET /api/admin/payouts (DESIGN 6). `?after=` turns the page of pendingReview. */
export const loader = apiLoader("admin", async ({ url }) => {
  const place = parseKeyset(url.searchParams.get("after"));
  const [totals, pending, voids, lines, issues, batches] = await Promise.all([
    payoutTotals(),
    pendingReview(place && { filedAt: place.at, id: place.id }, PAGE),
    voidsAndReversals(null, MOST_VOIDS),
    payQueue(),
    queueIssues(null),
    batchList({ status: "prepared", limit: MOST_BATCHES }),
  ]);
  const { approvedUnpaid, paidLifetime, topTester, pendingReview: waiting } = totals;
  return {
    approvedUnpaid,
    paidLifetime,
    pendingReview: {
      issues: waiting,
      items: pending.items.map(({ filedAt: _filedAt, ...item }) => item),
      next: pending.next && keysetText({ at: pending.next.filedAt, id: pending.next.id }),
    },
    topTester,
    voids: voids.map(({ issueId, currency, amount, kind, reason, by, at }) => ({
      ...{ issueId, currency, amount, kind, reason, by, at },
    })),
    queue: payQueueAsJson(lines, issues),
    preparedBatches: batches.map(({ id, preparedBy, preparedAt, totals: sums }) => ({
      id,
      preparedBy,
      preparedAt,
      totals: sums,
    })),
  };
});
