import { Money } from "~/components/Money";
import { PageLink } from "~/components/PageLink";
import { type Column, Table } from "~/components/Table";
import { When } from "~/components/When";
import type { PayoutMethod } from "~/domain/payment";
import { batchPath } from "~/http/paths";
import { useT } from "~/i18n/context";
import type { SentTransfer } from "~/models/last-transfers.server";

type Props = { method: PayoutMethod; transfers: readonly SentTransfer[] };

/** What to look for in the bank's history: date, amount and reference of the last transfers by one method. */
export function LastTransfers({ method, transfers }: Props) {
  const t = useT();
  const title = t("restored.lastBy", { method: t(`words.method.${method}`) });
  const columns: readonly Column<SentTransfer>[] = [
    { label: t("ledger.date"), phone: "inline", cell: ({ paidOn }) => <When value={paidOn} /> },
    { label: t("ledger.tester"), phone: "title", cell: ({ testerName }) => testerName },
    {
      label: t("restored.reference"),
      phone: "line",
      cell: ({ reference }) => <span className="wrap-anywhere">{reference ?? "—"}</span>,
    },
    {
      label: t("ledger.batch"),
      phone: "inline",
      cell: ({ batchId }) => (
        <PageLink to={batchPath(batchId)}>{t("ledger.batchOf", { id: String(batchId) })}</PageLink>
      ),
    },
    {
      label: t("ledger.amount"),
      numeric: true,
      phone: "figure",
      cell: ({ total }) => <Money money={total} />,
    },
  ];
  return (
    <section className="stack" aria-label={title}>
      <h2>{title}</h2>
      {transfers.length > 0 ? (
        <Table caption={title} columns={columns} rows={transfers} rowKey={({ id }) => id} />
      ) : (
        <p className="meta">{t("restored.noneBy")}</p>
      )}
    </section>
  );
}
