import { MAX_ID } from "~/domain/choice";
import { isSeverity, type Severity } from "~/domain/severity";
import { triagePath } from "~/http/paths";

/** What the inbox is narrowed to; null means all. */
export type InboxScope = {
  readonly cycleId: number | null;
  readonly severity: Severity | null;
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

/** `?cycle=3&severity=high&issue=12&after=…`. What is unknown or malformed counts as not given. */
export function parseTriageFilter(search: URLSearchParams): TriageFilter {
  const severity = search.get("severity");
  return {
    cycleId: parseId(search.get("cycle")),
    severity: isSeverity(severity) ? severity : null,
    issueId: parseId(search.get("issue")),
    after: parseInboxPlace(search.get("after")),
  };
}

/** The page of Triage that shows this; what is left out or null does not appear in the URL. */
export function triageHref(filter: Partial<TriageFilter>): string {
  return triagePath({
    cycle: filter.cycleId,
    severity: filter.severity,
    issue: filter.issueId,
    after: filter.after && inboxPlaceText(filter.after),
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

function parseId(text: string | null): number | null {
  const id = /^[1-9]\d{0,9}$/.test(text ?? "") ? Number(text) : null;
  return id !== null && id <= MAX_ID ? id : null;
}
