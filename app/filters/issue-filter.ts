/** The filter of the issue list in its URL: the same object feeds the query, the links, the form and the CSV. */
import { isIssueStatus, type IssueStatus } from "~/domain/issue-status";
import { isPayoutStatus, type PayoutStatus } from "~/domain/payout-status";
import { isSeverity, type Severity } from "~/domain/severity";
import { isIsoDate, type IsoDate } from "~/domain/team-date";
import { MAX_ROW_ID } from "~/forms/field-types";
import { typedDate } from "~/forms/transfer-details";
import type { Query } from "~/http/paths";

/** Null is the default everywhere: not filtered by. */
export type IssueFilter = {
  /** In the title, the text, or as the number of an issue ("#12"). */
  readonly q: string | null;
  readonly cycle: number | null;
  readonly severity: Severity | null;
  readonly status: IssueStatus | null;
  readonly payoutStatus: PayoutStatus | null;
  /** Only for admins: testers see nobody else's. */
  readonly tester: number | null;
  /** Filed on these dates, inclusive, in the team's time zone. */
  readonly from: IsoDate | null;
  readonly to: IsoDate | null;
};

export type IssueFilterName = keyof IssueFilter;

export const NO_FILTER: IssueFilter = {
  q: null,
  cycle: null,
  severity: null,
  status: null,
  payoutStatus: null,
  tester: null,
  from: null,
  to: null,
};

/** In the order in which the page lists them. */
export const ISSUE_FILTER_NAMES = Object.keys(NO_FILTER) as readonly IssueFilterName[];

/** Longer is no search any more, only work for the database. */
const LONGEST_SEARCH = 200;

/** What is unknown or not of its kind falls to the default. */
export function readIssueFilter(params: URLSearchParams): IssueFilter {
  return {
    q: searchText(params.get("q")),
    cycle: rowId(params.get("cycle")),
    severity: known(params.get("severity"), isSeverity),
    status: known(params.get("status"), isIssueStatus),
    payoutStatus: known(params.get("payoutStatus"), isPayoutStatus),
    tester: rowId(params.get("tester")),
    from: date(params.get("from")),
    to: date(params.get("to")),
  };
}

/** For issuesPath() and issuesCsvPath(); they leave out what is null. */
export function issueFilterQuery(filter: IssueFilter): Query {
  return { ...filter };
}

export function activeFilters(filter: IssueFilter): IssueFilterName[] {
  return ISSUE_FILTER_NAMES.filter((name) => filter[name] !== null);
}

export function withoutFilter(filter: IssueFilter, name: IssueFilterName): IssueFilter {
  return { ...filter, [name]: null };
}

function known<T>(text: string | null, isKnown: (x: unknown) => x is T): T | null {
  return isKnown(text) ? text : null;
}

function rowId(text: string | null): number | null {
  if (text === null || !/^[1-9]\d{0,9}$/.test(text)) return null;
  return Number(text) <= MAX_ROW_ID ? Number(text) : null;
}

function date(text: string | null): IsoDate | null {
  const typed = typedDate(text ?? "");
  return isIsoDate(typed) ? typed : null;
}

/** Control characters separate words at most; PostgreSQL would refuse some of them. */
function searchText(text: string | null): string | null {
  const words = (text ?? "").replace(/\p{Cc}+/gu, " ").trim();
  return [...words].slice(0, LONGEST_SEARCH).join("") || null;
}
