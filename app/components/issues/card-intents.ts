import type { IssueView } from "~/models/issue.server";
import type { CardIntent } from "~/forms/payout-card-form";

/** What this admin can do about the issue as it stands: the forms that the card shows (DESIGN 3). */
export function cardIntents(issue: IssueView, adminId: number): CardIntent[] {
  // Frozen until its batch is confirmed or cancelled.
  if (issue.heldIn !== null) return [];
  const isOwn = issue.tester.id === adminId;
  return [
    ...moneyIntents(issue, isOwn),
    ...undoIntent(issue),
    ...severityIntent(issue, isOwn),
    "status",
  ];
}

// Nobody approves or pays their own issues, nor takes such a payment back; refusing one is nobody's advantage.
function moneyIntents({ payoutStatus, suggested }: IssueView, isOwn: boolean): CardIntent[] {
  switch (payoutStatus) {
    case "pending":
      if (isOwn) return ["reject"];
      return suggested ? ["approve", "approveCustom", "reject"] : ["approveCustom", "reject"];
    case "approved":
      return isOwn ? ["void"] : ["changeAmount", "void"];
    case "paid":
      return isOwn ? [] : ["reverse", "voidPaid"];
    default:
      return [];
  }
}

// Only the newest event can be undone, and only a decision on a pending issue.
function undoIntent({ history }: IssueView): CardIntent[] {
  const last = history.at(-1)?.kind;
  return last === "approved" || last === "rejected" ? ["undo"] : [];
}

// It decides what is suggested, so it is frozen once that was committed; nobody prices their own issue.
function severityIntent({ payoutStatus }: IssueView, isOwn: boolean): CardIntent[] {
  return payoutStatus === "pending" && !isOwn ? ["severity"] : [];
}
