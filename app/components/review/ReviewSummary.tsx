import { ButtonLink } from "~/components/Button";
import { MoneyList } from "~/components/Money";
import { type ReviewFilter, reviewFilterQuery } from "~/filters/review-filter";
import { reviewAllPath } from "~/http/paths";
import { useFormat, useT } from "~/i18n/context";
import type { ReviewTotals } from "~/models/review.server";

/** How many wait, what approving them all would commit, and the way to do so. */
export function ReviewSummary({ filter, totals }: { filter: ReviewFilter; totals: ReviewTotals }) {
  const t = useT();
  const { money } = useFormat();
  const { found, count, totals: sums } = totals;
  const out = found - count;
  const amount = sums.map((sum) => money(sum)).join(" + ");
  return (
    <div className="row header">
      <p className="row">
        <span>{t("review.found", { count: found })}</span>
        {count > 0 ? (
          <strong>
            {t.rich("review.worth", { amount: <MoneyList list={sums} approximate /> })}
          </strong>
        ) : null}
        {out > 0 ? <span className="meta">{t("review.stayOut", { count: out })}</span> : null}
      </p>
      {count > 0 ? (
        <ButtonLink to={reviewAllPath(reviewFilterQuery(filter))}>
          {t("review.approveAll", { count, amount })} →
        </ButtonLink>
      ) : null}
    </div>
  );
}
