/**
 * The state machine of DESIGN 3 as pure functions: state in, next state and the event to write
 * out. What needs other rows is the caller's to check: own issues, the cycle's currency, and that
 * the issue is not frozen in a prepared batch.
 */
import {
  isNegativeClosing,
  type IssueStatus,
  legalStatusChange,
  type NegativeClosing,
} from "./issue-status";
import { type AmountProblem, type Money, problemWithAmount, sameMoney } from "./money";
import { payoutSideEffectForStatusChange, type PayoutStatus } from "./payout-status";

/** `approved` is non-null exactly while the payout is approved, paid or void. */
export type IssueState = {
  readonly status: IssueStatus;
  readonly payoutStatus: PayoutStatus;
  readonly approved: Money | null;
};

export const ISSUE_EVENT_KINDS = [
  "filed",
  "submitted",
  "edited",
  "severity_changed",
  "cycle_changed",
  "status_changed",
  "approved",
  "rejected",
  "amount_changed",
  "undone",
  "voided",
  "paid",
  "reversed",
] as const;
export type IssueEventKind = (typeof ISSUE_EVENT_KINDS)[number];

/** `money`: the approved amount after the move, or else the one that the move withdrew. */
export type IssueMoveEvent = {
  readonly kind: IssueEventKind;
  readonly money: Money | null;
  readonly reason: string | null;
  readonly note: string | null;
};

export type IssueMoveProblem =
  | "draft"
  | "not_draft"
  | "not_pending"
  | "not_approved"
  | "not_paid"
  | "same_status"
  | "illegal_status_change"
  | `amount_${AmountProblem}`
  | "amount_unchanged"
  | "currency_changed"
  | "note_required"
  | "reason_required"
  | "not_undoable"
  | "changed_since";

export type IssueMove =
  | { readonly ok: true; readonly next: IssueState; readonly event: IssueMoveEvent }
  | { readonly ok: false; readonly problem: IssueMoveProblem };

type Note = string | null | undefined;

/** pending → approved; an `open` issue becomes `triaged`, any other keeps its status. */
export function approve(
  state: IssueState,
  decision: { readonly money: Money; readonly note?: Note },
): IssueMove {
  if (state.status === "draft") return refused("draft");
  if (state.payoutStatus !== "pending") return refused("not_pending");
  const wrongAmount = problemWithAmount(decision.money.amount);
  if (wrongAmount !== null) return refused(`amount_${wrongAmount}`);
  const status = state.status === "open" ? "triaged" : state.status;
  const next: IssueState = { status, payoutStatus: "approved", approved: decision.money };
  return moved(next, "approved", { note: decision.note });
}

/** pending → rejected; an `open` issue closes with the reason, any other keeps its status. */
export function rejectPayout(
  state: IssueState,
  decision: { readonly reason: NegativeClosing; readonly note?: Note },
): IssueMove {
  if (state.status === "draft") return refused("draft");
  if (state.payoutStatus !== "pending") return refused("not_pending");
  const status = state.status === "open" ? decision.reason : state.status;
  return moved({ status, payoutStatus: "rejected", approved: null }, "rejected", decision);
}

/** approved → approved with another amount of the same currency; the note says why. */
export function changeApprovedAmount(
  state: IssueState,
  change: { readonly money: Money; readonly note: string },
): IssueMove {
  if (state.payoutStatus !== "approved" || state.approved === null) return refused("not_approved");
  if (change.money.currency !== state.approved.currency) return refused("currency_changed");
  const wrongAmount = problemWithAmount(change.money.amount);
  if (wrongAmount !== null) return refused(`amount_${wrongAmount}`);
  if (sameMoney(change.money, state.approved)) return refused("amount_unchanged");
  if (isBlank(change.note)) return refused("note_required");
  return moved({ ...state, approved: change.money }, "amount_changed", { note: change.note });
}

/**
 * An admin's change of the bug's status, with what it does to the money. The event carries the
 * amount that a negative closing withdrew, and the closing as its reason: the tester sees it.
 */
export function changeStatus(
  state: IssueState,
  change: { readonly to: IssueStatus; readonly note?: Note },
): IssueMove {
  const { to, note } = change;
  if (to === state.status) return refused("same_status");
  if (!legalStatusChange(state.status, to, "admin")) return refused("illegal_status_change");
  const effect = payoutSideEffectForStatusChange({ ...state, from: state.status, to });
  const reason = isNegativeClosing(to) ? to : null;
  if (effect === null) return moved({ ...state, status: to }, "status_changed", { reason, note });
  return moved({ status: to, payoutStatus: effect, approved: null }, "status_changed", {
    withdrawn: state.approved,
    reason,
    note,
  });
}

/** draft → open, by the tester who wrote it. */
export function submitDraft(state: IssueState): IssueMove {
  if (!legalStatusChange(state.status, "open", "tester")) return refused("not_draft");
  return moved({ ...state, status: "open" }, "submitted", {});
}

/** approved → void: a commitment cancelled before any money moved. */
export function voidCommitment(state: IssueState, why: { readonly reason: string }): IssueMove {
  if (state.payoutStatus !== "approved") return refused("not_approved");
  if (isBlank(why.reason)) return refused("reason_required");
  return moved({ ...state, payoutStatus: "void" }, "voided", { reason: why.reason });
}

/**
 * Takes back the last decision and restores both statuses. `previous` is the state before
 * `lastEvent`, the newest event of the issue; refused once anything else happened (DESIGN 3), that
 * is, unless that decision on that state leads exactly to where the issue now is.
 */
export function undo(
  state: IssueState,
  previous: IssueState,
  lastEvent: { readonly kind: IssueEventKind },
): IssueMove {
  if (lastEvent.kind !== "approved" && lastEvent.kind !== "rejected") {
    return refused("not_undoable");
  }
  const redone =
    lastEvent.kind === "approved" ? approvedAgain(previous, state) : rejectedAgain(previous, state);
  if (!redone.ok || !sameState(redone.next, state)) return refused("changed_since");
  return moved(previous, "undone", { withdrawn: state.approved });
}

function approvedAgain(previous: IssueState, state: IssueState): IssueMove {
  return state.approved === null
    ? refused("not_approved")
    : approve(previous, { money: state.approved });
}

function rejectedAgain(previous: IssueState, state: IssueState): IssueMove {
  return rejectPayout(previous, {
    reason: isNegativeClosing(state.status) ? state.status : "rejected",
  });
}

function sameState(a: IssueState, b: IssueState): boolean {
  return (
    a.status === b.status && a.payoutStatus === b.payoutStatus && sameMoney(a.approved, b.approved)
  );
}

/** approved → paid. Only confirming a batch may call this; the payment row is written with it. */
export function markPaid(state: IssueState): IssueMove {
  if (state.payoutStatus !== "approved") return refused("not_approved");
  return moved({ ...state, payoutStatus: "paid" }, "paid", {});
}

/** paid → approved, back into the queue; a reversal row of that kind is written with it. */
export function reverse(
  state: IssueState,
  why: { readonly kind: "bounced" | "never_sent"; readonly reason: string },
): IssueMove {
  if (state.payoutStatus !== "paid") return refused("not_paid");
  if (isBlank(why.reason)) return refused("reason_required");
  return moved({ ...state, payoutStatus: "approved" }, "reversed", { reason: why.reason });
}

/** What became of the money of a paid issue that is voided. "kept" writes no reversal. */
export const VOIDED_MONEY = ["returned", "never_sent", "kept"] as const;
export type VoidedMoney = (typeof VOIDED_MONEY)[number];

/** paid → void, terminal. `returned` and `never_sent` write a reversal row, `kept` none. */
export function voidPaid(
  state: IssueState,
  why: { readonly money: VoidedMoney; readonly reason: string },
): IssueMove {
  if (state.payoutStatus !== "paid") return refused("not_paid");
  if (isBlank(why.reason)) return refused("reason_required");
  return moved({ ...state, payoutStatus: "void" }, "voided", { reason: why.reason });
}

function refused(problem: IssueMoveProblem): IssueMove {
  return { ok: false, problem };
}

function moved(
  next: IssueState,
  kind: IssueEventKind,
  said: {
    readonly withdrawn?: Money | null;
    readonly reason?: string | null;
    readonly note?: Note;
  },
): IssueMove {
  const money = next.approved ?? said.withdrawn ?? null;
  const { reason = null } = said;
  return { ok: true, next, event: { kind, money, reason, note: saidNote(said.note) } };
}

function saidNote(note: Note): string | null {
  return note === undefined || note === null || isBlank(note) ? null : note;
}

function isBlank(text: string): boolean {
  return text.trim() === "";
}
