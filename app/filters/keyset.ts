import { MAX_ROW_ID } from "~/forms/field-types";

/** A place in a list that is sorted by a date and, among equals, by id: newest first. */
export type Keyset = { readonly at: Date; readonly id: number };

/** As it stands in a URL: milliseconds and id, `1778390400000-42`. */
export function keysetText({ at, id }: Keyset): string {
  return `${at.getTime()}-${id}`;
}

/** Null for what is no such place: the list then starts at its beginning. */
export function parseKeyset(text: string | null): Keyset | null {
  const found = /^(\d{1,15})-([1-9]\d{0,9})$/.exec(text ?? "");
  if (!found) return null;
  const at = parseMilliseconds(found[1] ?? "");
  const id = Number(found[2]);
  return at === null || id > MAX_ROW_ID ? null : { at, id };
}

/** The end of the year 9999: a later date has a sign in ISO 8601, which PostgreSQL does not read. */
const LAST_MILLISECOND = 253_402_300_799_999;

/** The instant that digits in a URL stand for; null beyond what the database can be asked for. */
export function parseMilliseconds(digits: string): Date | null {
  const at = Number(digits);
  return at > LAST_MILLISECOND ? null : new Date(at);
}
