import { Button, ButtonLink } from "~/components/Button";
import { DescriptionList } from "~/components/DescriptionList";
import { EmptyState } from "~/components/EmptyState";
import { useFilterText } from "~/components/issues/ActiveFilters";
import { MoneyList } from "~/components/Money";
import { Notice } from "~/components/Notice";
import { PageLink } from "~/components/PageLink";
import { PostForm } from "~/components/PostForm";
import { activeFilters } from "~/filters/issue-filter";
import { totalText } from "~/domain/review-choice";
import { asIssueFilter, type ReviewFilter, reviewFilterQuery } from "~/filters/review-filter";
import type { MatchingAnswer, MatchingShown } from "~/http/matching-post.server";
import { reviewAllPath, reviewPath } from "~/http/paths";
import { useFormat, useT } from "~/i18n/context";
import type { IssueFilterOptions } from "~/models/issue-filter-options.server";
import type { ReviewTotals } from "~/models/review.server";

type Props = {
  filter: ReviewFilter;
  totals: ReviewTotals;
  options: IssueFilterOptions;
  asOf: Date;
  viewerId: number;
  formKey: string;
  answer: MatchingAnswer | undefined;
};

/** What would be approved, what that commits, what stays out and why; then one button. */
export function MatchingForm({ filter, totals, options, asOf, viewerId, formKey, answer }: Props) {
  const t = useT();
  const back = reviewPath(reviewFilterQuery(filter));
  const shown = answer?.again ?? { ...totals, asOf, key: formKey };
  return (
    <>
      {answer ? (
        <Notice tone="error">
          <p>{answer.text}</p>
        </Notice>
      ) : null}
      {shown.count === 0 ? (
        <EmptyState title={t("review.allNone")}>
          <p>{t("review.allNoneHint")}</p>
          <p className="mt-4">
            <ButtonLink to={back}>{t("review.allBack")}</ButtonLink>
          </p>
        </EmptyState>
      ) : (
        <div className="card">
          <p>{t("review.allLead")}</p>
          <Figures {...{ filter, totals, options, viewerId, shown }} />
          <SubmitMatching filter={filter} shown={shown} back={back} />
        </div>
      )}
    </>
  );
}

type FiguresProps = Pick<Props, "filter" | "totals" | "options" | "viewerId"> & {
  shown: MatchingShown;
};

function Figures({ filter, totals, options, viewerId, shown }: FiguresProps) {
  const t = useT();
  const { dateTime } = useFormat();
  const textOf = useFilterText(asIssueFilter(filter), options);
  const names = activeFilters(asIssueFilter(filter));
  const isOut = totals.own > 0 || totals.unpriced.length > 0;
  return (
    <DescriptionList
      items={[
        [
          t("review.allFiltered"),
          names.length > 0 ? names.map(textOf).join(" · ") : t("review.allWhole"),
        ],
        [
          t("review.allCount"),
          <>
            <strong>{t("review.issues", { count: shown.count })}</strong>
            <div className="meta">{t("review.allAsOf", { when: dateTime(shown.asOf) })}</div>
          </>,
        ],
        [t("review.allTotal"), <MoneyList key="total" list={shown.totals} />],
        [t("review.allOut"), isOut && <StayOut {...{ filter, totals, viewerId }} />],
      ]}
    />
  );
}

/** Each a link to the issues meant. */
function StayOut({ filter, totals, viewerId }: Pick<Props, "filter" | "totals" | "viewerId">) {
  const t = useT();
  const query = reviewFilterQuery(filter);
  return (
    <ul>
      {totals.own > 0 ? (
        <li>
          <PageLink to={reviewPath({ ...query, tester: viewerId })}>
            {t("review.allOwn", { count: totals.own })}
          </PageLink>
        </li>
      ) : null}
      {totals.unpriced.map(({ cycle, severity, count }) => (
        <li key={`${cycle.id}:${severity}`}>
          <PageLink to={reviewPath({ ...query, cycle: cycle.id, severity })}>
            {t("review.allUnpriced", {
              count,
              severity: t(`words.severity.${severity}`).toLowerCase(),
              cycle: cycle.name,
            })}
          </PageLink>
        </li>
      ))}
    </ul>
  );
}

type SubmitProps = { filter: ReviewFilter; shown: MatchingShown; back: string };

function SubmitMatching({ filter, shown, back }: SubmitProps) {
  const t = useT();
  const { money } = useFormat();
  const { key, asOf, count, totals } = shown;
  const amount = totals.map((sum) => money(sum)).join(" + ");
  return (
    <PostForm action={reviewAllPath(reviewFilterQuery(filter))} className="row">
      <input type="hidden" name="key" value={key} />
      <input type="hidden" name="asOf" value={new Date(asOf).getTime()} />
      <input type="hidden" name="count" value={count} />
      {totals.map((total) => (
        <input key={total.currency} type="hidden" name="total" value={totalText(total)} />
      ))}
      <Button tone="primary">{t("review.allSubmit", { count, amount })}</Button>
      <ButtonLink to={back}>{t("review.allBack")}</ButtonLink>
    </PostForm>
  );
}
