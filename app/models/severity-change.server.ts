import { transaction } from "~/database/transaction.server";
import { refuse } from "~/domain/refusal";
import type { Severity } from "~/domain/severity";
import { type Act, type ChangedIssue, lockIssue, requireVersion } from "./issue-change.server";

type SeverityChange = {
  readonly issueId: number;
  readonly version: number;
  readonly to: Severity;
};

/**
 * An admin corrects the severity of an issue whose payout waits for a decision: the suggested amount follows. From
 * approval on it is frozen (DESIGN 3, and the trigger issues_legal_move). The same severity again writes nothing.
 * Throws Refusal: not_found, frozen, stale, illegal.
 */
export function changeSeverity(
  { issueId, version, to }: SeverityChange,
  act: Act,
): Promise<ChangedIssue> {
  return transaction(async (tx) => {
    const issue = await lockIssue(tx, issueId);
    await requireVersion(tx, issue, version);
    const { id, state, severity: from } = issue;
    if (state.status === "draft") refuse({ code: "illegal", problem: "draft" });
    if (state.payoutStatus !== "pending") refuse({ code: "illegal", problem: "not_pending" });
    if (from === to) return { id, version, state };
    const next = version + 1;
    await tx.issue.update({
      where: { id, version },
      data: { severity: to, version: next },
      select: { id: true },
    });
    await tx.issueEvent.create({
      data: {
        ...{ issueId: id, version: next, kind: "severity_changed", at: act.at },
        actorId: act.actorId,
        fromStatus: state.status,
        toStatus: state.status,
        fromPayoutStatus: state.payoutStatus,
        toPayoutStatus: state.payoutStatus,
        detail: { from, to },
      },
      select: { id: true },
    });
    return { id, version: next, state };
  });
}
