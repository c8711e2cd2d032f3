/** Payments of one issue: their sequence, their particulars, and what to say of them (DESIGN 3). */
import { isNegativeClosing, type IssueStatus, type NegativeClosing } from "./issue-status";
import type { PayoutStatus } from "./payout-status";
import type { IsoDate } from "./team-date";

export const PAYOUT_METHODS = ["kaspi", "bank", "cash"] as const;
export type PayoutMethod = (typeof PAYOUT_METHODS)[number];

/** Why a payment was negated; `returned` comes only with a void. */
export const REVERSAL_KINDS = ["bounced", "never_sent", "returned"] as const;
export type ReversalKind = (typeof REVERSAL_KINDS)[number];

export function isPayoutMethod(x: unknown): x is PayoutMethod {
  return (PAYOUT_METHODS as readonly unknown[]).includes(x);
}

export function isReversalKind(x: unknown): x is ReversalKind {
  return (REVERSAL_KINDS as readonly unknown[]).includes(x);
}

/** `seq` counts an issue's rows from 1: odd ones pay, even ones negate the row before. */
export function isReversalSeq(seq: number): boolean {
  return seq % 2 === 0;
}

/** The payment that stands: the last row, unless that one is a reversal. Any order of rows. */
export function livePayment<Row extends { readonly seq: number }>(
  rows: readonly Row[],
): Row | null {
  const last = lastPayment(rows);
  return last === null || isReversalSeq(last.seq) ? null : last;
}

function lastPayment<Row extends { readonly seq: number }>(rows: readonly Row[]): Row | null {
  return rows.reduce<Row | null>(
    (last, row) => (last === null || row.seq > last.seq ? row : last),
    null,
  );
}

/** Room for a bank's longest transfer number with a word beside it; characters, not bytes. */
export const MAX_REFERENCE_LENGTH = 100;

/** Also invisible ones (zero width, text direction): two references that look the same must be. */
const CONTROL_CHARACTERS = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** A reference is what a payment is found by at the bank; cash has none to give (DESIGN 5). */
export function problemWithReference(
  method: PayoutMethod,
  reference: string,
): null | "required" | "too_long" | "control_characters" {
  if (isBlank(reference)) return method === "cash" ? null : "required";
  if ([...reference].length > MAX_REFERENCE_LENGTH) return "too_long";
  if (CONTROL_CHARACTERS.test(reference)) return "control_characters";
  return null;
}

/** A reference as it is stored and compared: exactly as typed, and null for a blank one. */
export function storedReference(reference: string | null): string | null {
  return reference === null || isBlank(reference) ? null : reference;
}

function isBlank(text: string): boolean {
  return text.trim() === "";
}

/** A row of `issue_payouts` with its latest correction applied. */
export type PaymentRow = {
  readonly seq: number;
  /** A reversal: its own date. */
  readonly paidOn: IsoDate;
  readonly method: PayoutMethod;
  readonly reference: string | null;
  /** Null for payments. */
  readonly reversalKind: ReversalKind | null;
};

/** What is known of one issue's money; `payments` in any order, at least the last two rows. */
export type MoneyFacts = {
  readonly status: IssueStatus;
  readonly payoutStatus: PayoutStatus;
  /** When the payout status became what it is; of a pending one, when it was filed or reopened. */
  readonly since: Date;
  /** Of the last rejection or void. A rejection's is one of the negative closings. */
  readonly reason: string | null;
  /** The admin's note to the last rejection. */
  readonly note: string | null;
  /** The number of the issue that this one repeats, if the last rejection named it. */
  readonly duplicateOf?: number | null;
  readonly payments: readonly PaymentRow[];
};

type Paid = {
  readonly paidOn: IsoDate;
  readonly method: PayoutMethod;
  readonly reference: string | null;
};
type Reversed = {
  readonly paidOn: IsoDate;
  readonly reversedOn: IsoDate;
  readonly reversalKind: ReversalKind;
};

/** Which sentence a line of Balance carries; the view has one text for each `kind` (DESIGN 4). */
export type MoneyStanding =
  | { readonly kind: "draft" }
  | { readonly kind: "awaiting"; readonly since: Date }
  | { readonly kind: "approved"; readonly since: Date }
  | {
      readonly kind: "rejected";
      readonly since: Date;
      readonly reason: NegativeClosing | null;
      readonly note: string | null;
      readonly duplicateOf?: number;
    }
  /** `closedAs`: the issue closed negative after it was paid; it stays paid and says so. */
  | ({ readonly kind: "paid"; readonly closedAs: NegativeClosing | null } & Paid)
  /** Approved and payable again. */
  | ({ readonly kind: "reversed" } & Reversed)
  /** Cancelled before any money moved. */
  | { readonly kind: "voided"; readonly since: Date; readonly reason: string | null }
  /** Voided, and the money is not with the tester. */
  | ({
      readonly kind: "voided_after_reversal";
      readonly since: Date;
      readonly reason: string | null;
    } & Reversed)
  /** Voided, yet the payment stays counted. */
  | ({
      readonly kind: "voided_money_kept";
      readonly since: Date;
      readonly reason: string | null;
    } & Paid);

/** The rows contradict the payout status, which the database is meant to make impossible. */
export class BrokenPaymentHistoryError extends Error {
  override name = "BrokenPaymentHistoryError";
}

/**
 * Where an issue's money stands, and since when (DESIGN 4). Throws BrokenPaymentHistoryError for
 * a paid issue without a live payment, and for a reversal without its kind or its payment.
 */
export function moneyStanding(facts: MoneyFacts): MoneyStanding {
  if (facts.status === "draft") return { kind: "draft" };
  switch (facts.payoutStatus) {
    case "pending":
      return { kind: "awaiting", since: facts.since };
    case "approved":
      return approvedStanding(facts);
    case "rejected":
      return rejectedStanding(facts);
    case "paid":
      return paidStanding(facts);
    case "void":
      return voidStanding(facts);
  }
}

function approvedStanding({ payments, since }: MoneyFacts): MoneyStanding {
  const reversed = lastReversal(payments);
  return reversed === null ? { kind: "approved", since } : { kind: "reversed", ...reversed };
}

function rejectedStanding({ status, reason, note, since, ...facts }: MoneyFacts): MoneyStanding {
  const why = reason ?? status;
  return {
    ...{ kind: "rejected", since, note },
    reason: isNegativeClosing(why) ? why : null,
    duplicateOf: facts.duplicateOf ?? undefined,
  };
}

function paidStanding({ payments, status }: MoneyFacts): MoneyStanding {
  const live = livePayment(payments);
  if (live === null) throw new BrokenPaymentHistoryError("a paid issue has no live payment");
  return {
    kind: "paid",
    closedAs: isNegativeClosing(status) ? status : null,
    ...particulars(live),
  };
}

function voidStanding({ payments, since, reason }: MoneyFacts): MoneyStanding {
  const live = livePayment(payments);
  if (live !== null) return { kind: "voided_money_kept", since, reason, ...particulars(live) };
  const reversed = lastReversal(payments);
  if (reversed === null) return { kind: "voided", since, reason };
  return { kind: "voided_after_reversal", since, reason, ...reversed };
}

function particulars({ paidOn, method, reference }: PaymentRow): Paid {
  return { paidOn, method, reference };
}

/** The last row and the payment it negates, when the last row is a reversal. */
function lastReversal(payments: readonly PaymentRow[]): Reversed | null {
  const last = lastPayment(payments);
  if (last === null || !isReversalSeq(last.seq)) return null;
  const negated = payments.find((row) => row.seq === last.seq - 1);
  if (negated === undefined || last.reversalKind === null) {
    throw new BrokenPaymentHistoryError(`reversal ${last.seq} lacks its kind or its payment`);
  }
  return { paidOn: negated.paidOn, reversedOn: last.paidOn, reversalKind: last.reversalKind };
}
