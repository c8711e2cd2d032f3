import { isSeverity, type Severity } from "~/domain/severity";
import { MAX_ROW_ID } from "~/forms/field-types";
import type { Query } from "~/http/paths";
import { DEFAULT_ORDER, type IssueOrder } from "./issue-order";
import { keysetText, parseKeyset } from "./keyset";

/**
 * A place in the issue list. Drafts (`filedAt` null) stand before everything that is filed; `lead` is what the list is
 * sorted by before the date: the severity, or the place of the amount (SQL's amount_order).
 */
export type IssuePlace = {
  readonly filedAt: Date | null;
  readonly id: number;
  readonly lead?: Severity | number | null;
};

/** One page of the list: what is older (further down) or newer than a place. Null is the first page. */
export type IssuePage = {
  readonly direction: "older" | "newer";
  readonly place: IssuePlace;
} | null;

const DRAFT = /^draft-([1-9]\d{0,9})$/;

/** `?before=` a place or `?after=` one; what is no place in this order leads to the first page. */
export function readIssuePage(
  params: URLSearchParams,
  order: IssueOrder = DEFAULT_ORDER,
): IssuePage {
  const older = parsePlace(params.get("before"), order);
  if (older) return { direction: "older", place: older };
  const newer = parsePlace(params.get("after"), order);
  return newer && { direction: "newer", place: newer };
}

export const olderThan = (place: IssuePlace): Query => ({ before: placeText(place) });
export const newerThan = (place: IssuePlace): Query => ({ after: placeText(place) });

/** The same page again. */
export function placeQuery(page: IssuePage): Query {
  if (!page) return {};
  return page.direction === "older" ? olderThan(page.place) : newerThan(page.place);
}

function placeText({ filedAt, id, lead }: IssuePlace): string {
  if (filedAt === null) return `draft-${id}`;
  const filed = keysetText({ at: filedAt, id });
  return lead === undefined || lead === null ? filed : `${lead}-${filed}`;
}

function parsePlace(text: string | null, order: IssueOrder): IssuePlace | null {
  const draft = DRAFT.exec(text ?? "");
  if (draft) return Number(draft[1]) > MAX_ROW_ID ? null : { filedAt: null, id: Number(draft[1]) };
  if (order === "newest" || order === "oldest") return filedPlace(text);
  const [, lead = "", rest = ""] = /^([a-z]+|\d{1,15})-(.+)$/.exec(text ?? "") ?? [];
  const place = filedPlace(rest);
  if (order === "severity") return isSeverity(lead) && place ? { ...place, lead } : null;
  return /^\d+$/.test(lead) && place ? { ...place, lead: Number(lead) } : null;
}

function filedPlace(text: string | null): IssuePlace | null {
  const filed = parseKeyset(text);
  return filed && { filedAt: filed.at, id: filed.id };
}
