import type { Matching, RowOutcome } from "./bulk-decision";
import type { LineChoice, PayChoice } from "./choice";
import type { Currency, Money } from "./money";
import type { IssueMoveProblem } from "./issue-move";
import type { BatchWarning } from "./batch-warning";
import type { PersonProblem } from "./person";
import type { ViewAsProblem } from "./view-as";
import type { TakeBack } from "./take-back";
import type { IsoDate } from "./team-date";

/** One issue of a 409: what the page showed, and what is now. `actual` is null when it is no longer payable. */
export type ChoiceChange = {
  readonly issueId: number;
  readonly title: string | null;
  /** Minor units of `currency`; null where the issue is unknown or has no approved amount any more. */
  readonly expected: number;
  readonly currency: Currency | null;
  readonly actual: Money | null;
  readonly because: "amount_changed" | "not_approved" | "in_batch" | "other_line" | "unknown";
  /** The prepared batch that holds it. */
  readonly batchId: number | null;
};

/** A ticked line of a 409: its issues as the page showed them, and as they are. Totals in minor units. */
export type LineChange = {
  readonly testerId: number;
  readonly currency: Currency;
  readonly name: string | null;
  readonly expected: { readonly count: number; readonly total: number };
  readonly actual: { readonly count: number; readonly total: number };
};

/** One payment of a 409: the page showed it as paid, and somebody took it back meanwhile. */
export type PaymentChange = {
  readonly issueId: number;
  readonly title: string;
  readonly money: Money;
  readonly takenBack: TakeBack;
  readonly by: string | null;
  readonly at: Date;
};

/** Why something was not done. Nothing was changed: each is thrown inside the transaction that it ends. */
export type RefusalReason =
  | { readonly code: "not_found" }
  | { readonly code: "person"; readonly problem: PersonProblem }
  | { readonly code: "view_as"; readonly problem: ViewAsProblem }
  | { readonly code: "wrong_password" }
  | { readonly code: "own_issue"; readonly issueIds: readonly number[] }
  | {
      readonly code: "stale";
      readonly by: string | null;
      readonly at: Date;
      readonly status: string;
      readonly payoutStatus: string;
    }
  | { readonly code: "frozen"; readonly batchId: number }
  | { readonly code: "illegal"; readonly problem: IssueMoveProblem }
  | {
      readonly code: "suggestion_changed";
      readonly expected: number;
      readonly actual: Money | null;
    }
  | { readonly code: "no_suggestion"; readonly currency: Currency }
  | { readonly code: "cycle_closed" }
  | { readonly code: "too_many_screenshots" }
  /** A test cycle is no longer what the page showed. */
  | { readonly code: "cycle_changed" }
  | { readonly code: "name_taken" }
  | {
      readonly code: "choice_changed";
      readonly changes: readonly ChoiceChange[];
      readonly lineChanges: readonly LineChange[];
      /** What may be sent again as it is. */
      readonly validChoices: readonly PayChoice[];
      readonly validLines: readonly LineChoice[];
    }
  | {
      readonly code: "decisions_changed";
      readonly changes: readonly RowOutcome[];
      /** What may be decided as it was posted. */
      readonly valid: readonly number[];
    }
  | { readonly code: "matching_changed"; readonly expected: Matching; readonly actual: Matching }
  | { readonly code: "choice_invalid"; readonly problem: "none" | "too_many" | "duplicate" }
  | { readonly code: "key_reused" }
  | {
      readonly code: "batch_closed";
      readonly status: "confirmed" | "cancelled";
      readonly by: string | null;
    }
  | { readonly code: "transfers_changed" }
  | { readonly code: "last_line" }
  | { readonly code: "payments_changed"; readonly changes: readonly PaymentChange[] }
  /** A reversal dated before its payment. */
  | { readonly code: "reversed_before_paid"; readonly paidOn: IsoDate }
  | {
      readonly code: "corrected_meanwhile";
      readonly by: string | null;
      readonly reference: string | null;
      readonly paidOn: IsoDate;
    }
  /** The page showed a correction of a transfer that has none. */
  | { readonly code: "correction_gone" }
  | { readonly code: "correction_unchanged" }
  /** A payment dated after its reversal. */
  | { readonly code: "paid_after_reversed"; readonly reversedOn: IsoDate }
  /** Payee details: changed at that time by somebody else, or in another window. */
  | { readonly code: "payee_changed"; readonly at: Date | null }
  /** The doctor found something about the money, and no admin has looked yet. */
  | { readonly code: "money_in_doubt" }
  /** The doctor has looked again since. */
  | { readonly code: "doctor_changed" }
  /** A backup was brought back, and no admin has compared it with the bank yet. */
  | { readonly code: "restored" }
  /** Another backup was brought back since. */
  | { readonly code: "restored_again" }
  /** An admin has compared that backup already, with a note of their own. */
  | { readonly code: "restored_compared"; readonly by: string }
  | { readonly code: "none_restored" }
  | { readonly code: "warnings"; readonly warnings: readonly BatchWarning[] };

export class Refusal extends Error {
  override name = "Refusal";
  constructor(readonly reason: RefusalReason) {
    super(reason.code);
  }
}

export function refuse(reason: RefusalReason): never {
  throw new Refusal(reason);
}
