import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { ButtonLink } from "~/components/Button";
import { EmptyState } from "~/components/EmptyState";
import { ActiveFilters } from "~/components/issues/ActiveFilters";
import { IssueFilterForm } from "~/components/issues/IssueFilterForm";
import { IssueTable } from "~/components/issues/IssueTable";
import { MoneyList } from "~/components/Money";
import { PageLink } from "~/components/PageLink";
import { PageHeader } from "~/components/PageHeader";
import { Pagination } from "~/components/Pagination";
import { mayDo, mayOpen } from "~/domain/permission";
import { activeFilters, type IssueFilter, issueFilterQuery } from "~/filters/issue-filter";
import { type IssueOrder, issueOrderQuery } from "~/filters/issue-order";
import { type IssuePlace, newerThan, olderThan, readIssuePage } from "~/filters/issue-place";
import { issueQuery } from "~/http/issue-query.server";
import { methodNotAllowed } from "~/http/method-not-allowed.server";
import {
  balancePath,
  issuesCsvPath,
  issuesPath,
  newIssuePath,
  payoutsPath,
  type Query,
} from "~/http/paths";
import type { RootData } from "~/http/root-data";
import { requireViewer } from "~/http/viewer.server";
import { useFormat, useT } from "~/i18n/context";
import { pageTitle } from "~/i18n/page-title";
import { issuesPage } from "~/models/issues-page.server";

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const { searchParams } = new URL(request.url);
  const query = issueQuery(searchParams, viewer);
  const page = await issuesPage(query, readIssuePage(searchParams, query.order));
  return { role: viewer.role, filter: query.filter, order: query.order, ...page };
}

export const action = methodNotAllowed("GET", "HEAD");

export const meta: MetaFunction<typeof loader> = ({ matches }) => {
  const root = matches.find(({ id }) => id === "root")?.data as RootData | undefined;
  const isAdmin = mayDo(root?.user?.role ?? null, "seeEverybodysIssues");
  return pageTitle(matches, (t) => t(isAdmin ? "issues.title" : "issues.myTitle"));
};

type Loaded = ReturnType<typeof useLoaderData<typeof loader>>;

export default function IssuesPage() {
  const t = useT();
  const { role, filter, order, list, options } = useLoaderData<typeof loader>();
  const isAdmin = mayDo(role, "seeEverybodysIssues");
  const title = t(isAdmin ? "issues.title" : "issues.myTitle");
  const isFiltered = activeFilters(filter).length > 0;
  const pageAt = (place: IssuePlace | null, query: (place: IssuePlace) => Query) =>
    place &&
    issuesPath({ ...issueFilterQuery(filter), ...issueOrderQuery(order), ...query(place) });
  return (
    <>
      <PageHeader title={title} actions={isAdmin ? null : <FileIssue />} />
      <IssueFilterForm
        filter={filter}
        order={order}
        options={options}
        unfolded={isAdmin || isFiltered}
      />
      <ActiveFilters
        filter={filter}
        options={options}
        pathOf={(query) => issuesPath({ ...query, ...issueOrderQuery(order) })}
      />
      {list.issues.length === 0 ? (
        <NoIssues isAdmin={isAdmin} isFiltered={isFiltered} />
      ) : (
        <>
          <Found />
          <IssueTable
            issues={list.issues}
            caption={title}
            filter={filter}
            order={order}
            withTesters={isAdmin}
          />
          <Pagination newer={pageAt(list.newer, newerThan)} older={pageAt(list.older, olderThan)} />
          <ExcelHint />
        </>
      )}
    </>
  );
}

function FileIssue() {
  const t = useT();
  return (
    <ButtonLink tone="primary" to={newIssuePath()}>
      {t("issues.newTitle")}
    </ButtonLink>
  );
}

/** How many, and, where the list is the breakdown of a sum, that sum. */
function Found() {
  const t = useT();
  const { number } = useFormat();
  const { found, sum, filter, order }: Loaded = useLoaderData<typeof loader>();
  return (
    <p className="row">
      <span>
        {found.more
          ? t("issues.foundMore", { number: number(found.count) })
          : t("issues.found", { count: found.count })}
      </span>
      {sum ? <Sum {...sum} /> : null}
      <ButtonLink to={csvOf(filter, order)} download>
        {t("issues.downloadCsv")}
      </ButtonLink>
    </p>
  );
}

function Sum({ of, money, unrated }: NonNullable<Loaded["sum"]>) {
  const t = useT();
  const { role } = useLoaderData<typeof loader>();
  if (money === null) {
    const elsewhere = mayOpen(role, payoutsPath()) ? (
      <PageLink to={payoutsPath()}>{t("payouts.title")}</PageLink>
    ) : (
      <PageLink to={balancePath()}>{t("balance.title")}</PageLink>
    );
    return <span className="meta">{t.rich("issues.tooManyToAdd", { page: elsewhere })}</span>;
  }
  return (
    <>
      <strong>
        {t.rich(`issues.sum.${of}`, {
          amount: <MoneyList list={money} approximate={of === "pending"} />,
        })}
      </strong>
      {unrated > 0 ? (
        <span className="meta">{t("issues.sum.unrated", { count: unrated })}</span>
      ) : null}
    </>
  );
}

/** The file of what the filters show. */
const csvOf = (filter: IssueFilter, order: IssueOrder, more: Query = {}) =>
  issuesCsvPath({ ...issueFilterQuery(filter), ...issueOrderQuery(order), ...more });

function ExcelHint() {
  const t = useT();
  const { filter, order } = useLoaderData<typeof loader>();
  const semicolons = (
    <PageLink to={csvOf(filter, order, { separator: "semicolon" })} reloadDocument download>
      {t("issues.csvSemicolons")}
    </PageLink>
  );
  return <p className="hint">{t.rich("issues.csvHint", { semicolons })}</p>;
}

function NoIssues({ isAdmin, isFiltered }: { isAdmin: boolean; isFiltered: boolean }) {
  const t = useT();
  if (isFiltered) {
    return (
      <EmptyState title={t("issues.empty.filtered")}>
        <ButtonLink to={issuesPath()}>{t("issues.filters.clear")}</ButtonLink>
      </EmptyState>
    );
  }
  if (isAdmin)
    return <EmptyState title={t("issues.empty.title")}>{t("issues.empty.admin")}</EmptyState>;
  return (
    <EmptyState title={t("issues.empty.title")}>
      <p>{t("issues.empty.tester")}</p>
      <p className="mt-4">
        <FileIssue />
      </p>
    </EmptyState>
  );
}
