import { PageLink } from "~/components/PageLink";
import {
  activeFilters,
  type IssueFilter,
  type IssueFilterName,
  issueFilterQuery,
  withoutFilter,
} from "~/filters/issue-filter";
import { issuesPath, type Query } from "~/http/paths";
import { useFormat, useT } from "~/i18n/context";
import type { IssueFilterOptions } from "~/models/issue-filter-options.server";

type ActiveFiltersProps = {
  filter: IssueFilter;
  options: IssueFilterOptions;
  /** The list that is filtered. */
  pathOf?: (query?: Query) => string;
};

/** What the list is filtered by; each is a link to the list without it. */
export function ActiveFilters({ filter, options, pathOf = issuesPath }: ActiveFiltersProps) {
  const t = useT();
  const textOf = useFilterText(filter, options);
  const names = activeFilters(filter);
  if (names.length === 0) return null;
  return (
    <nav aria-label={t("issues.filters.active")}>
      <ul className="row text-sm">
        {names.map((name) => (
          <li key={name}>
            <PageLink
              className="btn"
              to={pathOf(issueFilterQuery(withoutFilter(filter, name)))}
              aria-label={t("issues.filters.remove", { filter: textOf(name) })}
            >
              {textOf(name)} <span aria-hidden="true">×</span>
            </PageLink>
          </li>
        ))}
        {names.length > 1 ? (
          <li>
            <PageLink to={pathOf()}>{t("issues.filters.clear")}</PageLink>
          </li>
        ) : null}
      </ul>
    </nav>
  );
}

/** Each filter in words: "Cycle: Akashi". */
export function useFilterText(filter: IssueFilter, { cycles, chosenTester }: IssueFilterOptions) {
  const t = useT();
  const { date } = useFormat();
  const { q, cycle, severity, status, payoutStatus, tester, from, to } = filter;
  // A name that the reader may not know stays a number.
  const cycleName = cycles.find(({ id }) => id === cycle)?.name ?? `#${cycle}`;
  const values: Record<IssueFilterName, string> = {
    q: q ?? "",
    cycle: cycleName,
    severity: severity ? t(`words.severity.${severity}`) : "",
    status: status ? t(`words.status.${status}`) : "",
    payoutStatus: payoutStatus ? t(`words.payout.${payoutStatus}`) : "",
    tester: chosenTester?.name ?? `#${tester}`,
    from: from ? date(from) : "",
    to: to ? date(to) : "",
  };
  return (name: IssueFilterName) => t(`issues.filter.${name}`, { value: values[name] });
}
