import type { ApproveRow } from "./bulk-decision";
import { MAX_ID } from "./choice";
import { isCurrency, MAX_ISSUE_AMOUNT_MINOR } from "./money";

/** An issue ticked for a bulk decision, as the page showed it. */
export type TickedIssue = Pick<ApproveRow, "issueId" | "version" | "expected">;

/** The value of a row's checkbox, `12:3:1500000:KZT`, or `12:3` where nothing is suggested; parseTick reads it back. */
export function tickText({ issueId, version, expected }: Required<TickedIssue>): string {
  const shown = [issueId, version];
  return (expected ? [...shown, expected.amount, expected.currency] : shown).join(":");
}

/** Null when it is not what a page writes there. */
export function parseTick(text: string): TickedIssue | null {
  const [, id, shown, minor, currency] =
    /^([1-9]\d{0,9}):([1-9]\d{0,9})(?::([1-9]\d{0,9}):([A-Z]{3}))?$/.exec(text) ?? [];
  const [issueId, version, amount] = [Number(id), Number(shown), Number(minor)];
  if (!(issueId <= MAX_ID && version <= MAX_ID)) return null;
  if (minor === undefined) return { issueId, version, expected: null };
  return isCurrency(currency) && amount <= MAX_ISSUE_AMOUNT_MINOR
    ? { issueId, version, expected: { currency, amount } }
    : null;
}
