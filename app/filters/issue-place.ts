import { MAX_ROW_ID } from "~/forms/field-types";
import type { Query } from "~/http/paths";
import { keysetText, parseKeyset } from "./keyset";

/** A place in the issue list: newest first, and drafts (`filedAt` null) before everything that is filed. */
export type IssuePlace = { readonly filedAt: Date | null; readonly id: number };

/** One page of the list: what is older or newer than a place. Null is the first page. */
export type IssuePage = {
  readonly direction: "older" | "newer";
  readonly place: IssuePlace;
} | null;

const DRAFT = /^draft-([1-9]\d{0,9})$/;

/** `?before=` a place or `?after=` one; what is no place leads to the first page. */
export function readIssuePage(params: URLSearchParams): IssuePage {
  const older = parsePlace(params.get("before"));
  if (older) return { direction: "older", place: older };
  const newer = parsePlace(params.get("after"));
  return newer && { direction: "newer", place: newer };
}

export const olderThan = (place: IssuePlace): Query => ({ before: placeText(place) });
export const newerThan = (place: IssuePlace): Query => ({ after: placeText(place) });

/** The same page again. */
export function placeQuery(page: IssuePage): Query {
  if (!page) return {};
  return page.direction === "older" ? olderThan(page.place) : newerThan(page.place);
}

function placeText({ filedAt, id }: IssuePlace): string {
  return filedAt ? keysetText({ at: filedAt, id }) : `draft-${id}`;
}

function parsePlace(text: string | null): IssuePlace | null {
  const draft = DRAFT.exec(text ?? "");
  if (draft) return Number(draft[1]) > MAX_ROW_ID ? null : { filedAt: null, id: Number(draft[1]) };
  const filed = parseKeyset(text);
  return filed && { filedAt: filed.at, id: filed.id };
}
