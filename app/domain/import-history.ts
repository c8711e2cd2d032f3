/**
 * The history that an imported row stands for, as moves of the state machine (domain/issue-move).
 * The file says when an issue was filed, when it was resolved and on which day it was paid; every
 * other move takes the time of the one before, so that the times never run backwards.
 */
import type { ImportRow } from "./import-row";
import {
  approve,
  changeStatus,
  type IssueMove,
  type IssueMoveEvent,
  type IssueState,
  markPaid,
  rejectPayout,
  voidCommitment,
} from "./issue-move";
import { isNegativeClosing } from "./issue-status";
import type { Currency } from "./money";
import { dateInZone, startOfDateInZone } from "./team-date";

/** One row of `issue_events`. `before` is null for the first, and `after` is the next one's. */
export type ImportEvent = {
  readonly version: number;
  readonly at: Date;
  readonly before: IssueState | null;
  readonly after: IssueState;
  readonly event: IssueMoveEvent;
};

/** Where the file gives no words of its own; testers read them on Balance. */
export const IMPORTED_AS_REJECTED = "Imported as rejected; the file gives no reason.";
export const IMPORTED_AS_VOID = "Imported as void.";

const FILED: IssueState = { status: "open", payoutStatus: "pending", approved: null };

/** The rules refused a row that readImportRow let through: a mistake in this program. */
export class IllegalImportError extends Error {
  override name = "IllegalImportError";
}

/**
 * `currency` is the one that the payout is in, where the row names none. An approval triages an
 * open issue, as everywhere: what was approved is no longer untriaged, whatever the file says.
 */
export function importHistory(row: ImportRow, currency: Currency, zone: string): ImportEvent[] {
  const history = new History(row.createdAt);
  const closesPaid = row.payout.status === "paid" || row.payout.status === "void";
  const moneyFirst =
    (isNegativeClosing(row.status) && closesPaid) || wasPaidBeforeResolved(row, zone);
  if (!moneyFirst) reachStatus(history, row);
  movePayout(history, row, currency, zone);
  if (moneyFirst) reachStatus(history, row);
  return history.events;
}

class History {
  readonly events: ImportEvent[];

  constructor(filedAt: Date) {
    const event: IssueMoveEvent = { kind: "filed", money: null, reason: null, note: null };
    this.events = [{ version: 1, at: filedAt, before: null, after: FILED, event }];
  }

  get last(): ImportEvent {
    const last = this.events.at(-1);
    if (last === undefined) throw new IllegalImportError("a history begins with the filing");
    return last;
  }

  /** `earliest` null: right after the move before. */
  add(move: IssueMove, earliest: Date | null): void {
    if (!move.ok) throw new IllegalImportError(`the rules refuse it: ${move.problem}`);
    const { version, at, after } = this.last;
    this.events.push({
      version: version + 1,
      at: earliest !== null && earliest > at ? earliest : at,
      before: after,
      after: move.next,
      event: move.event,
    });
  }
}

/** Then the money moved on an issue that was not yet closed. */
function wasPaidBeforeResolved({ payout, resolvedAt }: ImportRow, zone: string): boolean {
  if (payout.status !== "paid" || resolvedAt === null) return false;
  return payout.paidOn < dateInZone(resolvedAt, zone);
}

/** Closing negative rejects a pending payout by the rule's own side effect. */
function reachStatus(history: History, { status, resolvedAt }: ImportRow): void {
  const state = history.last.after;
  if (status === "open" || status === state.status) return;
  history.add(changeStatus(state, { to: status }), resolvedAt);
}

function movePayout(history: History, row: ImportRow, currency: Currency, zone: string): void {
  const { payout } = row;
  const state = history.last.after;
  if (payout.status === "pending") return;
  if (payout.status === "rejected") {
    if (state.payoutStatus === "rejected") return;
    history.add(rejectPayout(state, { reason: "rejected", note: IMPORTED_AS_REJECTED }), null);
    return;
  }
  const money = { currency: payout.currency ?? currency, amount: payout.amount };
  history.add(approve(state, { money }), null);
  const approved = history.last.after;
  if (payout.status === "void") {
    history.add(voidCommitment(approved, { reason: IMPORTED_AS_VOID }), null);
  }
  if (payout.status === "paid") {
    history.add(markPaid(approved), startOfDateInZone(payout.paidOn, zone));
  }
}
