/** The orders of the issue list. Each is one that an index keeps, so that its first page costs the same for ever. */
export const ISSUE_ORDERS = ["newest", "oldest", "severity", "amount"] as const;

/**
 * `severity`: the worst first; `amount`: the largest approved first, the amounts of one currency together. Among equals
 * both are newest first.
 */
export type IssueOrder = (typeof ISSUE_ORDERS)[number];

export const DEFAULT_ORDER: IssueOrder = "newest";

/** `?sort=`; what is unknown is the default. */
export function readIssueOrder(params: URLSearchParams): IssueOrder {
  const asked = params.get("sort");
  return ISSUE_ORDERS.find((order) => order === asked) ?? DEFAULT_ORDER;
}

/** For the URL, which leaves the default out. */
export function issueOrderQuery(order: IssueOrder): { readonly sort: IssueOrder | null } {
  return { sort: order === DEFAULT_ORDER ? null : order };
}
