import { ErrorSummary } from "~/components/ErrorSummary";
import { inboxCycles } from "~/domain/inbox-counts";
import { triageHref } from "~/filters/triage-filter";
import type { DecisionAnswer } from "~/forms/decision-form";
import { useT } from "~/i18n/context";
import type { TriagePage } from "~/models/triage-page.server";
import { InboxFilters } from "./InboxFilters";
import { InboxList } from "./InboxList";
import { InboxZero } from "./InboxZero";
import { IssueMissing } from "./IssueMissing";
import { IssuePane } from "./IssuePane";
import { useFocusOnIssue } from "./use-focus-on-issue";

type Props = {
  page: TriagePage & { viewerId: number };
  /** What became of the last form, if it was not carried out. */
  answer: DecisionAnswer | undefined;
};

/** The list to the left, the chosen issue to the right; on a phone one of them at a time, by the URL. */
export function TriageView({ page, answer }: Props) {
  const t = useT();
  const { counts, filter, issues, missingId, selected, total } = page;
  const { cycleId, severity } = filter;
  const cycles = t("triage.inboxCycles", { count: inboxCycles(counts).length });
  const isChosen = filter.issueId !== null;
  const heading = useFocusOnIssue(selected?.id ?? null, isChosen);
  const inboxZero = issues.length > 0 ? null : <InboxZero decidedToday={page.decidedToday} />;
  return (
    <div className={isChosen ? "triage has-issue" : "triage"}>
      <div className="row header triage-head">
        <h1>{total > 0 ? t("triage.inbox", { count: total, cycles }) : t("triage.zero.title")}</h1>
        {total > 0 ? <InboxFilters counts={counts} scope={{ cycleId, severity }} /> : null}
      </div>
      {answer && answer.issueId !== selected?.id ? (
        <ErrorSummary errors={answer.errors} title={t("triage.notDone")} />
      ) : null}
      {inboxZero && !isChosen ? (
        <div ref={heading} tabIndex={-1}>
          {inboxZero}
        </div>
      ) : (
        <div className="panes">
          <div className="list-pane">
            {inboxZero ?? (
              <InboxList {...page} selectedId={selected?.id ?? null} viewerId={page.viewerId} />
            )}
          </div>
          <div className="issue-pane">
            {missingId === null ? null : (
              <IssueMissing id={missingId} list={triageHref({ ...filter, issueId: null })} />
            )}
            {selected ? (
              <IssuePane
                key={selected.id}
                issue={selected}
                isInInbox={counts.some((count) => count.cycleId === selected.cycle.id)}
                viewerId={page.viewerId}
                action={triageHref({ ...filter, issueId: selected.id })}
                answer={answer?.issueId === selected.id ? answer : null}
                headingRef={heading}
                isChosen={isChosen && !answer}
                links={neighbourLinks(page)}
              />
            ) : null}
          </div>
        </div>
      )}
    </div>
  );
}

/** Going on past either end of the list's page takes the list along. */
function neighbourLinks({ filter, issues, next, selected, previousId, nextId }: TriagePage) {
  const isFirst = issues[0]?.id === selected?.id;
  const isLast = issues.at(-1)?.id === selected?.id;
  const to = (issueId: number | null, after: typeof next) =>
    issueId === null ? null : triageHref({ ...filter, issueId, after });
  return {
    list: triageHref({ ...filter, issueId: null }),
    previous: to(previousId, isFirst ? null : filter.after),
    next: to(nextId, isLast && next ? next : filter.after),
  };
}
