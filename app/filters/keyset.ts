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
  const at = new Date(Number(found[1]));
  const id = Number(found[2]);
  return Number.isNaN(at.getTime()) || id > MAX_ROW_ID ? null : { at, id };
}
