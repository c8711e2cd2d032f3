/** The status of an issue's money, and the only ways it may change (DESIGN 3). */
import { isNegativeClosing, type IssueStatus } from "./issue-status";

export const PAYOUT_STATUSES = ["pending", "approved", "rejected", "paid", "void"] as const;
export type PayoutStatus = (typeof PAYOUT_STATUSES)[number];

export type PayoutMove = { readonly from: PayoutStatus; readonly to: PayoutStatus };

/** The table of DESIGN 3, line by line. The database's trigger holds the same pairs. */
export const LEGAL_PAYOUT_MOVES: readonly PayoutMove[] = [
  { from: "pending", to: "approved" },
  { from: "pending", to: "rejected" }, // refused, or the issue closes negative
  { from: "rejected", to: "pending" }, // undo, or reopened from a negative closing
  { from: "approved", to: "pending" }, // undo only
  { from: "approved", to: "approved" }, // amount changed
  { from: "approved", to: "rejected" }, // the issue closes negative
  { from: "approved", to: "void" }, // commitment cancelled
  { from: "approved", to: "paid" }, // confirming a batch, and nothing else
  { from: "paid", to: "approved" }, // the transfer bounced or was never sent
  { from: "paid", to: "void" }, // terminal
];

export function isPayoutStatus(x: unknown): x is PayoutStatus {
  return (PAYOUT_STATUSES as readonly unknown[]).includes(x);
}

export function isLegalPayoutMove(from: PayoutStatus, to: PayoutStatus): boolean {
  return LEGAL_PAYOUT_MOVES.some((move) => move.from === from && move.to === to);
}

/** DESIGN 1: an approved amount exists from the commitment on, whatever became of the money. */
export function hasApprovedAmount(status: PayoutStatus): boolean {
  return status === "approved" || status === "paid" || status === "void";
}

/** DESIGN 4: what counts as accepted in the acceptance rate and as "Approved" per cycle. */
export function isAccepted(status: PayoutStatus): boolean {
  return status === "approved" || status === "paid";
}

/**
 * The payout status that a change of the bug's status brings with it, or null for none. Closing
 * negative withdraws what has not been paid; reopening puts a refused payout up for decision
 * again. What is paid stays paid, what is void stays void (DESIGN 3).
 */
export function payoutSideEffectForStatusChange(change: {
  readonly from: IssueStatus;
  readonly to: IssueStatus;
  readonly payoutStatus: PayoutStatus;
}): PayoutStatus | null {
  const { from, to, payoutStatus } = change;
  if (isNegativeClosing(to)) {
    return payoutStatus === "pending" || payoutStatus === "approved" ? "rejected" : null;
  }
  return isNegativeClosing(from) && payoutStatus === "rejected" ? "pending" : null;
}
