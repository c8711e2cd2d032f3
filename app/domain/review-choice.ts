/** What Pending review posts of an issue, and what its ticked rows add up to (DESIGN 4, Payouts). */
import type { ApproveRow } from "./bulk-decision";
import { MAX_ID } from "./choice";
import {
  amountToInputText,
  type Currency,
  isCurrency,
  MAX_ISSUE_AMOUNT_MINOR,
  type Money,
  parseAmountText,
  sumByCurrency,
} from "./money";

/** An issue as the page showed it. */
export type ReviewChoice = {
  readonly issueId: number;
  readonly version: number;
  /** The cycle's. */
  readonly currency: Currency;
  /** The suggestion; null where the rates name none. */
  readonly expected: Money | null;
};

/** The value of a row's checkbox, `12:3:KZT:800000`, or `12:3:USD:-` without a suggestion. */
export function reviewChoiceText({ issueId, version, currency, expected }: ReviewChoice): string {
  return `${issueId}:${version}:${currency}:${expected?.amount ?? "-"}`;
}

/**
 * A row's amount box is named by this and what the row offered, so that a typed amount is told from one that an older
 * page had filled in.
 */
export const AMOUNT_NAME = "amountText-";

/** What the message about a row's amount is filed under, whatever the row offers now. */
export const amountField = (issueId: number) => `amount-${issueId}`;

/** The value of a hidden total, `KZT:1500000` in minor units. */
export const totalText = ({ currency, amount }: Money) => `${currency}:${amount}`;

/** Null when that is not what it is. */
export function parseReviewChoice(text: string): ReviewChoice | null {
  const found = /^([1-9]\d{0,9}):([1-9]\d{0,9}):([A-Z]{3}):(-|[1-9]\d{0,9})$/.exec(text);
  if (!found) return null;
  const [issueId, version, amount] = [Number(found[1]), Number(found[2]), Number(found[4])];
  const currency = found[3];
  if (issueId > MAX_ID || version > MAX_ID || !isCurrency(currency)) return null;
  if (amount > MAX_ISSUE_AMOUNT_MINOR) return null;
  return { issueId, version, currency, expected: found[4] === "-" ? null : { currency, amount } };
}

/** What the amount box of a row offers. */
export function offeredAmount({ expected }: ReviewChoice): string {
  return expected === null ? "" : amountToInputText(expected.amount);
}

/** The row to approve with this text in its amount box; a problem of parseAmountText otherwise. */
export function approveRow(choice: ReviewChoice, amountText: string) {
  const { issueId, version, currency, expected } = choice;
  const row: ApproveRow = { issueId, version, currency, expected };
  if (expected !== null && amountText === offeredAmount(choice)) return { ok: true, row } as const;
  const typed = parseAmountText(amountText);
  if (!typed.ok) return typed;
  const { amount } = typed;
  return { ok: true, row: amount === expected?.amount ? row : { ...row, amount } } as const;
}

/** What approving these rows would commit; a row whose amount cannot be read counts, but adds nothing. */
export function tickedTotals(
  rows: readonly { readonly choice: ReviewChoice; readonly amountText: string }[],
): { readonly count: number; readonly totals: Money[] } {
  const amounts = rows.flatMap(({ choice, amountText }): Money[] => {
    const read = approveRow(choice, amountText);
    if (!read.ok) return [];
    const { currency, amount = read.row.expected?.amount } = {
      ...read.row,
      currency: choice.currency,
    };
    return amount === undefined ? [] : [{ currency, amount }];
  });
  return { count: rows.length, totals: sumByCurrency(amounts) };
}
