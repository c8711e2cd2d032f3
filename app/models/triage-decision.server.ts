import { db } from "~/database/client.server";
import { changeIn, duplicateOfIn } from "~/domain/issue-history";
import type { NegativeClosing } from "~/domain/issue-status";
import { type Currency, type Money, toMinor } from "~/domain/money";
import { Refusal } from "~/domain/refusal";
import type { Severity } from "~/domain/severity";
import { approveIssue, detailOfRejection, rejectIssue, undoDecision } from "./decision.server";
import type { Act, ChangedIssue } from "./issue-change.server";
import { changeSeverity } from "./severity-change.server";

/** The version that was shown; undefined, for programs, decides whatever the issue now is. */
type Shown = { readonly issueId: number; readonly version?: number | undefined };

type Approval = Shown & {
  readonly intent: "approve";
  /** Minor units; undefined approves at the suggested amount. */
  readonly amount?: number | undefined;
  readonly expectedAmount?: number | undefined;
  /** The one that the page showed both amounts in. */
  readonly currency?: Currency | undefined;
  readonly note?: string | undefined;
};

type Rejection = Shown & {
  readonly intent: "reject";
  readonly reason: NegativeClosing;
  readonly duplicateOf?: number | undefined;
  readonly note?: string | undefined;
};

type SeverityChange = {
  readonly intent: "severity";
  readonly issueId: number;
  readonly version: number;
  readonly to: Severity;
};

type Undo = { readonly intent: "undo"; readonly issueId: number; readonly version: number };

export type TriageDecision = Approval | Rejection | SeverityChange | Undo;

/** A duplicate of an issue that does not exist: a mistyped number, to be mended in its field. */
export class NoSuchOriginal extends Error {
  override name = "NoSuchOriginal";
}

/** Decides, or takes a decision back. Throws NoSuchOriginal, and Refusal as decision.server.ts does. */
export async function decide(decision: TriageDecision, act: Act): Promise<ChangedIssue> {
  if (decision.intent === "undo") return undoDecision(decision, act);
  if (decision.intent === "severity") return changeSeverity(decision, act);
  if (decision.intent === "reject") return reject(decision, act);
  return approveIssue({ ...decision, expectedCurrency: decision.currency }, act);
}

async function reject(decision: Rejection, act: Act): Promise<ChangedIssue> {
  try {
    return await rejectIssue(decision, act);
  } catch (error) {
    // The issue itself, or the original?
    const isMissing = error instanceof Refusal && error.reason.code === "not_found";
    if (!isMissing || decision.duplicateOf === undefined) throw error;
    const issues = await db().issue.count({ where: { id: decision.issueId } });
    throw issues > 0 ? new NoSuchOriginal() : error;
  }
}

/**
 * The same for a form, which may arrive twice, as after a double press without scripts: the second copy finds its own
 * work done, and is answered as the first one was. Throws as decide() does.
 */
export async function decideOnce(decision: TriageDecision, act: Act): Promise<ChangedIssue> {
  try {
    return await decide(decision, act);
  } catch (error) {
    const isStale = error instanceof Refusal && error.reason.code === "stale";
    const done = isStale ? await alreadyDone(decision, act) : null;
    if (done) return done;
    throw error;
  }
}

const EVENT_OF = {
  approve: "approved",
  reject: "rejected",
  severity: "severity_changed",
  undo: "undone",
} as const;

/** The issue, if the last thing that happened to it is this very decision by this admin. */
async function alreadyDone(decision: TriageDecision, act: Act): Promise<ChangedIssue | null> {
  const version = (decision.version ?? 0) + 1;
  const event = await db().issueEvent.findFirst({
    where: {
      issueId: decision.issueId,
      version,
      actorId: act.actorId,
      kind: EVENT_OF[decision.intent],
      issue: { version },
    },
    select: {
      ...{ toStatus: true, toPayoutStatus: true, amount: true, currency: true },
      ...{ reason: true, note: true, detail: true },
    },
  });
  if (!event || !isThis(decision, event)) return null;
  const approved = event.toPayoutStatus === "approved" ? moneyOf(event) : null;
  return {
    id: decision.issueId,
    version,
    state: { status: event.toStatus, payoutStatus: event.toPayoutStatus, approved },
  };
}

type Told = {
  amount: bigint | null;
  currency: Currency | null;
  reason: string | null;
  note: string | null;
  detail: unknown;
};

function isThis(decision: TriageDecision, told: Told): boolean {
  if (decision.intent === "undo") return true;
  if (decision.intent === "severity") return changeIn(told.detail)?.to === decision.to;
  // Another note or original is another decision: what was typed last must not be lost as if it were carried out.
  if ((decision.note ?? null) !== told.note) return false;
  if (decision.intent === "reject")
    return (
      told.reason === decision.reason &&
      duplicateOfIn(told.detail) === (detailOfRejection(decision)?.duplicateOf ?? null)
    );
  const money = moneyOf(told);
  const amount = decision.amount ?? decision.expectedAmount;
  return money?.amount === amount && money?.currency === decision.currency;
}

function moneyOf({ amount, currency }: Told): Money | null {
  return amount === null || currency === null ? null : { currency, amount: toMinor(amount) };
}
