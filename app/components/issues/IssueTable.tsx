import { IssueStatusBadge } from "~/components/IssueStatusBadge";
import { Money } from "~/components/Money";
import { PageLink } from "~/components/PageLink";
import { PayoutStatusBadge } from "~/components/PayoutStatusBadge";
import { SeverityBadge } from "~/components/SeverityBadge";
import { type Column, Table } from "~/components/Table";
import { When } from "~/components/When";
import { type IssueFilter, issueFilterQuery } from "~/filters/issue-filter";
import { issuePath, issuesPath } from "~/http/paths";
import { useT } from "~/i18n/context";
import type { ListedIssue } from "~/models/issue-list.server";

type IssueTableProps = {
  issues: readonly ListedIssue[];
  caption: string;
  /** For admins: who filed it, each name a link to the same list of only their issues. */
  testersIn: IssueFilter | null;
};

export function IssueTable({ issues, caption, testersIn }: IssueTableProps) {
  const columns = useColumns();
  const tester = useTesterColumn(testersIn);
  return (
    <Table
      caption={caption}
      columns={tester ? columns.toSpliced(3, 0, tester) : columns}
      rows={issues}
      rowKey={(issue) => issue.id}
    />
  );
}

function useColumns(): Column<ListedIssue>[] {
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
      cell: (issue) => <SeverityBadge severity={issue.severity} />,
    },
    { label: t("issues.column.cycle"), phone: "inline", cell: (issue) => issue.cycle.name },
    {
      label: t("issues.column.filed"),
      phone: "fact",
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

function useTesterColumn(filter: IssueFilter | null): Column<ListedIssue> | null {
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
          to={issuesPath(issueFilterQuery({ ...filter, tester: id }))}
          title={t("issues.onlyThisTester", { name })}
        >
          {name}
        </PageLink>
      ),
  };
}
