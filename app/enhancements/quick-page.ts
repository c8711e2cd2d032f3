import type { TriageData } from "~/components/triage/TriageView";
import type { InboxIssue } from "~/models/triage.server";
import type { DeskState } from "./triage-desk";

export type QuickPage = { readonly page: TriageData; readonly coming: InboxIssue | null };

/**
 * The page as it will be: without the issues that were just decided, and with the issue that is on its way. Only what
 * was loaded is ever shown as whole. `going`: the issue that a navigation within the same filters leads to.
 */
export function quickPage(loaded: TriageData, desk: DeskState, going: number | null): QuickPage {
  const isDecided = (row: InboxIssue) => desk.decided.get(row.id) === row.version;
  const issues = loaded.issues.filter((row) => !isDecided(row));
  const gone = loaded.issues.filter(isDecided);
  const shownId = going ?? loaded.selected?.id ?? null;
  const row = issues.find(({ id }) => id === shownId) ?? null;
  const isLoaded = shownId === (loaded.selected?.id ?? null);
  const ahead = shownId === null ? undefined : desk.ahead.get(shownId);
  const known = ahead && (!row || row.version <= ahead.issue.version) ? ahead : undefined;
  const selected = isLoaded ? loaded.selected : (known?.issue ?? null);
  return {
    page: {
      ...loaded,
      issues,
      selected,
      ...neighbours(loaded, issues, { shownId, isLoaded, isGone: (id) => desk.decided.has(id) }),
      filter: { ...loaded.filter, issueId: going ?? loaded.filter.issueId },
      counts: loaded.counts.map((count) => ({
        ...count,
        issues:
          count.issues -
          gone.filter((one) => one.cycle.id === count.cycleId && one.severity === count.severity)
            .length,
      })),
      total: loaded.total - gone.length,
      missingId: isLoaded ? loaded.missingId : null,
      ...asked(loaded, isLoaded),
      suggestion: isLoaded ? loaded.suggestion : (known?.suggestion ?? null),
      similar: known?.similar ?? (isLoaded ? loaded.similar : null),
    },
    coming: isLoaded || selected ? null : row,
  };
}

/** What the address asked for is about the issue that it was loaded with. */
function asked({ duplicate, asksLacks }: TriageData, isLoaded: boolean) {
  return isLoaded ? { duplicate, asksLacks } : { duplicate: null, asksLacks: false };
}

type Around = {
  readonly shownId: number | null;
  /** It is the one that the server chose the neighbours of. */
  readonly isLoaded: boolean;
  readonly isGone: (issueId: number) => boolean;
};

function neighbours(loaded: TriageData, issues: readonly InboxIssue[], around: Around) {
  const { shownId, isLoaded, isGone } = around;
  const place = issues.findIndex(({ id }) => id === shownId);
  const told = (id: number | null) => (isLoaded && id !== null && !isGone(id) ? id : null);
  const inList = (index: number) => (place === -1 ? null : (issues[index]?.id ?? null));
  return {
    previousId: inList(place - 1) ?? told(loaded.previousId),
    nextId: inList(place + 1) ?? told(loaded.nextId),
  };
}

/** The issues to load ahead: the one shown, for what is similar to it, those after it, and the one before. */
export function wantedAhead({ page }: QuickPage, desk: DeskState): number[] {
  const place = page.issues.findIndex(({ id }) => id === page.selected?.id);
  const around = [
    ...page.issues.slice(place + 1, place + 4),
    ...page.issues.slice(Math.max(0, place - 1), place),
  ];
  const ids = [page.selected?.id, ...around.map(({ id }) => id)];
  const isNew = (row: InboxIssue | undefined, version: number) => row && row.version > version;
  return ids.flatMap((id) => {
    if (id === undefined) return [];
    const known = desk.ahead.get(id);
    const row = page.issues.find((issue) => issue.id === id);
    return known && !isNew(row, known.issue.version) ? [] : [id];
  });
}
