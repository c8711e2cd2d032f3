import { countIn } from "~/domain/inbox-counts";
import type { TriageFilter } from "~/filters/triage-filter";
import {
  decidedSince,
  inboxCounts,
  inboxNeighbours,
  inboxPage,
  NO_NEIGHBOURS,
  WHOLE_INBOX,
} from "./triage.server";
import { type IssueView, issueView } from "./issue.server";

export type TriagePage = Awaited<ReturnType<typeof triagePage>>;

/** Everything that Triage shows an admin. `today` is when the team's day began, for what was decided since. */
export async function triagePage(asked: TriageFilter, adminId: number, today: Date) {
  const [counts, { filter, ...list }] = await Promise.all([inboxCounts(), inboxList(asked)]);
  const selectedId = filter.issueId ?? list.issues[0]?.id ?? null;
  const [selected, { previousId, nextId }] =
    selectedId === null
      ? [null, NO_NEIGHBOURS]
      : await Promise.all([filedIssue(selectedId, adminId), inboxNeighbours(selectedId, filter)]);
  const total = countIn(counts, WHOLE_INBOX);
  return {
    ...list,
    filter,
    counts,
    total,
    selected,
    previousId,
    nextId,
    /** Asked for by number, and not there. */
    missingId: selected === null ? filter.issueId : null,
    decidedToday: total === 0 ? await decidedSince(today) : null,
  };
}

/** Null when there is none of that number; a draft is not filed yet, not even one's own. */
async function filedIssue(issueId: number, adminId: number): Promise<IssueView | null> {
  const issue = await issueView(issueId, { id: adminId, role: "admin" });
  return issue?.status === "draft" ? null : issue;
}

/** A page that lies behind the end, because it was decided away, is the first one. */
async function inboxList(filter: TriageFilter) {
  const list = await inboxPage(filter, filter.after);
  if (list.issues.length > 0 || filter.after === null) return { ...list, filter };
  return { ...(await inboxPage(filter, null)), filter: { ...filter, after: null } };
}
