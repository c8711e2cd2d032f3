import type { RefCallback } from "react";
import { ButtonLink } from "~/components/Button";
import { ErrorSummary } from "~/components/ErrorSummary";
import { Comments } from "~/components/issues/Comments";
import { IssueHistory } from "~/components/issues/IssueHistory";
import { Screenshots } from "~/components/issues/Screenshots";
import { IssueStatusBadge } from "~/components/IssueStatusBadge";
import { Kbd, useKeyOf } from "~/components/Kbd";
import { Notice } from "~/components/Notice";
import { PageLink } from "~/components/PageLink";
import { IntakeSuggestion, type SuggestionLinks } from "~/components/suggestions/IntakeSuggestion";
import { useLacksComment } from "~/components/suggestions/lacks-comment";
import { PayoutStatusBadge } from "~/components/PayoutStatusBadge";
import { SeverityBadge } from "~/components/SeverityBadge";
import { When } from "~/components/When";
import { useT } from "~/i18n/context";
import type { DecisionAnswer } from "~/forms/decision-form";
import type { IntakeView } from "~/models/intake-suggestion.server";
import type { TriagePage } from "~/models/triage-page.server";
import { Decided } from "./Decided";
import { DecisionBar } from "./DecisionBar";
import type { DecisionProps } from "./DecisionForms";
import { type Similar, SimilarList } from "./SimilarIssues";

export type IssuePaneProps = DecisionProps & {
  viewerId: number;
  templates: TriagePage["templates"];
  similar: Similar;
  similarHref: string;
  /** Null where there are none at all. */
  suggestion: IntakeView | null;
  suggestionLinks: SuggestionLinks;
  /** The original that the rejection is to be filled in with. */
  duplicate: number | null;
  /** The comment is to be filled in with what the report lacks. */
  asksLacks: boolean;
  headingRef: RefCallback<HTMLElement>;
  /** Somebody chose it, rather than it being the first: without scripts the focus goes there. */
  isChosen: boolean;
  links: NeighbourLinks;
};

export type NeighbourLinks = { list: string; previous: string | null; next: string | null };

/** The right pane: one issue, what to do with it, and how it came here. */
export function IssuePane(props: IssuePaneProps) {
  const { issue, viewerId, action, onDecide, templates, similar, similarHref } = props;
  const { suggestion, duplicate } = props;
  const t = useT();
  const isWaiting = issue.status === "open" && issue.payoutStatus === "pending";
  const answer = props.answer ?? filledIn(issue.id, duplicate);
  const draft = useLacksComment(props.asksLacks ? suggestion : null);
  return (
    <section aria-labelledby="issue-title" className="issue card">
      <IssueHead {...props} />
      {answer?.errors.form ? (
        <ErrorSummary errors={answer.errors} title={t("triage.notDone")} />
      ) : null}
      {isWaiting ? (
        <>
          {issue.cycle.isOpen ? null : <Notice>{t("triage.cycleClosed")}</Notice>}
          <DecisionBar
            // A change of the issue starts its forms anew; an answer to them keeps what was typed.
            key={`${issue.version} ${duplicate}`}
            issue={issue}
            action={action}
            answer={answer}
            onDecide={onDecide}
            templates={templates}
            similar={similar}
            similarHref={similarHref}
            isOwn={issue.tester.id === viewerId}
          />
        </>
      ) : (
        <Decided issue={issue} action={action} answer={answer} />
      )}
      {suggestion && isWaiting ? (
        <IntakeSuggestion
          issue={issue}
          view={suggestion}
          action={action}
          links={props.suggestionLinks}
          mayPrice={issue.tester.id !== viewerId}
          mayReject
        />
      ) : null}
      {issue.bodyHtml ? (
        // Made by markdownToHtml, which lets no HTML of its writer through.
        <div className="issue-body prose" dangerouslySetInnerHTML={{ __html: issue.bodyHtml }} />
      ) : (
        <p className="meta">{t("issues.description.none")}</p>
      )}
      <Screenshots issue={issue} />
      {isWaiting ? <SimilarList similar={similar} similarHref={similarHref} /> : null}
      <Comments issue={issue} isAdmin next={action} draft={draft} />
      {/* That it was filed stands above. */}
      {issue.history.length > 1 ? <IssueHistory entries={issue.history} /> : null}
    </section>
  );
}

/** The rejection as if it had come back: open, filled in, and nothing said against it. */
function filledIn(issueId: number, original: number | null): DecisionAnswer | null {
  if (original === null) return null;
  const values = { reason: "duplicate", duplicateOf: `#${original}` };
  return { panel: "reject", issueId, errors: {}, values };
}

function IssueHead({ issue, headingRef, isChosen, links }: IssuePaneProps) {
  const t = useT();
  return (
    <div>
      <div className="row header issue-head">
        <p className="row meta">
          <span>{t("triage.number", { id: String(issue.id) })}</span>
          <SeverityBadge severity={issue.severity} />
          <IssueStatusBadge status={issue.status} />
          <PayoutStatusBadge status={issue.payoutStatus} />
        </p>
        <Neighbours {...links} />
      </div>
      <h2 id="issue-title" ref={headingRef} tabIndex={-1} autoFocus={isChosen}>
        {issue.title}
      </h2>
      <p className="meta">
        {t.rich("triage.filedBy", {
          name: issue.tester.name,
          when: issue.filedAt ? <When value={issue.filedAt} as="dateTime" /> : null,
        })}
        {" · "}
        {issue.cycle.name}
      </p>
    </div>
  );
}

function Neighbours({ list, previous, next }: NeighbourLinks) {
  const t = useT();
  return (
    <nav aria-label={t("triage.neighbours")} className="issue-links">
      <PageLink to={list} className="issue-back" {...useKeyOf("Escape")}>
        ← {t("triage.back")}
      </PageLink>
      <Neighbour to={previous} kbd="k">
        {t("triage.previous")}
      </Neighbour>
      <Neighbour to={next} kbd="j">
        {t("triage.next")}
      </Neighbour>
    </nav>
  );
}

function Neighbour({ to, kbd, children }: { to: string | null; kbd: string; children: string }) {
  if (to) {
    return (
      <ButtonLink to={to} kbd={kbd} preventScrollReset>
        {children}
      </ButtonLink>
    );
  }
  return (
    <span aria-hidden="true" className="btn">
      {children}
      <Kbd>{kbd}</Kbd>
    </span>
  );
}
