import { isIsoDate, type IsoDate } from "~/domain/team-date";
import { MAX_ROW_ID } from "~/forms/field-types";

/** A place in a list of payments: by paid-on date and, among equals, by id. */
export type LedgerPlace = { readonly paidOn: IsoDate; readonly id: number };

/** As it stands in a URL: `2026-05-10.42`. */
export function ledgerPlaceText({ paidOn, id }: LedgerPlace): string {
  return `${paidOn}.${id}`;
}

/** Null for what is no such place: the list then starts at its beginning. */
export function parseLedgerPlace(text: string | null): LedgerPlace | null {
  const [paidOn = "", id = "", rest] = (text ?? "").split(".");
  if (rest !== undefined || !isIsoDate(paidOn) || !/^[1-9]\d{0,9}$/.test(id)) return null;
  return Number(id) > MAX_ROW_ID ? null : { paidOn, id: Number(id) };
}
