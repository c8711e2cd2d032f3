import { IssueStatusBadge } from "~/components/IssueStatusBadge";
import { Money } from "~/components/Money";
import { PageLink } from "~/components/PageLink";
import { PayoutStatusBadge } from "~/components/PayoutStatusBadge";
import { SeverityBadge } from "~/components/SeverityBadge";
import { type Column, Table } from "~/components/Table";
import { When } from "~/components/When";
import { type IssueFilter, issueFilterQuery } from "~/filters/issue-filter";
import { type IssueOrder, issueOrderQuery } from "~/filters/issue-order";
import { issuePath, issuesPath } from "~/http/paths";
import { useT } from "~/i18n/context";
import type { ListedIssue } from "~/models/issue-list.server";

type IssueTableProps = {
  issues: readonly ListedIssue[];
  caption: string;
  filter: IssueFilter;
  order: IssueOrder;
  /** For admins: who filed it, each name a link to the same list of only their issues. */
  withTesters: boolean;
};

export function IssueTable({ issues, caption, filter, order, withTesters }: IssueTableProps) {
  const sorts = useSorts(filter, order);
  const columns = useColumns(sorts);
  const tester = useTesterColumn(withTesters ? filter : null, order);
  return (
    <Table
      caption={caption}
      columns={tester ? columns.toSpliced(3, 0, tester) : columns}
      rows={issues}
      rowKey={(issue) => issue.id}
    />
  );
}

type Sorts = Record<"severity" | "filed" | "amount", NonNullable<Column<ListedIssue>["sort"]>>;

/** Each heading leads to the order that one looks for by it; that of the date turns around. */
function useSorts(filter: IssueFilter, order: IssueOrder): Sorts {
  const t = useT();
  const link = (to: IssueOrder, now: "ascending" | "descending" | null) => ({
    to: issuesPath({ ...issueFilterQuery(filter), ...issueOrderQuery(to) }),
    hint: t(`issues.order.${to}`),
    now,
  });
  const dates = {
    newest: "descending",
    oldest: "ascending",
    severity: null,
    amount: null,
  } as const;
  return {
    severity: link("severity", order === "severity" ? "descending" : null),
    filed: link(order === "newest" ? "oldest" : "newest", dates[order]),
    amount: link("amount", order === "amount" ? "descending" : null),
  };
}

function useColumns(sorts: Sorts): Column<ListedIssue>[] {
  const t = useT();
  return [
    {
      label: t("issues.column.issue"),
      phone: "title",
      cell: ({ id, title }) => (
        <>
          <span className="meta font-normal">{t("issues.number", { id: String(id) })}</span>{" "}
          <PageLink to={issuePath(id)}>{title || t("issues.untitled")}</PageLink>
        </>
      ),
    },
    {
      label: t("issues.column.severity"),
      phone: "inline",
      sort: sorts.severity,
      cell: (issue) => <SeverityBadge severity={issue.severity} />,
    },
    { label: t("issues.column.cycle"), phone: "inline", cell: (issue) => issue.cycle.name },
    {
      label: t("issues.column.filed"),
      phone: "fact",
      sort: sorts.filed,
      cell: ({ filedAt }) => (filedAt ? <When value={filedAt} /> : null),
    },
    {
      label: t("issues.column.status"),
      phone: "tag",
      cell: (issue) => <IssueStatusBadge status={issue.status} />,
    },
    {
      label: t("issues.column.payout"),
      phone: "tag",
      // A draft asks for nothing yet.
      cell: ({ status, payoutStatus }) =>
        status === "draft" ? null : <PayoutStatusBadge status={payoutStatus} />,
    },
    {
      label: t("issues.column.amount"),
      numeric: true,
      phone: "figure",
      sort: sorts.amount,
      cell: (issue) => <Amount issue={issue} />,
    },
  ];
}

function Amount({ issue: { approved, suggested, payoutStatus } }: { issue: ListedIssue }) {
  if (!approved) return suggested ? <Money money={suggested} approximate /> : null;
  if (payoutStatus !== "void") return <Money money={approved} />;
  return (
    <s>
      <Money money={approved} />
    </s>
  );
}

function useTesterColumn(
  filter: IssueFilter | null,
  order: IssueOrder,
): Column<ListedIssue> | null {
  const t = useT();
  if (!filter) return null;
  return {
    label: t("issues.column.tester"),
    phone: "inline",
    cell: ({ tester: { id, name } }) =>
      filter.tester === id ? (
        name
      ) : (
        <PageLink
          to={issuesPath({
            ...issueFilterQuery({ ...filter, tester: id }),
            ...issueOrderQuery(order),
          })}
          title={t("issues.onlyThisTester", { name })}
        >
          {name}
        </PageLink>
      ),
  };
}
