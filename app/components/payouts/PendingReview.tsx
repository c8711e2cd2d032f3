import { ButtonLink } from "~/components/Button";
import { EmptyState } from "~/components/EmptyState";
import { ReviewForm } from "~/components/review/ReviewForm";
import { ReviewSummary } from "~/components/review/ReviewSummary";
import { WHOLE_REVIEW } from "~/filters/review-filter";
import { reviewPath } from "~/http/paths";
import { useT } from "~/i18n/context";
import type { ReviewIssue, ReviewTotals } from "~/models/review.server";

type Props = {
  /** The first of them, newest first. */
  issues: readonly ReviewIssue[];
  totals: ReviewTotals;
  formKey: string;
  viewerId: number;
  allTicked: boolean;
};

/** The beginning of Pending review, with the same form; a refusal is shown on the page of its own. */
export function PendingReview({ issues, totals, ...form }: Props) {
  const t = useT();
  return (
    <section id="pending" aria-labelledby="pending-title" className="stack">
      <div className="row header">
        <h2 id="pending-title">{t("review.title")}</h2>
        {issues.length > 0 ? (
          <ButtonLink to={reviewPath()}>
            {totals.found > issues.length
              ? t("review.seeAll", { count: totals.found })
              : t("review.open")}
          </ButtonLink>
        ) : null}
      </div>
      {issues.length === 0 ? (
        <EmptyState title={t("review.empty")} />
      ) : (
        <>
          <ReviewSummary filter={WHOLE_REVIEW} totals={totals} />
          <ReviewForm
            filter={WHOLE_REVIEW}
            issues={issues}
            answer={undefined}
            from="payouts"
            {...form}
          />
        </>
      )}
    </section>
  );
}
