import type { IssueStatus, NegativeClosing } from "~/domain/issue-status";
import type { VoidedMoney } from "~/domain/issue-move";
import type { Currency } from "~/domain/money";
import type { Severity } from "~/domain/severity";
import type { IsoDate } from "~/domain/team-date";
import {
  approveIssue,
  changeAmount,
  rejectIssue,
  undoDecision,
  voidApproved,
} from "./decision.server";
import type { Act, ChangedIssue } from "./issue-change.server";
import { changeIssueStatus } from "./issue-status-change.server";
import { changeSeverity } from "./severity-change.server";
import { reversePayment, voidPayment } from "./reversal.server";

/** What one form of the payout card asks for, on the version of the issue that the page showed. */
export type CardDecision = { readonly version: number } & (
  | {
      readonly intent: "approve";
      readonly expected: number;
      readonly currency?: Currency | undefined;
    }
  | {
      readonly intent: "approveCustom";
      /** Minor units. */
      readonly amountText: number;
      readonly expected?: number | undefined;
      readonly currency?: Currency | undefined;
      readonly note?: string | undefined;
    }
  | {
      readonly intent: "reject";
      readonly reason: NegativeClosing;
      readonly note?: string | undefined;
    }
  | { readonly intent: "changeAmount"; readonly amountText: number; readonly note: string }
  | { readonly intent: "void"; readonly reason: string }
  | {
      readonly intent: "reverse";
      readonly kind: "bounced" | "never_sent";
      readonly reason: string;
      readonly on: IsoDate;
    }
  | {
      readonly intent: "voidPaid";
      readonly money: VoidedMoney;
      readonly reason: string;
      readonly on: IsoDate;
    }
  | { readonly intent: "status"; readonly to: IssueStatus; readonly note?: string | undefined }
  | { readonly intent: "severity"; readonly severity: Severity }
  | { readonly intent: "undo" }
);

/** Throws what the decision itself throws: Refusal, and GuardsMissing where money moves. */
export function decide(issueId: number, decision: CardDecision, act: Act): Promise<ChangedIssue> {
  const shown = { issueId, version: decision.version };
  switch (decision.intent) {
    case "approve":
      return approveIssue({ ...shown, ...expectedOf(decision) }, act);
    case "approveCustom": {
      const { amountText: amount, note } = decision;
      return approveIssue({ ...shown, ...expectedOf(decision), amount, note }, act);
    }
    case "reject":
      return rejectIssue({ ...shown, reason: decision.reason, note: decision.note }, act);
    case "changeAmount":
      return changeAmount({ ...shown, amount: decision.amountText, note: decision.note }, act);
    case "void":
      return voidApproved({ ...shown, reason: decision.reason }, act);
    case "reverse":
      return reversePayment({ ...shown, ...decision }, act);
    case "voidPaid":
      return voidPayment({ ...shown, ...decision }, act);
    case "status":
      return changeIssueStatus({ ...shown, to: decision.to, note: decision.note }, act);
    case "severity":
      return changeSeverity({ ...shown, to: decision.severity }, act);
    case "undo":
      return undoDecision(shown, act);
  }
}

type Expected = {
  readonly expected?: number | undefined;
  readonly currency?: Currency | undefined;
};

function expectedOf({ expected, currency }: Expected) {
  return { expectedAmount: expected, expectedCurrency: currency };
}
