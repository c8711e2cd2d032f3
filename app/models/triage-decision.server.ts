import { db } from "~/database/client.server";
import type { NegativeClosing } from "~/domain/issue-status";
import type { Currency } from "~/domain/money";
import { cycleCurrency, payoutRatesFrom, suggestedAmountCentsFor } from "~/domain/rates";
import { Refusal, refuse } from "~/domain/refusal";
import { approveIssue, rejectIssue, undoDecision } from "./decision.server";
import type { Act, ChangedIssue } from "./issue-change.server";

type Shown = { readonly issueId: number; readonly version: number };

/** What a form of Triage asks for. Amounts in minor units of `currency`, the one that the page showed. */
export type TriageDecision =
  | (Shown & {
      readonly intent: "approve";
      readonly currency: Currency;
      /** Undefined approves at the suggested amount. */
      readonly amount?: number | undefined;
      readonly expectedAmount?: number | undefined;
      readonly note?: string | undefined;
    })
  | (Shown & {
      readonly intent: "reject";
      readonly reason: NegativeClosing;
      readonly duplicateOf?: number | undefined;
      readonly note?: string | undefined;
    })
  | (Shown & { readonly intent: "undo" });

/**
 * Decides, or takes a decision back. A form that arrives twice, as after a double press without scripts, is answered
 * as the first one was: its second copy finds its own work done. Throws Refusal as decision.server.ts does.
 */
export async function decide(decision: TriageDecision, act: Act): Promise<ChangedIssue> {
  try {
    return await carryOut(decision, act);
  } catch (error) {
    const isStale = error instanceof Refusal && error.reason.code === "stale";
    const done = isStale ? await alreadyDone(decision, act.actorId) : null;
    if (done) return done;
    throw error;
  }
}

async function carryOut(decision: TriageDecision, act: Act): Promise<ChangedIssue> {
  if (decision.intent === "undo") return undoDecision(decision, act);
  if (decision.intent === "reject") return rejectIssue(decision, act);
  await requireCurrency(decision);
  return approveIssue(decision, act);
}

/**
 * 15,000 tenge must not become 15,000 dollars because the cycle's currency changed while the page was open: two rates
 * of the same number look alike to `expectedAmount`. Read before the issue is locked, since approveIssue takes no
 * currency; the moment between the two is all that is left of the gap.
 */
async function requireCurrency(decision: TriageDecision & { intent: "approve" }): Promise<void> {
  const issue = await db().issue.findUnique({
    where: { id: decision.issueId },
    select: { severity: true, cycle: { select: { metadata: true } } },
  });
  if (!issue) return;
  const payoutRates = payoutRatesFrom(issue.cycle.metadata);
  if (cycleCurrency(payoutRates) === decision.currency) return;
  const actual = suggestedAmountCentsFor({ payoutRates }, issue.severity);
  refuse({ code: "suggestion_changed", expected: decision.expectedAmount ?? 0, actual });
}

const EVENT_OF = { approve: "approved", reject: "rejected", undo: "undone" } as const;

/** The issue, if its last event is just this decision by this admin on the version that the form showed. */
async function alreadyDone(
  decision: TriageDecision,
  actorId: number,
): Promise<ChangedIssue | null> {
  const version = decision.version + 1;
  const event = await db().issueEvent.findFirst({
    where: { issueId: decision.issueId, version, actorId, kind: EVENT_OF[decision.intent] },
    select: { amount: true, currency: true, reason: true, issue: { select: STATE } },
  });
  if (!event || event.issue.version !== version) return null;
  if (decision.intent === "reject" && event.reason !== decision.reason) return null;
  const amount = event.amount === null ? null : Number(event.amount);
  if (
    decision.intent === "approve" &&
    (amount !== (decision.amount ?? decision.expectedAmount) ||
      event.currency !== decision.currency)
  ) {
    return null;
  }
  const { status, payoutStatus } = event.issue;
  const approved =
    payoutStatus === "approved" && amount !== null && event.currency !== null
      ? { currency: event.currency, amount }
      : null;
  return { id: decision.issueId, version, state: { status, payoutStatus, approved } };
}

const STATE = { version: true, status: true, payoutStatus: true } as const;

/** Whether a report of that number can be named as the original of a duplicate. */
export async function canBeOriginal(originalId: number, duplicateId: number): Promise<boolean> {
  const count = await db().issue.count({
    where: { id: originalId, NOT: { id: duplicateId }, status: { not: "draft" } },
  });
  return count > 0;
}
