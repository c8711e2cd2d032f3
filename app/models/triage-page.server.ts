import { countIn, inboxCycles } from "~/domain/inbox-counts";
import type { TriageExtras, TriageFilter } from "~/filters/triage-filter";
import { inEveryLanguage } from "~/i18n/ready-note";
import { intakeSuggestion, type IntakeView } from "./intake-suggestion.server";
import { noteTemplates } from "./note-template.server";
import { type SimilarIssue, similarIssues } from "./similar-issues.server";
import {
  decidedSince,
  inboxCounts,
  inboxNeighbours,
  inboxPage,
  WHOLE_INBOX,
} from "./triage.server";
import { type IssueView, issueView } from "./issue.server";

export type TriagePage = Awaited<ReturnType<typeof triagePage>>;

/**
 * Everything that Triage shows an admin. `today` is when the team's day began, for what was decided since; `suggests`
 * whether there are suggestions at all.
 */
export async function triagePage(
  asked: TriageFilter & Partial<TriageExtras>,
  adminId: number,
  today: Date,
  suggests = false,
) {
  const [all, matching, { filter, ...list }, templates] = await Promise.all([
    inboxCounts(),
    asked.q === null ? null : inboxCounts(asked.q),
    inboxList(asked),
    noteTemplates(),
  ]);
  const selectedId = filter.issueId ?? list.issues[0]?.id ?? null;
  const [selected, suggestion] = await Promise.all([
    selection(selectedId, filter, adminId),
    suggests && selectedId !== null ? intakeSuggestion(selectedId) : null,
  ]);
  const total = countIn(all, WHOLE_INBOX);
  return {
    ...list,
    filter,
    templates: templates.map(inEveryLanguage),
    ...selected,
    /** What was stored; nothing is asked or waited for here. */
    suggestion,
    /** What the filters would leave; with a search only what matches it. */
    counts: matching ?? all,
    /** The whole inbox, whatever the filters. */
    total,
    totalCycles: inboxCycles(all).length,
    similar: asked.similar ? await similarTo(selectedId) : null,
    decidedToday: total === 0 ? await decidedSince(today) : null,
  };
}

async function similarTo(issueId: number | null): Promise<readonly SimilarIssue[]> {
  return issueId === null ? [] : similarIssues(issueId);
}

async function selection(issueId: number | null, filter: TriageFilter, adminId: number) {
  if (issueId === null) return { selected: null, previousId: null, nextId: null, missingId: null };
  const [selected, { previousId, nextId }] = await Promise.all([
    filedIssue(issueId, adminId),
    inboxNeighbours(issueId, filter),
  ]);
  /** `missingId`: asked for by number, and not there. */
  return { selected, previousId, nextId, missingId: selected === null ? filter.issueId : null };
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

/** What scripts load ahead of an issue being chosen, so that it is there at once. */
export type IssueAhead = {
  readonly issue: IssueView;
  readonly similar: readonly SimilarIssue[];
  readonly suggestion: IntakeView | null;
};

/** Those of the given numbers that are filed, in any order. */
export async function issuesAhead(
  issueIds: readonly number[],
  adminId: number,
  suggests = false,
): Promise<IssueAhead[]> {
  const found = await Promise.all(
    issueIds.map(async (id) => {
      const [issue, similar, suggestion] = await Promise.all([
        filedIssue(id, adminId),
        similarIssues(id),
        suggests ? intakeSuggestion(id) : null,
      ]);
      return issue ? [{ issue, similar, suggestion }] : [];
    }),
  );
  return found.flat();
}
