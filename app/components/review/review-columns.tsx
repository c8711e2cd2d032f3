import { CheckboxRow } from "~/components/CheckboxRow";
import { IssueStatusBadge } from "~/components/IssueStatusBadge";
import { Money } from "~/components/Money";
import { PageLink } from "~/components/PageLink";
import { SeverityBadge } from "~/components/SeverityBadge";
import type { Column } from "~/components/Table";
import { When } from "~/components/When";
import { type ReviewChoice, reviewChoiceText } from "~/domain/review-choice";
import { type ReviewFilter, reviewFilterQuery } from "~/filters/review-filter";
import { issuePath, reviewPath } from "~/http/paths";
import type { ReviewAnswer } from "~/http/review-post.server";
import { useT } from "~/i18n/context";
import type { ReviewIssue } from "~/models/review.server";
import { AmountBox } from "./AmountBox";

type Shown = {
  filter: ReviewFilter;
  viewerId: number;
  allTicked: boolean;
  answer: ReviewAnswer | undefined;
};

/** Nobody approves their own issues (DESIGN 3). */
export const isPickable = (issue: ReviewIssue, viewerId: number) => issue.tester.id !== viewerId;

export const choiceOf = ({ id, version, currency, suggested }: ReviewIssue): ReviewChoice => ({
  issueId: id,
  version,
  currency,
  expected: suggested,
});

export function useReviewColumns(shown: Shown): readonly Column<ReviewIssue>[] {
  const t = useT();
  return [
    {
      label: t("review.pick"),
      labelHidden: true,
      phone: "check",
      cell: (issue) => <Pick issue={issue} {...shown} />,
    },
    {
      label: t("payouts.issue"),
      phone: "title",
      cell: (issue) => (
        <>
          <PageLink to={issuePath(issue.id)}>{`#${issue.id}`}</PageLink> {issue.title}
        </>
      ),
    },
    {
      label: t("payouts.severity"),
      phone: "tag",
      cell: (issue) => <SeverityBadge severity={issue.severity} />,
    },
    {
      label: t("payouts.status"),
      phone: "tag",
      cell: (issue) => <IssueStatusBadge status={issue.status} />,
    },
    {
      label: t("payouts.tester"),
      phone: "inline",
      cell: ({ tester }) => (
        <PageLink to={reviewPath({ ...reviewFilterQuery(shown.filter), tester: tester.id })}>
          {tester.name}
        </PageLink>
      ),
    },
    { label: t("payouts.cycle"), phone: "inline", cell: (issue) => issue.cycle.name },
    {
      label: t("payouts.filed"),
      phone: "inline",
      cell: (issue) => <When value={issue.filedAt} as="day" />,
    },
    {
      label: t("review.amount"),
      numeric: true,
      phone: "figure",
      cell: (issue) => <Amount issue={issue} {...shown} />,
    },
  ];
}

function Pick({ issue, viewerId, allTicked, answer }: Shown & { issue: ReviewIssue }) {
  const t = useT();
  if (!isPickable(issue, viewerId)) return null;
  const choice = reviewChoiceText(choiceOf(issue));
  return (
    <CheckboxRow
      // Another version or suggestion is another choice: its box begins anew, ticked as it was.
      key={choice}
      name="pick"
      value={choice}
      defaultChecked={answer ? answer.kept.picked.includes(issue.id) : allTicked}
      label={t("review.pickOf", { id: String(issue.id) })}
      labelHidden
    />
  );
}

function Amount({ issue, viewerId, answer }: Shown & { issue: ReviewIssue }) {
  const t = useT();
  if (isPickable(issue, viewerId)) return <AmountBox choice={choiceOf(issue)} answer={answer} />;
  return (
    <>
      {issue.suggested ? <Money money={issue.suggested} approximate /> : null}
      <div className="meta">{t("review.ownIssue")}</div>
    </>
  );
}
