import { ButtonLink } from "~/components/Button";
import { EmptyState } from "~/components/EmptyState";
import { IssueStatusBadge } from "~/components/IssueStatusBadge";
import { Money } from "~/components/Money";
import { PageLink } from "~/components/PageLink";
import { SeverityBadge } from "~/components/SeverityBadge";
import { type Column, Table } from "~/components/Table";
import { When } from "~/components/When";
import { issuePath, issuesPath } from "~/http/paths";
import { useT } from "~/i18n/context";
import type { PendingIssue } from "~/models/pending-review.server";

/** Issues whose payout waits for a decision, newest first. */
export function PendingReview({ items, total }: { items: readonly PendingIssue[]; total: number }) {
  const t = useT();
  const columns = usePendingColumns();
  return (
    <section id="pending" aria-labelledby="pending-title" className="stack">
      <h2 id="pending-title">{t("payouts.pendingReview")}</h2>
      {items.length === 0 ? (
        <EmptyState title={t("payouts.reviewEmpty")} />
      ) : (
        <>
          <Table
            caption={t("payouts.pendingReview")}
            columns={columns}
            rows={items}
            rowKey={(issue) => issue.id}
          />
          {total > items.length ? (
            <p className="mt-2">
              <ButtonLink to={issuesPath({ payoutStatus: "pending" })}>
                {t("payouts.reviewAll", { count: total })}
              </ButtonLink>
            </p>
          ) : null}
        </>
      )}
    </section>
  );
}

function usePendingColumns(): readonly Column<PendingIssue>[] {
  const t = useT();
  return [
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
    { label: t("payouts.tester"), phone: "inline", cell: (issue) => issue.tester.name },
    { label: t("payouts.cycle"), phone: "inline", cell: (issue) => issue.cycle.name },
    {
      label: t("payouts.filed"),
      phone: "inline",
      cell: (issue) => <When value={issue.filedAt} as="day" />,
    },
    {
      label: t("payouts.suggested"),
      numeric: true,
      phone: "figure",
      cell: (issue) =>
        issue.suggested ? (
          <Money money={issue.suggested} approximate />
        ) : (
          <span className="meta">{t("payouts.noSuggestion")}</span>
        ),
    },
  ];
}
