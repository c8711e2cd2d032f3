import { type Tx, transaction } from "~/database/transaction.server";
import {
  approve,
  changeApprovedAmount,
  type IssueState,
  rejectPayout,
  undo,
  voidCommitment,
} from "~/domain/issue-move";
import type { NegativeClosing } from "~/domain/issue-status";
import { type Currency, type Money, toMinor } from "~/domain/money";
import { cycleCurrency, suggestedAmountCentsFor } from "~/domain/rates";
import { refuse } from "~/domain/refusal";
import {
  type Act,
  applyMove,
  type ChangedIssue,
  lockIssue,
  type LockedIssue,
  requireVersion,
} from "./issue-change.server";

/** The page's view of the issue: `version` as it was shown; undefined accepts any. */
type Shown = { readonly issueId: number; readonly version?: number | undefined };

export type ApproveDecision = Shown & {
  /** Minor units of the cycle's currency; undefined approves at the suggested amount. */
  readonly amount?: number | undefined;
  /** The suggested amount that the page showed, in minor units; another one now is refused. */
  readonly expectedAmount?: number | undefined;
  /** The currency of both, as the page showed it; another one now is refused. */
  readonly expectedCurrency?: Currency | undefined;
  readonly note?: string | null | undefined;
};

/**
 * pending → approved (DESIGN 3). Approval takes the cycle's currency at this moment.
 * Throws Refusal: not_found, frozen, stale, own_issue, suggestion_changed, no_suggestion, illegal.
 */
export function approveIssue(decision: ApproveDecision, act: Act): Promise<ChangedIssue> {
  return transaction(async (tx) => {
    const issue = await lockIssue(tx, decision.issueId);
    if (issue.testerId === act.actorId) refuse({ code: "own_issue", issueIds: [issue.id] });
    await requireVersion(tx, issue, decision.version);
    const money = amountToApprove(issue, decision);
    return applyMove(tx, issue, approve(issue.state, { money, note: decision.note }), act);
  });
}

function amountToApprove(issue: LockedIssue, decision: ApproveDecision): Money {
  const currency = cycleCurrency(issue.payoutRates);
  const suggested = suggestedAmountCentsFor(issue, issue.severity);
  const { amount, expectedAmount = suggested?.amount, expectedCurrency = currency } = decision;
  // 15,000 tenge must not become 15,000 dollars: two rates of the same number look alike but for their currency.
  if (expectedAmount !== suggested?.amount || expectedCurrency !== currency) {
    refuse({ code: "suggestion_changed", expected: expectedAmount ?? 0, actual: suggested });
  }
  if (amount !== undefined) return { currency, amount };
  return suggested ?? refuse({ code: "no_suggestion", currency });
}

export type RejectDecision = Shown & {
  readonly reason: NegativeClosing;
  readonly note?: string | null | undefined;
  /** The issue that this one repeats, for the reason `duplicate`; told to the tester with it. */
  readonly duplicateOf?: number | undefined;
};

/**
 * pending → rejected; an open issue closes with the reason (DESIGN 3).
 * Throws Refusal: not_found (the issue or the original), frozen, stale, illegal.
 */
export function rejectIssue(decision: RejectDecision, act: Act): Promise<ChangedIssue> {
  return transaction(async (tx) => {
    const issue = await lockIssue(tx, decision.issueId);
    await requireVersion(tx, issue, decision.version);
    const { reason, note, duplicateOf } = decision;
    if (duplicateOf !== undefined) await requireOriginal(tx, issue.id, duplicateOf);
    const move = rejectPayout(issue.state, { reason, note });
    return applyMove(tx, issue, move, act, detailOfRejection(decision));
  });
}

/** What the event tells besides: the number of the original, for a duplicate (domain/issue-history reads it). */
export function detailOfRejection({
  reason,
  duplicateOf,
}: Pick<RejectDecision, "reason" | "duplicateOf">): { duplicateOf: number } | undefined {
  return reason === "duplicate" && duplicateOf !== undefined ? { duplicateOf } : undefined;
}

/** Throws Refusal `not_found` unless the original is another issue, and filed. */
export async function requireOriginal(tx: Tx, issueId: number, original: number): Promise<void> {
  const originals = await tx.issue.count({
    where: { id: original, NOT: { id: issueId }, status: { not: "draft" } },
  });
  if (originals === 0) refuse({ code: "not_found" });
}

/** approved → approved with another amount of the same currency; the note says why. Throws as approveIssue does. */
export function changeAmount(
  change: Shown & { readonly amount: number; readonly note: string },
  act: Act,
): Promise<ChangedIssue> {
  return transaction(async (tx) => {
    const issue = await lockIssue(tx, change.issueId);
    if (issue.testerId === act.actorId) refuse({ code: "own_issue", issueIds: [issue.id] });
    await requireVersion(tx, issue, change.version);
    const currency = issue.state.approved?.currency ?? cycleCurrency(issue.payoutRates);
    const money = { currency, amount: change.amount };
    return applyMove(tx, issue, changeApprovedAmount(issue.state, { ...change, money }), act);
  });
}

/** approved → void: the commitment is cancelled before any money moved. Throws not_found, frozen, stale, illegal. */
export function voidApproved(
  change: Shown & { readonly reason: string },
  act: Act,
): Promise<ChangedIssue> {
  return transaction(async (tx) => {
    const issue = await lockIssue(tx, change.issueId);
    await requireVersion(tx, issue, change.version);
    return applyMove(tx, issue, voidCommitment(issue.state, change), act);
  });
}

/**
 * Takes back the decision that made `version`, and only if nothing happened since: both statuses are as before.
 * Throws Refusal: not_found, frozen, stale, illegal.
 */
export function undoDecision(
  decision: { readonly issueId: number; readonly version: number },
  act: Act,
): Promise<ChangedIssue> {
  return transaction(async (tx) => {
    const issue = await lockIssue(tx, decision.issueId);
    await requireVersion(tx, issue, decision.version);
    const last = await tx.issueEvent.findUniqueOrThrow({
      where: { issueId_version: { issueId: issue.id, version: issue.version } },
    });
    const move = undo(issue.state, stateBefore(last), last);
    return applyMove(tx, issue, move, act);
  });
}

type LastEvent = {
  fromStatus: IssueState["status"] | null;
  fromPayoutStatus: IssueState["payoutStatus"] | null;
  amount: bigint | null;
  currency: Currency | null;
};

// Only decisions on pending issues can be undone, and a pending issue has no approved amount.
function stateBefore(event: LastEvent): IssueState {
  if (event.fromStatus === null || event.fromPayoutStatus === null) {
    return refuse({ code: "illegal", problem: "not_undoable" });
  }
  const committed = event.fromPayoutStatus !== "pending" && event.fromPayoutStatus !== "rejected";
  return {
    status: event.fromStatus,
    payoutStatus: event.fromPayoutStatus,
    approved:
      committed && event.amount !== null && event.currency !== null
        ? { currency: event.currency, amount: toMinor(event.amount) }
        : null,
  };
}
