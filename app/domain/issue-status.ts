/** The status of the bug itself, as opposed to the status of its money (DESIGN 3). */
export const ISSUE_STATUSES = [
  "draft",
  "open",
  "triaged",
  "in_progress",
  "fixed",
  "closed",
  "duplicate",
  "cant_reproduce",
  "wont_fix",
  "rejected",
] as const;
export type IssueStatus = (typeof ISSUE_STATUSES)[number];

/**
 * Closings that earn nothing, and the reasons a payout can be rejected with. Keys 1 to 4 of
 * Triage pick them in this order; "rejected" is shown as "not a bug".
 */
export const NEGATIVE_CLOSINGS = ["duplicate", "cant_reproduce", "wont_fix", "rejected"] as const;
export type NegativeClosing = (typeof NEGATIVE_CLOSINGS)[number];

export function isIssueStatus(x: unknown): x is IssueStatus {
  return (ISSUE_STATUSES as readonly unknown[]).includes(x);
}

export function isNegativeClosing(x: unknown): x is NegativeClosing {
  return (NEGATIVE_CLOSINGS as readonly unknown[]).includes(x);
}

/**
 * DESIGN 3: only its tester submits a draft, nothing returns to draft, and after that only admins
 * change the status, freely among the others. `by` is the part somebody plays for this issue:
 * an admin who filed it submits it as its "tester".
 */
export function legalStatusChange(
  from: IssueStatus,
  to: IssueStatus,
  by: "tester" | "admin",
): boolean {
  if (by === "tester") return from === "draft" && to === "open";
  return from !== "draft" && to !== "draft" && from !== to;
}
