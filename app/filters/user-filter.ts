/** The filter of the list of people in its URL; the same object feeds the query, the links and the form. */
import { MAX_ROW_ID } from "~/forms/field-types";
import type { Query } from "~/http/paths";

export const USER_ROLES = ["tester", "admin"] as const;
/** `invited`: neither a password nor an identity at a provider yet, hence never signed in. */
export const USER_STATES = ["active", "invited", "deactivated"] as const;

/** Null: not filtered by. */
export type UserFilter = {
  /** In the name or the e-mail address. */
  readonly q: string | null;
  readonly role: (typeof USER_ROLES)[number] | null;
  readonly state: (typeof USER_STATES)[number] | null;
};

/** Where a page begins: after or before that person in the order of the names. Null: the first page. */
export type UserPlace = { readonly direction: "after" | "before"; readonly id: number } | null;

const LONGEST_SEARCH = 200;

/** What is unknown or not of its kind falls to the default. */
export function readUserFilter(params: URLSearchParams): UserFilter {
  // PostgreSQL stores no NUL, so nothing can be found by one.
  const q = (params.get("q") ?? "").replaceAll("\0", "").trim().slice(0, LONGEST_SEARCH);
  return {
    q: q || null,
    role: USER_ROLES.find((role) => role === params.get("role")) ?? null,
    state: USER_STATES.find((state) => state === params.get("state")) ?? null,
  };
}

export function userFilterQuery(filter: UserFilter): Query {
  return { ...filter };
}

export function readUserPlace(params: URLSearchParams): UserPlace {
  for (const direction of ["after", "before"] as const) {
    const id = params.get(direction) ?? "";
    if (/^[1-9]\d{0,9}$/.test(id) && Number(id) <= MAX_ROW_ID) return { direction, id: Number(id) };
  }
  return null;
}
