import { MAX_ROW_ID } from "~/forms/field-types";
import { notFound } from "./errors.server";

/** The id in a URL such as /app/issues/:id. Throws 404 for what can be no id. */
export function rowIdParameter(text: string | undefined): number {
  const id = /^[1-9]\d{0,9}$/.test(text ?? "") ? Number(text) : 0;
  if (id === 0 || id > MAX_ROW_ID) throw notFound();
  return id;
}
