/** The filter of the audit page in its URL; the same object feeds the list, its links, the form and the CSV. */
import { isIsoDate, type IsoDate } from "~/domain/team-date";
import { MAX_ROW_ID } from "~/forms/field-types";
import { typedDate } from "~/forms/transfer-details";
import type { Query } from "~/http/paths";
import { parseMilliseconds } from "./keyset";

/** What sort of act. */
export const AUDIT_GROUPS = [
  ...(["sign_in", "account", "view_as", "decision", "batch", "reversal", "export"] as const),
  "settings",
] as const;
export type AuditGroup = (typeof AUDIT_GROUPS)[number];

/** Null: not filtered by. */
export type AuditFilter = {
  /** Who did it, or to whom it was done. */
  readonly person: number | null;
  readonly group: AuditGroup | null;
  /** Both inclusive, in the team's time zone. */
  readonly from: IsoDate | null;
  readonly to: IsoDate | null;
};

/** A place in the list, newest first: the last row before it. Of rows of one instant the source and then the id decide. */
export type AuditPlace = { readonly at: Date; readonly source: number; readonly id: number };

/** What is unknown or not of its kind falls to the default. */
export function readAuditFilter(params: URLSearchParams): AuditFilter {
  const person = params.get("person") ?? "";
  return {
    person: /^[1-9]\d{0,9}$/.test(person) && Number(person) <= MAX_ROW_ID ? Number(person) : null,
    group: AUDIT_GROUPS.find((group) => group === params.get("group")) ?? null,
    from: date(params.get("from")),
    to: date(params.get("to")),
  };
}

function date(text: string | null): IsoDate | null {
  const typed = typedDate(text ?? "");
  return isIsoDate(typed) ? typed : null;
}

export function auditFilterQuery(filter: AuditFilter): Query {
  return { ...filter };
}

export function auditPlaceText({ at, source, id }: AuditPlace): string {
  return `${at.getTime()}-${source}-${id}`;
}

/** Null for what is no such place: the list then starts at its beginning. */
export function readAuditPlace(text: string | null): AuditPlace | null {
  const found = /^(\d{1,15})-(\d)-([1-9]\d{0,9})$/.exec(text ?? "");
  if (!found) return null;
  const at = parseMilliseconds(found[1] ?? "");
  const id = Number(found[3]);
  return at === null || id > MAX_ROW_ID ? null : { at, source: Number(found[2]), id };
}
