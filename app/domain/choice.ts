/** What an admin ticked in the pay queue, as posted (DESIGN 4, Payouts). */
import {
  type Currency,
  isCurrency,
  MAX_ISSUE_AMOUNT_MINOR,
  type Money,
  sumByCurrency,
} from "./money";

/** One issue and the minor units that the page showed for it. */
export type PayChoice = { readonly issueId: number; readonly expected: number };

/** A whole line of the queue: all its issues as shown, `total` in minor units. */
export type LineChoice = {
  readonly testerId: number;
  readonly currency: Currency;
  readonly count: number;
  readonly total: number;
};

/** What one transaction can lock and pay in reasonable time (DESIGN 4). */
export const MAX_CHOICES = 10_000;

/** Ids are SQL integers: a larger one names nothing, and must not reach the database. */
export const MAX_ID = 2_147_483_647;

/** `issueId:expectedMinor`, or null when that is not what it is. */
export function parseChoice(text: string): PayChoice | null {
  const parts = text.split(":", 3);
  if (parts.length !== 2) return null;
  const issueId = wholeNumber(parts[0], MAX_ID);
  const expected = wholeNumber(parts[1], MAX_ISSUE_AMOUNT_MINOR);
  return issueId === null || expected === null ? null : { issueId, expected };
}

/** The value of an issue's checkbox; parseChoice reads it back. */
export function choiceText({ issueId, expected }: PayChoice): string {
  return `${issueId}:${expected}`;
}

/** `testerId:currency:count:totalMinor`, or null when that is not what it is. */
export function parseLineChoice(text: string): LineChoice | null {
  const parts = text.split(":", 5);
  if (parts.length !== 4) return null;
  const testerId = wholeNumber(parts[0], MAX_ID);
  const currency = parts[1];
  const count = wholeNumber(parts[2], MAX_ID); // more than MAX_CHOICES is "too_many", not noise
  const total = wholeNumber(parts[3], Number.MAX_SAFE_INTEGER);
  if (testerId === null || !isCurrency(currency) || count === null || total === null) return null;
  return { testerId, currency, count, total };
}

/** The value of a line's checkbox; parseLineChoice reads it back. */
export function lineChoiceText({ testerId, currency, count, total }: LineChoice): string {
  return `${testerId}:${currency}:${count}:${total}`;
}

/** Positive, in ASCII digits, without sign, space or leading zero. */
function wholeNumber(text: string | undefined, max: number): number | null {
  if (text === undefined || !/^[1-9][0-9]{0,15}$/.test(text)) return null;
  const value = Number(text);
  return value <= max ? value : null;
}

/** Boxes inside a ticked line are ignored: the line counts, once (DESIGN 4). */
export function choicesOutsideLines<
  Choice extends { readonly testerId: number; readonly currency: Currency },
>(choices: readonly Choice[], lines: readonly LineChoice[]): Choice[] {
  const ticked = new Set(lines.map(lineKey));
  return choices.filter((choice) => !ticked.has(lineKey(choice)));
}

/**
 * What is wrong with a choice as a whole, or null. `lines` are the ticked lines besides, each
 * standing for its `count` issues; `list` is then what choicesOutsideLines left.
 */
export function checkChoices(
  list: readonly PayChoice[],
  lines: readonly LineChoice[] = [],
): null | "none" | "too_many" | "duplicate" {
  const issues = lines.reduce((sum, line) => sum + line.count, list.length);
  if (issues === 0) return "none";
  if (issues > MAX_CHOICES) return "too_many";
  const once =
    new Set(list.map((choice) => choice.issueId)).size === list.length &&
    new Set(lines.map(lineKey)).size === lines.length;
  return once ? null : "duplicate";
}

export type PickedSum = {
  readonly issues: number;
  /** One entry per currency (DESIGN 2). */
  readonly totals: readonly Money[];
};

/** What would be prepared: as on the server, a ticked line counts once, whatever is ticked inside it. */
export function sumOfChoice(
  choices: readonly (PayChoice & { readonly testerId: number; readonly currency: Currency })[],
  lines: readonly LineChoice[],
): PickedSum {
  const single = choicesOutsideLines(choices, lines);
  return {
    issues: lines.reduce((sum, line) => sum + line.count, single.length),
    totals: sumByCurrency([
      ...lines.map(({ currency, total }) => ({ currency, amount: total })),
      ...single.map(({ currency, expected }) => ({ currency, amount: expected })),
    ]),
  };
}

function lineKey({ testerId, currency }: { testerId: number; currency: Currency }): string {
  return `${testerId}:${currency}`;
}
