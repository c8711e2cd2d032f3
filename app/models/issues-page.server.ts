import type { IssuePage } from "~/filters/issue-place";
import { issueFilterOptions } from "./issue-filter-options.server";
import { countIssues, issueList, type IssueQuery } from "./issue-list.server";
import { searchHits } from "./issue-search.server";
import { sumOfIssues } from "./issue-sums.server";

/** Everything that /app/issues shows of one filter, order and place. */
export async function issuesPage(asked: Omit<IssueQuery, "hits">, page: IssuePage) {
  const query: IssueQuery = { ...asked, hits: await searchHits(asked.filter.q) };
  const [list, found, sum, options] = await Promise.all([
    issueList(query, page),
    countIssues(query),
    sumOfIssues(query),
    issueFilterOptions(query.filter, query.reader),
  ]);
  return { list, found, sum, options };
}
