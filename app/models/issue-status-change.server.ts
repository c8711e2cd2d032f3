import { transaction } from "~/database/transaction.server";
import { changeStatus } from "~/domain/issue-move";
import type { IssueStatus } from "~/domain/issue-status";
import {
  type Act,
  applyMove,
  type ChangedIssue,
  lockIssue,
  requireVersion,
} from "./issue-change.server";

/**
 * An admin moves the bug, with what that does to its money (DESIGN 3, payoutSideEffectForStatusChange).
 * Throws Refusal: not_found, frozen, stale, illegal.
 */
export function changeIssueStatus(
  change: {
    readonly issueId: number;
    readonly version?: number | undefined;
    readonly to: IssueStatus;
    readonly note?: string | null | undefined;
  },
  act: Act,
): Promise<ChangedIssue> {
  return transaction(async (tx) => {
    const issue = await lockIssue(tx, change.issueId);
    await requireVersion(tx, issue, change.version);
    return applyMove(tx, issue, changeStatus(issue.state, change), act);
  });
}
