import { countIn } from "~/domain/inbox-counts";
import type { TriageFilter } from "~/filters/triage-filter";
import {
  decidedSince,
  inboxCounts,
  type InboxNeighbours,
  inboxNeighbours,
  inboxPage,
} from "./triage.server";
import { triageIssue } from "./triage-issue.server";

const NO_NEIGHBOURS: InboxNeighbours = { previousId: null, nextId: null };

/** Everything Triage shows. `today` is when the team's day began, for what was decided since. */
export async function triagePage(filter: TriageFilter, today: Date) {
  const [counts, list] = await Promise.all([inboxCounts(), inboxList(filter)]);
  const selectedId = filter.issueId ?? list.issues[0]?.id ?? null;
  const [selected, neighbours] =
    selectedId === null
      ? [null, NO_NEIGHBOURS]
      : await Promise.all([triageIssue(selectedId), inboxNeighbours(selectedId, filter)]);
  const total = countIn(counts, { cycleId: null, severity: null });
  return {
    ...list,
    counts,
    total,
    selected,
    ...neighbours,
    /** Asked for by number, and not there. */
    missingId: selected === null ? filter.issueId : null,
    decidedToday: total === 0 ? await decidedSince(today) : null,
  };
}

/** A page that lies behind the end, because it was decided away, is the first one. */
async function inboxList(filter: TriageFilter) {
  const list = { ...(await inboxPage(filter, filter.after)), after: filter.after };
  if (list.issues.length > 0 || filter.after === null) return list;
  return { ...(await inboxPage(filter, null)), after: null };
}
