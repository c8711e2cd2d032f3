/** What Pending review is narrowed to, in its URL: the issue list's filter, without the payout status. */
import { type IssueFilter, readIssueFilter } from "./issue-filter";

export type ReviewFilter = Omit<IssueFilter, "payoutStatus">;

export type ReviewFilterName = keyof ReviewFilter;

/** What is unknown or not of its kind falls to the default. */
export function readReviewFilter(params: URLSearchParams): ReviewFilter {
  const { q, cycle, severity, status, tester, from, to } = readIssueFilter(params);
  return { q, cycle, severity, status, tester, from, to };
}
