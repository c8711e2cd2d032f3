import { Money } from "~/components/Money";
import { PageLink } from "~/components/PageLink";
import { type Column, Table } from "~/components/Table";
import { When } from "~/components/When";
import { batchPath, issuePath } from "~/http/paths";
import { useT } from "~/i18n/context";
import type { VoidedMoney } from "~/models/voided-money.server";

/** Voids and reversals: who, when, why. */
export function VoidTable({ voids }: { voids: readonly VoidedMoney[] }) {
  const t = useT();
  const columns: Column<VoidedMoney>[] = [
    {
      label: t("payouts.issue"),
      phone: "title",
      cell: ({ issueId, title }) => (
        <>
          <PageLink to={issuePath(issueId)}>{`#${issueId}`}</PageLink> {title}
        </>
      ),
    },
    { label: t("payouts.tester"), phone: "inline", cell: (row) => row.testerName },
    {
      label: t("payouts.what"),
      phone: "inline",
      cell: ({ kind }) =>
        kind === "cancelled" ? t("payouts.commitmentCancelled") : t(`words.reversal.${kind}`),
    },
    {
      label: t("payouts.batch"),
      phone: "inline",
      cell: ({ batchId }) =>
        batchId === null ? null : (
          <PageLink to={batchPath(batchId)}>
            {t("payouts.batchTitle", { id: String(batchId) })}
          </PageLink>
        ),
    },
    { label: t("payouts.why"), phone: "line", cell: ({ reason }) => reason },
    { label: t("payouts.who"), phone: "inline", cell: ({ by }) => by ?? t("payouts.byImport") },
    {
      label: t("payouts.when"),
      phone: "inline",
      cell: ({ at }) => <When value={at} as="dateTime" />,
    },
    {
      label: t("payouts.amount"),
      numeric: true,
      phone: "figure",
      cell: (row) => <Money money={row} />,
    },
  ];
  return (
    <Table
      caption={t("payouts.voided")}
      columns={columns}
      rows={voids}
      rowKey={(row) => row.eventId}
    />
  );
}
