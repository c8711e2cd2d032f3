/** An issue's events as its page tells them. Pure: the rows come from issue.server.ts. */
import type { IssueEventKind } from "./issue-move";
import type { IssueStatus } from "./issue-status";
import { type Currency, type Money, money } from "./money";
import { isReversalSeq, type PaymentRow } from "./payment";
import type { PayoutStatus } from "./payout-status";

export type EventRow = {
  readonly version: number;
  readonly kind: IssueEventKind;
  readonly at: Date;
  readonly actor: { readonly name: string } | null;
  readonly fromStatus: IssueStatus | null;
  readonly toStatus: IssueStatus;
  readonly fromPayoutStatus: PayoutStatus | null;
  readonly toPayoutStatus: PayoutStatus;
  readonly amount: bigint | null;
  readonly currency: Currency | null;
  readonly reason: string | null;
  readonly note: string | null;
  readonly detail: unknown;
};

/** What a tester changed about an issue of their own. */
export type EditedPart = "text" | "pictures" | "both";

export type HistoryEntry = {
  readonly version: number;
  readonly kind: IssueEventKind;
  readonly at: Date;
  /** Null for the import. */
  readonly by: string | null;
  /** Null for the first event. */
  readonly from: { readonly status: IssueStatus; readonly payoutStatus: PayoutStatus } | null;
  readonly to: { readonly status: IssueStatus; readonly payoutStatus: PayoutStatus };
  /** The approved amount afterwards, or the one that was withdrawn. */
  readonly money: Money | null;
  /** What an amount was before it was changed. */
  readonly moneyBefore: Money | null;
  readonly reason: string | null;
  readonly note: string | null;
  /** From what to what something else was changed, such as the severity; null where the event does not say. */
  readonly change: { readonly from: string; readonly to: string } | null;
  /** Of an edit. */
  readonly edited: EditedPart | null;
  /** The number of the issue that this one repeats, where an admin named it. */
  readonly duplicateOf: number | null;
  /** The payment or reversal that was written with it; a void without one left the money with the tester. */
  readonly payment: PaymentRow | null;
};

/** `events` by version, `payments` by seq. */
export function issueHistory(
  events: readonly EventRow[],
  payments: readonly PaymentRow[],
): HistoryEntry[] {
  const waiting = [...payments];
  return events.map((event, index) => {
    const { version, kind, at, reason, note } = event;
    return {
      ...{ version, kind, at, reason, note },
      by: event.actor?.name ?? null,
      from:
        event.fromStatus === null || event.fromPayoutStatus === null
          ? null
          : { status: event.fromStatus, payoutStatus: event.fromPayoutStatus },
      to: { status: event.toStatus, payoutStatus: event.toPayoutStatus },
      money: moneyOf(event),
      moneyBefore: kind === "amount_changed" ? lastMoney(events.slice(0, index)) : null,
      change: changeIn(event.detail),
      edited: kind === "edited" ? editedIn(event.detail) : null,
      duplicateOf: duplicateOfIn(event.detail),
      payment: paymentOf(event, waiting),
    };
  });
}

// Payments and reversals alternate, as do the events that write them: the next waiting row belongs to this event.
function paymentOf(event: EventRow, waiting: PaymentRow[]): PaymentRow | null {
  const next = waiting[0];
  if (!next) return null;
  const pays = event.kind === "paid";
  const reverses = event.fromPayoutStatus === "paid" && event.toPayoutStatus !== "paid";
  const belongs = isReversalSeq(next.seq) ? reverses : pays;
  return belongs ? (waiting.shift() ?? null) : null;
}

function moneyOf({ amount, currency }: EventRow): Money | null {
  return amount === null || currency === null ? null : money(currency, amount);
}

function lastMoney(events: readonly EventRow[]): Money | null {
  return events.reduce<Money | null>((last, event) => moneyOf(event) ?? last, null);
}

/** Out of an event's detail: {"from": "high", "to": "low"}. */
export function changeIn(detail: unknown): HistoryEntry["change"] {
  if (typeof detail !== "object" || detail === null) return null;
  const { from, to } = detail as { from?: unknown; to?: unknown };
  return typeof from === "string" && typeof to === "string" ? { from, to } : null;
}

function editedIn(detail: unknown): EditedPart {
  if (typeof detail !== "object" || detail === null) return "text";
  const { edited } = detail as { edited?: unknown };
  return edited === "pictures" || edited === "both" ? edited : "text";
}

/** Out of an event's detail, as decision.server.ts writes it: {"duplicateOf": 12}. */
export function duplicateOfIn(detail: unknown): number | null {
  if (typeof detail !== "object" || detail === null) return null;
  const { duplicateOf } = detail as { duplicateOf?: unknown };
  return typeof duplicateOf === "number" ? duplicateOf : null;
}

/** The event that made the payout status what it is; of a pending one, when it was filed or reopened. */
export function payoutTurningPoint(
  events: readonly EventRow[],
): Pick<EventRow, "at" | "reason" | "note" | "detail"> {
  const turned = events.findLast(
    ({ kind, fromPayoutStatus, toPayoutStatus }) =>
      fromPayoutStatus !== toPayoutStatus || kind === "submitted",
  );
  if (!turned) throw new Error("an issue has no event that filed it");
  return turned;
}
