import type { RefCallback } from "react";
import { ButtonLink } from "~/components/Button";
import { ErrorSummary } from "~/components/ErrorSummary";
import { Comments } from "~/components/issues/Comments";
import { IssueHistory } from "~/components/issues/IssueHistory";
import { Screenshots } from "~/components/issues/Screenshots";
import { IssueStatusBadge } from "~/components/IssueStatusBadge";
import { Notice } from "~/components/Notice";
import { PageLink } from "~/components/PageLink";
import { PayoutStatusBadge } from "~/components/PayoutStatusBadge";
import { SeverityBadge } from "~/components/SeverityBadge";
import { When } from "~/components/When";
import type { DecisionAnswer } from "~/forms/decision-form";
import { useT } from "~/i18n/context";
import type { IssueView } from "~/models/issue.server";
import { Decided } from "./Decided";
import { DecisionBar } from "./DecisionBar";

export type IssuePaneProps = {
  issue: IssueView;
  /** A pending issue is not when its cycle is closed. */
  isInInbox: boolean;
  viewerId: number;
  action: string;
  answer: DecisionAnswer | null;
  headingRef: RefCallback<HTMLElement>;
  /** Somebody chose it, rather than it being the first: without scripts the focus goes there. */
  isChosen: boolean;
  links: NeighbourLinks;
};

export type NeighbourLinks = { list: string; previous: string | null; next: string | null };

/** The right pane: one issue, what to do with it, and how it came here. */
export function IssuePane(props: IssuePaneProps) {
  const { issue, isInInbox, viewerId, action, answer } = props;
  const t = useT();
  const isWaiting = issue.status === "open" && issue.payoutStatus === "pending";
  return (
    <section aria-labelledby="issue-title" className="issue card">
      <IssueHead {...props} />
      {answer?.errors.form ? (
        <ErrorSummary errors={answer.errors} title={t("triage.notDone")} />
      ) : null}
      {isWaiting ? (
        <>
          {isInInbox ? null : <Notice>{t("triage.cycleClosed")}</Notice>}
          <DecisionBar
            // A change of the issue starts its forms anew; an answer to them keeps what was typed.
            key={issue.version}
            issue={issue}
            action={action}
            answer={answer}
            isOwn={issue.tester.id === viewerId}
          />
        </>
      ) : (
        <Decided issue={issue} action={action} answer={answer} />
      )}
      {issue.bodyHtml ? (
        // Made by markdownToHtml, which lets no HTML of its writer through.
        <div className="issue-body prose" dangerouslySetInnerHTML={{ __html: issue.bodyHtml }} />
      ) : (
        <p className="meta">{t("issues.description.none")}</p>
      )}
      <Screenshots issue={issue} />
      <Comments issue={issue} isAdmin next={action} />
      {/* That it was filed stands above. */}
      {issue.history.length > 1 ? <IssueHistory entries={issue.history} /> : null}
    </section>
  );
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
      <PageLink to={list} className="issue-back">
        ← {t("triage.back")}
      </PageLink>
      <Neighbour to={previous}>{t("triage.previous")}</Neighbour>
      <Neighbour to={next}>{t("triage.next")}</Neighbour>
    </nav>
  );
}

function Neighbour({ to, children }: { to: string | null; children: string }) {
  if (to) return <ButtonLink to={to}>{children}</ButtonLink>;
  return (
    <span aria-hidden="true" className="btn">
      {children}
    </span>
  );
}
