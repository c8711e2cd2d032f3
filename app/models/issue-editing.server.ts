import type { Tx } from "~/database/transaction.server";
import { refuse } from "~/domain/refusal";
import type { EditedPart } from "~/domain/issue-history";
import { type Act, type LockedIssue, lockIssue } from "./issue-change.server";

/** Locks one's own issue. Throws Refusal: not_found. */
export async function lockOwn(tx: Tx, issueId: number, act: Act): Promise<LockedIssue> {
  const own = await tx.issue.findFirst({
    where: { id: issueId, testerId: act.actorId },
    select: { id: true },
  });
  if (!own) refuse({ code: "not_found" });
  return lockIssue(tx, issueId);
}

/** The same while its tester may change it: a draft, or open and pending. Throws Refusal: not_found, illegal. */
export async function lockEditable(tx: Tx, issueId: number, act: Act): Promise<LockedIssue> {
  const issue = await lockOwn(tx, issueId, act);
  const { status, payoutStatus } = issue.state;
  const isEditable = status === "draft" || (status === "open" && payoutStatus === "pending");
  if (!isEditable) refuse({ code: "illegal", problem: "not_pending" });
  return issue;
}

type Text = {
  readonly title: string;
  readonly body: string;
  readonly cycleId: number;
  readonly severity: LockedIssue["severity"];
};

/** A new version of a locked issue, and the event that says what its tester changed. */
export async function writeEdited(
  tx: Tx,
  issue: LockedIssue,
  change: { readonly text?: Text; readonly edited: EditedPart },
  act: Act,
): Promise<void> {
  const version = issue.version + 1;
  const { status, payoutStatus } = issue.state;
  await tx.issue.update({
    where: { id: issue.id, version: issue.version },
    data: { ...change.text, version },
    select: { id: true },
  });
  await tx.issueEvent.create({
    data: {
      issueId: issue.id,
      version,
      kind: "edited",
      at: act.at,
      actorId: act.actorId,
      fromStatus: status,
      toStatus: status,
      fromPayoutStatus: payoutStatus,
      toPayoutStatus: payoutStatus,
      ...(change.edited === "text" ? {} : { detail: { edited: change.edited } }),
    },
    select: { id: true },
  });
}
