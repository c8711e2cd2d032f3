import { MAX_ROW_ID } from "~/forms/field-types";

/** The id of a row in the address; null for anything else. */
export function parseRowId(text: string | null): number | null {
  if (text === null || !/^[1-9]\d{0,9}$/.test(text)) return null;
  const id = Number(text);
  return id <= MAX_ROW_ID ? id : null;
}
