import { EmptyState } from "~/components/EmptyState";
import { ButtonLink } from "~/components/Button";
import { ActiveFilters } from "~/components/issues/ActiveFilters";
import { IssueFilterForm } from "~/components/issues/IssueFilterForm";
import { Pagination } from "~/components/Pagination";
import { activeFilters } from "~/filters/issue-filter";
import { type IssuePlace, newerThan, olderThan } from "~/filters/issue-place";
import { asIssueFilter, type ReviewFilter, reviewFilterQuery } from "~/filters/review-filter";
import { type Query, reviewPath } from "~/http/paths";
import type { ReviewAnswer } from "~/http/review-post.server";
import { useT } from "~/i18n/context";
import type { IssueFilterOptions } from "~/models/issue-filter-options.server";
import type { ReviewPage, ReviewTotals } from "~/models/review.server";
import { ReviewForm } from "./ReviewForm";
import { ReviewProblems } from "./ReviewProblems";
import { ReviewSummary } from "./ReviewSummary";

type Props = {
  filter: ReviewFilter;
  page: ReviewPage;
  totals: ReviewTotals;
  options: IssueFilterOptions;
  allTicked: boolean;
  viewerId: number;
  formKey: string;
  answer: ReviewAnswer | undefined;
};

/** The whole of Pending review: filter, figures, the rows with their form, and what a refusal has to say. */
export function ReviewView({ filter, page, totals, options, answer, ...form }: Props) {
  const asFilter = asIssueFilter(filter);
  const isFiltered = activeFilters(asFilter).length > 0;
  const pageAt = (place: IssuePlace | null, query: (place: IssuePlace) => Query) =>
    place && reviewPath({ ...reviewFilterQuery(filter), ...query(place) });
  // What was ticked stays in sight, also when the list has moved on meanwhile.
  const listed = new Set(page.issues.map((issue) => issue.id));
  const moved = (answer?.issues ?? []).filter((issue) => !listed.has(issue.id));
  const issues = [...moved, ...page.issues];
  return (
    <>
      <ReviewProblems answer={answer} />
      <IssueFilterForm
        filter={asFilter}
        options={options}
        unfolded={isFiltered}
        action={reviewPath()}
        ofOnePayout
      />
      <ActiveFilters filter={asFilter} options={options} pathOf={reviewPath} />
      {issues.length === 0 ? (
        <NoIssues isFiltered={isFiltered} />
      ) : (
        <>
          <ReviewSummary filter={filter} totals={totals} />
          <ReviewForm filter={filter} issues={issues} answer={answer} {...form} />
          <Pagination newer={pageAt(page.newer, newerThan)} older={pageAt(page.older, olderThan)} />
        </>
      )}
    </>
  );
}

function NoIssues({ isFiltered }: { isFiltered: boolean }) {
  const t = useT();
  if (!isFiltered) return <EmptyState title={t("review.empty")} />;
  return (
    <EmptyState title={t("review.emptyFiltered")}>
      <ButtonLink to={reviewPath()}>{t("issues.filters.clear")}</ButtonLink>
    </EmptyState>
  );
}
