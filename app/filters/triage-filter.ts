import { MAX_ID } from "~/domain/choice";
import { isSeverity, type Severity } from "~/domain/severity";
import { triagePath } from "~/http/paths";

/** What the inbox is narrowed to; null means all. */
export type InboxScope = {
  readonly cycleId: number | null;
  readonly severity: Severity | null;
  /** Searched for in title and text, or the number of an issue. */
  readonly q: string | null;
};

/** A place in the order of the inbox: an issue's, whether or not it is still there. */
export type InboxPlace = {
  readonly severity: Severity;
  readonly filedAt: Date;
  readonly id: number;
};

export type TriageFilter = InboxScope & {
  /** The issue shown beside the list; null: whichever comes first. */
  readonly issueId: number | null;
  /** The list goes on after this place; null: from the top. */
  readonly after: InboxPlace | null;
};

/** What a page of Triage shows besides, until the next link: none is part of any other link. */
export type TriageExtras = {
  /** Similar issues; with scripts they come by themselves. */
  readonly similar: boolean;
  /** The list of keys; with scripts it is a dialog. */
  readonly help: boolean;
  /** The rejection is open, filled in as a duplicate of this issue: nobody has pressed anything yet. */
  readonly duplicate: number | null;
  /** The comment is filled in with what a suggestion misses in the report. */
  readonly lacks: boolean;
};

const LONGEST_SEARCH = 100;

/** `?cycle=3&severity=high&q=refund&issue=12&after=…`. What is unknown or malformed counts as not given. */
export function parseTriageFilter(search: URLSearchParams): TriageFilter {
  const severity = search.get("severity");
  return {
    cycleId: parseId(search.get("cycle")),
    severity: isSeverity(severity) ? severity : null,
    q: parseSearch(search.get("q")),
    issueId: parseId(search.get("issue")),
    after: parseInboxPlace(search.get("after")),
  };
}

export function parseTriageExtras(search: URLSearchParams): TriageExtras {
  return {
    similar: search.has("similar"),
    help: search.has("help"),
    duplicate: parseId(search.get("duplicate")),
    lacks: search.has("lacks"),
  };
}

/** The page of Triage that shows this; what is left out or null does not appear in the URL. */
export function triageHref(filter: Partial<TriageFilter & TriageExtras>): string {
  return triagePath({
    cycle: filter.cycleId,
    severity: filter.severity,
    q: filter.q,
    issue: filter.issueId,
    after: filter.after && inboxPlaceText(filter.after),
    similar: filter.similar ? 1 : null,
    help: filter.help ? 1 : null,
    duplicate: filter.duplicate,
    lacks: filter.lacks ? 1 : null,
  });
}

/** As it stands in a URL and in JSON: severity, milliseconds and id, `high.1778390400000.42`. */
export function inboxPlaceText({ severity, filedAt, id }: InboxPlace): string {
  return `${severity}.${filedAt.getTime()}.${id}`;
}

/** Null for what is no such place. 13 digits reach the year 2286: a later one PostgreSQL may not read. */
export function parseInboxPlace(text: string | null): InboxPlace | null {
  const [, severity, time, id] = /^([a-z]+)\.(\d{1,13})\.(\d+)$/.exec(text ?? "") ?? [];
  const place = { severity, filedAt: new Date(Number(time)), id: parseId(id ?? null) };
  if (!isSeverity(place.severity) || place.id === null) return null;
  return { severity: place.severity, filedAt: place.filedAt, id: place.id };
}

/** Issues loaded ahead in one go. */
export const MOST_AHEAD = 5;

/** `12,13`; what is no number of an issue, or one too many, is left out. */
export function parseIssueIds(text: string | null): number[] {
  const ids = (text ?? "").split(",").flatMap((id) => parseId(id) ?? []);
  return [...new Set(ids)].slice(0, MOST_AHEAD);
}

/** PostgreSQL takes no NUL, and nobody types the others. */
function parseSearch(text: string | null): string | null {
  const plain = (text ?? "").replace(/\p{Cc}+/gu, " ").trim();
  return [...plain].slice(0, LONGEST_SEARCH).join("").trim() || null;
}

function parseId(text: string | null): number | null {
  const id = /^[1-9]\d{0,9}$/.test(text ?? "") ? Number(text) : null;
  return id !== null && id <= MAX_ID ? id : null;
}
