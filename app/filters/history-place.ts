import type { Query } from "~/http/paths";
import { type Keyset, keysetText, parseKeyset } from "./keyset";

/** The page of a history in its URL: `?before=` a line or `?after=` one; anything else is the first page. */
export function historyPlace(query: URLSearchParams): {
  readonly before: Keyset | null;
  readonly after: Keyset | null;
} {
  const before = parseKeyset(query.get("before"));
  return { before, after: before ? null : parseKeyset(query.get("after")) };
}

export const olderHistory = (place: Keyset): Query => ({ before: keysetText(place) });
export const newerHistory = (place: Keyset): Query => ({ after: keysetText(place) });
