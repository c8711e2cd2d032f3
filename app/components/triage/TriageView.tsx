import { ErrorSummary } from "~/components/ErrorSummary";
import { type TriageFilter, triageHref } from "~/filters/triage-filter";
import type { DecisionAnswer } from "~/forms/decision-form";
import type { BulkAnswer } from "~/http/bulk-triage-post.server";
import { useT } from "~/i18n/context";
import type { TriagePage } from "~/models/triage-page.server";
import { BulkForm } from "./BulkForm";
import { BulkResult } from "./BulkResult";
import { DecisionNotice, FailedDecisions } from "./DecisionNotice";
import { InboxFilters } from "./InboxFilters";
import { InboxList } from "./InboxList";
import { InboxZero } from "./InboxZero";
import { IssueComing } from "./IssueComing";
import { IssueMissing } from "./IssueMissing";
import { IssuePane } from "./IssuePane";
import { KeyHelp } from "./KeyHelp";
import type { Quick } from "./quick";
import { useFocusOnIssue } from "./use-focus-on-issue";

export type TriageData = TriagePage & {
  viewerId: number;
  /** The list of keys is asked for by the URL, as are similar issues. */
  help: boolean;
  asksSimilar: boolean;
  /** As the address asks: the rejection filled in, the comment filled in. */
  duplicate: number | null;
  asksLacks: boolean;
  /** For the bulk form. */
  decisionKey: string;
};

type Props = {
  page: TriageData;
  /** What became of the last form, if it was not carried out. */
  answer: DecisionAnswer | undefined;
  bulk: BulkAnswer | undefined;
  /** What scripts add. */
  quick?: Quick;
};

/** The list to the left, the chosen issue to the right; on a phone one of them at a time, by the URL. */
export function TriageView({ page, answer, bulk, quick }: Props) {
  const { filter, issues, selected } = page;
  const isChosen = filter.issueId !== null;
  const shown = selected ?? quick?.coming ?? null;
  const heading = useFocusOnIssue(shown?.id ?? null, { isChosen, isWhole: selected !== null });
  const inboxZero = issues.length > 0 ? null : <InboxZero decidedToday={page.decidedToday} />;
  return (
    <div className={isChosen ? "triage has-issue" : "triage"}>
      <TriageHead page={page} />
      <div className="triage-notice">
        <DecisionNotice quick={quick} filter={filter} nowShown={shown?.title ?? null} />
        <KeyHelp
          isOpen={page.help}
          href={triageHref({ ...filter, help: true })}
          action={triageHref(filter)}
        />
      </div>
      <FailedDecisions quick={quick} filter={filter} />
      {answer && answer.issueId !== shown?.id ? <NotDone answer={answer} /> : null}
      <BulkResult outcomes={bulk?.outcomes ?? []} filter={filter} />
      {inboxZero && !isChosen ? (
        <div ref={heading} tabIndex={-1}>
          {inboxZero}
        </div>
      ) : (
        <div className="panes">
          <div className="list-pane">
            {inboxZero ?? (
              <>
                <InboxList
                  {...page}
                  selectedId={shown?.id ?? null}
                  viewerId={page.viewerId}
                  ticked={bulk?.rows ?? []}
                />
                <BulkForm
                  action={triageHref(filter)}
                  answer={bulk}
                  decisionKey={page.decisionKey}
                />
              </>
            )}
          </div>
          <div className="issue-pane">
            <RightPane {...{ page, answer, quick, heading }} />
          </div>
        </div>
      )}
    </div>
  );
}

type RightProps = Omit<Props, "bulk"> & { heading: ReturnType<typeof useFocusOnIssue> };

function RightPane({ page, answer, quick, heading }: RightProps) {
  const { filter, missingId, selected } = page;
  if (missingId !== null)
    return <IssueMissing id={missingId} list={triageHref({ ...filter, issueId: null })} />;
  if (quick?.coming) return <IssueComing issue={quick.coming} headingRef={heading} />;
  if (!selected) return null;
  const here: Partial<TriageFilter> = { ...filter, issueId: selected.id };
  return (
    <IssuePane
      key={selected.id}
      issue={selected}
      viewerId={page.viewerId}
      action={triageHref(here)}
      answer={answer?.issueId === selected.id ? answer : null}
      duplicate={answer ? null : page.duplicate}
      suggestion={page.suggestion}
      asksLacks={page.asksLacks}
      suggestionLinks={{
        duplicate: (original) => triageHref({ ...here, similar: true, duplicate: original }),
        lacks: triageHref({ ...here, lacks: true }),
      }}
      onDecide={quick?.onDecide}
      templates={page.templates}
      similar={{ issues: page.similar, asked: page.asksSimilar }}
      similarHref={triageHref({ ...here, similar: true })}
      headingRef={heading}
      isChosen={filter.issueId !== null && !answer}
      links={neighbourLinks(page)}
    />
  );
}

function TriageHead({ page }: Pick<Props, "page">) {
  const t = useT();
  const { counts, filter, total, totalCycles } = page;
  const { cycleId, severity, q } = filter;
  const cycles = t("triage.inboxCycles", { count: totalCycles });
  return (
    <div className="row header triage-head">
      <h1>{total > 0 ? t("triage.inbox", { count: total, cycles }) : t("triage.zero.title")}</h1>
      {total > 0 ? <InboxFilters counts={counts} scope={{ cycleId, severity, q }} /> : null}
    </div>
  );
}

/** About an issue that is not the one shown. */
function NotDone({ answer }: { answer: DecisionAnswer }) {
  return <ErrorSummary errors={answer.errors} title={useT()("triage.notDone")} />;
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
