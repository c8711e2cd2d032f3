/**
 * Money is an integer number of minor units in one currency (DESIGN 2): never a float, never
 * converted, never added across currencies. Formatting belongs to the view's edge.
 */

/** Also the order in which totals are listed: the team's own currency first. */
export const CURRENCIES = ["KZT", "USD"] as const;
export type Currency = (typeof CURRENCIES)[number];

export type Money = { readonly currency: Currency; readonly amount: number };

/** ₸ 10,000,000: far above any real bounty, so a slipped zero or two is caught (DESIGN 2). */
export const MAX_ISSUE_AMOUNT_MINOR = 1_000_000_000;
/** The same as people type it, for messages. Every currency has hundredths. */
export const MAX_ISSUE_AMOUNT_MAJOR = MAX_ISSUE_AMOUNT_MINOR / 100;

export type AmountProblem = "not_integer" | "not_positive" | "too_large";

export type ParsedAmount =
  | { ok: true; amount: number }
  | { ok: false; problem: "empty" | "format" | "not_positive" | "too_large" };

export class CurrencyMismatchError extends Error {
  override name = "CurrencyMismatchError";
  constructor(a: Currency, b: Currency) {
    super(`${a} and ${b} are never added together`);
  }
}

export function isCurrency(x: unknown): x is Currency {
  return (CURRENCIES as readonly unknown[]).includes(x);
}

/** The number of minor units behind SQL's bigint. Throws RangeError unless a safe integer. */
export function toMinor(value: bigint | number): number {
  const amount = Number(value);
  if (!Number.isSafeInteger(amount)) {
    throw new RangeError(`${value} is not a safe whole number of minor units`);
  }
  return amount === 0 ? 0 : amount; // so that -0 never reaches a view
}

/** Money of `amount` minor units. Throws RangeError unless the amount is a safe integer. */
export function money(currency: Currency, amount: bigint | number): Money {
  return { currency, amount: toMinor(amount) };
}

export function sameMoney(a: Money | null, b: Money | null): boolean {
  return a?.currency === b?.currency && a?.amount === b?.amount;
}

/** What is wrong with an issue's amount or a rate, in minor units (DESIGN 2: positive, capped). */
export function problemWithAmount(amount: number): AmountProblem | null {
  if (!Number.isSafeInteger(amount)) return "not_integer";
  if (amount <= 0) return "not_positive";
  if (amount > MAX_ISSUE_AMOUNT_MINOR) return "too_large";
  return null;
}

/**
 * What people type into `amountText` boxes, in major units: `15000`, `15000.50`, `15000,5`.
 * One decimal mark, one or two decimals, ASCII digits. A sign, a space (also around), a group
 * separator or a leading zero (`007`) is somebody meaning something else.
 */
const AMOUNT_TEXT = /^(0|[1-9][0-9]*)(?:[.,]([0-9]{1,2}))?$/;

/** Minor units of an amount typed in major units: by grammar, nothing stripped (DESIGN 2). */
export function parseAmountText(text: string): ParsedAmount {
  if (text === "") return { ok: false, problem: "empty" };
  const match = AMOUNT_TEXT.exec(text);
  if (match === null) return { ok: false, problem: "format" };
  const digits = `${match[1] ?? ""}${(match[2] ?? "").padEnd(2, "0")}`;
  // Compared by length first: 30 digits would not survive becoming a number.
  if (digits.length > String(MAX_ISSUE_AMOUNT_MINOR).length) {
    return { ok: false, problem: "too_large" };
  }
  const amount = Number(digits);
  if (amount === 0) return { ok: false, problem: "not_positive" };
  if (amount > MAX_ISSUE_AMOUNT_MINOR) return { ok: false, problem: "too_large" };
  return { ok: true, amount };
}

/** Minor units as a plain decimal, always two places: `15000.00`, `-15000,00` (DESIGN 6, CSV). */
export function amountToDecimal(amount: number, decimalMark: "." | ","): string {
  const { sign, whole, cents } = decimalParts(amount);
  return `${sign}${whole}${decimalMark}${cents}`;
}

/** Minor units as one would type them: `15000` or `15000.50`. parseAmountText reads it back. */
export function amountToInputText(amount: number): string {
  const { sign, whole, cents } = decimalParts(amount);
  return cents === "00" ? `${sign}${whole}` : `${sign}${whole}.${cents}`;
}

/** Both currencies have two decimal places; a third currency without them must come here first. */
function decimalParts(amount: number) {
  const minor = toMinor(amount);
  const digits = String(Math.abs(minor)).padStart(3, "0");
  return { sign: minor < 0 ? "-" : "", whole: digits.slice(0, -2), cents: digits.slice(-2) };
}

/** Throws CurrencyMismatchError, or RangeError when the sum is not a safe integer. */
export function addMoney(a: Money, b: Money): Money {
  if (a.currency !== b.currency) throw new CurrencyMismatchError(a.currency, b.currency);
  return money(a.currency, a.amount + b.amount);
}

/** The same money `times` times over. Throws RangeError when that is not a safe integer. */
export function multiplyMoney(m: Money, times: number): Money {
  return money(m.currency, m.amount * times);
}

export function negate(m: Money): Money {
  return money(m.currency, 0 - m.amount);
}

/**
 * One entry per currency present, in the order of CURRENCIES; an entry that sums to zero stays,
 * because "paid and taken back" is not "never paid". Throws RangeError on overflow (DESIGN 2).
 */
export function sumByCurrency(list: Iterable<Money>): Money[] {
  const sums = new Map<Currency, Money>();
  for (const m of list) {
    sums.set(m.currency, addMoney(sums.get(m.currency) ?? money(m.currency, 0), m));
  }
  return CURRENCIES.flatMap((currency) => sums.get(currency) ?? []);
}
