import type { ReviewFilter } from "~/filters/review-filter";
import { Prisma } from "~/generated/prisma/client";
import { issueConditions } from "./issue-conditions.server";

export type ReviewScope = {
  /** Issues filed later are not meant; null: all. */
  readonly asOf: Date | null;
  /** The team's, IANA. */
  readonly zone: string;
  readonly viewerId: number;
  /** The viewer's own issues: nobody approves those (DESIGN 3). */
  readonly own: "with" | "without";
};

/**
 * The WHERE of Pending review, of its totals and of "approve all that match"; the table is `i`. The first two conditions
 * are literally those of issues_pending_review_idx, so that the index serves whatever else is asked for.
 */
export function reviewCondition(filter: ReviewFilter, scope: ReviewScope): Prisma.Sql {
  const { asOf, zone, viewerId, own } = scope;
  const reader = { id: viewerId, role: "admin", zone } as const;
  return Prisma.join(
    [
      Prisma.sql`i.payout_status = 'pending' AND i.status <> 'draft'`,
      ...issueConditions({ ...filter, payoutStatus: null }, reader),
      asOf === null ? Prisma.sql`true` : Prisma.sql`i.filed_at <= ${asOf}::timestamptz`,
      own === "with" ? Prisma.sql`true` : Prisma.sql`i.tester_id <> ${viewerId}::int`,
    ],
    " AND ",
  );
}
