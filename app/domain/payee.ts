/** Where a tester's wages are sent: what may be written there, and how it is stored (DESIGN 5). */

import { PAYEE_CHANGE_WATCH_DAYS } from "./batch-warning";
import { dateInZone, daysBetween, type IsoDate } from "./team-date";

/** As stored: null is "not given". */
export type PayeeDetails = {
  /** The full name as the bank knows it. */
  readonly payeeName: string | null;
  /** +7 and ten digits. */
  readonly kaspiPhone: string | null;
  /** Twenty characters, without spaces. */
  readonly iban: string | null;
};

export const PAYEE_FIELDS = ["payeeName", "kaspiPhone", "iban"] as const;

/** What banks' forms take; also the limit of the database (payee_name_is_clean). */
export const MAX_PAYEE_NAME_LENGTH = 100;

/** Also invisible ones: two names that look the same must be. */
const CONTROL_CHARACTERS = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

export function problemWithPayeeName(name: string): null | "too_long" | "control_characters" {
  if ([...name].length > MAX_PAYEE_NAME_LENGTH) return "too_long";
  return CONTROL_CHARACTERS.test(name) ? "control_characters" : null;
}

/** What people put between the digits: spaces of any width, hyphens and dashes, dots, brackets. */
const BETWEEN_DIGITS = /[\s\-‐‑‒–—.()]/gu;

/**
 * A Kaspi phone as stored, +77015550100, of `8 701 555 01 00`, `+7 (701) 555-01-00` or `701 555 01 00`; null for what
 * is no such number. Kazakhstan's own numbers begin with 7 after the country's code, and Kaspi serves only those.
 */
export function parseKaspiPhone(text: string): string | null {
  const found = /^(?:\+7|8|7)?(7[0-9]{9})$/.exec(text.replace(BETWEEN_DIGITS, ""));
  return found ? `+7${found[1]}` : null;
}

/** `+7 701 555 01 00`, as people read it out. */
export function phoneInGroups(phone: string): string {
  return phone.replace(/^(\+7)(\d{3})(\d{3})(\d{2})(\d{2})$/, "$1 $2 $3 $4 $5");
}

export type ParsedIban =
  | { readonly ok: true; readonly iban: string }
  | { readonly ok: false; readonly problem: "format" | "check_digits" };

/** KZ, two check digits, three digits of the bank, 13 letters or digits of the account. */
const KZ_IBAN = /^KZ[0-9]{5}[A-Z0-9]{13}$/;

/** An IBAN of Kazakhstan, in groups or not, in small letters or not; its check digits must fit (ISO 13616). */
export function parseKzIban(text: string): ParsedIban {
  const iban = text.replace(/[\s-]/gu, "").replace(/[a-z]/g, (letter) => letter.toUpperCase());
  if (!KZ_IBAN.test(iban)) return { ok: false, problem: "format" };
  return remainderBy97(iban) === 1 ? { ok: true, iban } : { ok: false, problem: "check_digits" };
}

/** The first four characters go to the end, letters count as 10 to 35. */
function remainderBy97(iban: string): number {
  const moved = iban.slice(4) + iban.slice(0, 4);
  const digits = [...moved].map((character) => parseInt(character, 36)).join("");
  return [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0);
}

/** `KZ86 125K ZT50 0410 0100`, as it stands on paper. */
export function ibanInGroups(iban: string): string {
  return iban.replace(/(.{4})(?=.)/g, "$1 ");
}

/**
 * Whether the next payer should be told of a change: it is as fresh as the warning of a batch watches for, or nobody
 * has been paid there since. Days are those of the team's `zone`.
 */
export function isPayeeNews(
  changedAt: Date | null,
  lastPaidOn: IsoDate | null,
  now: Date,
  zone: string,
): changedAt is Date {
  if (changedAt === null) return false;
  const changedOn = dateInZone(changedAt, zone);
  const isFresh = daysBetween(changedOn, dateInZone(now, zone)) <= PAYEE_CHANGE_WATCH_DAYS;
  return isFresh || (lastPaidOn !== null && changedOn >= lastPaidOn);
}

export function isSamePayee(a: PayeeDetails, b: PayeeDetails): boolean {
  return PAYEE_FIELDS.every((field) => a[field] === b[field]);
}
