/** What Pending review is narrowed to, in its URL: the issue list's filter, without the payout status. */
import type { Query } from "~/http/paths";
import { type IssueFilter, NO_FILTER, readIssueFilter } from "./issue-filter";

export type ReviewFilter = Omit<IssueFilter, "payoutStatus">;

/** What is unknown or not of its kind falls to the default. */
export function readReviewFilter(params: URLSearchParams): ReviewFilter {
  const { q, cycle, severity, status, tester, from, to } = readIssueFilter(params);
  return { q, cycle, severity, status, tester, from, to };
}

/** For reviewPath() and reviewAllPath(); they leave out what is null. */
export function reviewFilterQuery(filter: ReviewFilter): Query {
  return { ...filter };
}

/** As the issue list's form and links take it. */
export function asIssueFilter(filter: ReviewFilter): IssueFilter {
  return { ...NO_FILTER, ...filter };
}

export const WHOLE_REVIEW: ReviewFilter = readReviewFilter(new URLSearchParams());
