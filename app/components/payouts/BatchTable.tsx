import { EmptyState } from "~/components/EmptyState";
import { MoneyList } from "~/components/Money";
import { PageLink } from "~/components/PageLink";
import { type Column, Table } from "~/components/Table";
import { When } from "~/components/When";
import { batchPath } from "~/http/paths";
import { useT } from "~/i18n/context";
import type { BatchSummary } from "~/models/batch-list.server";
import { BatchStatusBadge } from "./BatchStatusBadge";

export function BatchTable({ batches }: { batches: readonly BatchSummary[] }) {
  const t = useT();
  const columns = useColumns();
  if (batches.length === 0) return <EmptyState title={t("payouts.batchesEmpty")} />;
  return (
    <Table
      caption={t("payouts.batches")}
      columns={columns}
      rows={batches}
      rowKey={(batch) => batch.id}
    />
  );
}

function useColumns(): readonly Column<BatchSummary>[] {
  const t = useT();
  return [
    {
      label: t("payouts.batch"),
      phone: "title",
      cell: ({ id }) => (
        <PageLink to={batchPath(id)}>{t("payouts.batchTitle", { id: String(id) })}</PageLink>
      ),
    },
    {
      label: t("payouts.status"),
      phone: "tag",
      cell: ({ status }) => <BatchStatusBadge status={status} />,
    },
    {
      label: t("payouts.standing"),
      phone: "inline",
      cell: ({ preparedAt, closedAt }) => <When value={closedAt ?? preparedAt} as="dateTime" />,
    },
    {
      label: t("payouts.preparedByHead"),
      phone: "inline",
      cell: ({ preparedBy }) => preparedBy ?? t("payouts.byImport"),
    },
    {
      label: t("payouts.tester"),
      phone: "inline",
      cell: ({ testers, issues }) =>
        `${t("payouts.batch.people", { count: testers })} · ${t("payouts.issues", { count: issues })}`,
    },
    {
      label: t("payouts.amount"),
      numeric: true,
      phone: "figure",
      cell: ({ totals }) => <MoneyList list={totals} />,
    },
  ];
}
