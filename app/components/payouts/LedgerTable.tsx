import { Money } from "~/components/Money";
import { PageLink } from "~/components/PageLink";
import { type Column, Table } from "~/components/Table";
import { When } from "~/components/When";
import { type PaymentFilter, paymentFilterQuery } from "~/filters/payment-filter";
import { batchPath, issuePath, paymentsPath } from "~/http/paths";
import { useT } from "~/i18n/context";
import type { LedgerEntry } from "~/models/payment-ledger.server";

type Props = { entries: readonly LedgerEntry[]; filter: PaymentFilter };

/** Each row leads to its issue and its batch, and by the tester's name to the tester's own ledger. */
export function LedgerTable({ entries, filter }: Props) {
  const t = useT();
  const columns: readonly Column<LedgerEntry>[] = [
    { label: t("ledger.date"), phone: "inline", cell: ({ paidOn }) => <When value={paidOn} /> },
    {
      label: t("ledger.tester"),
      phone: "inline",
      cell: ({ tester }) => (
        <PageLink to={paymentsPath(paymentFilterQuery({ ...filter, testerId: tester.id }))}>
          {tester.name}
        </PageLink>
      ),
    },
    {
      label: t("ledger.issue"),
      phone: "title",
      cell: ({ issueId, issueTitle, cycleName }) => (
        <>
          <PageLink to={issuePath(issueId)}>{`#${issueId}`}</PageLink> {issueTitle}
          <span className="meta font-normal">{` · ${cycleName}`}</span>
        </>
      ),
    },
    { label: t("ledger.how"), phone: "line", cell: (entry) => <How entry={entry} /> },
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
      cell: (entry) => <Money money={entry} />,
    },
  ];
  return (
    <Table
      caption={t("ledger.title")}
      columns={columns}
      rows={entries}
      rowKey={(entry) => entry.id}
    />
  );
}

/** The method and reference; of a reversal also what happened. */
function How({ entry: { method, reference, kind, reason } }: { entry: LedgerEntry }) {
  const t = useT();
  const word = t(`words.method.${method}`);
  return (
    <span className="meta">
      {reference ? t("ledger.reference", { method: word, reference }) : word}
      {kind ? (
        <strong className="warn">
          {` · ${t("ledger.reversed", { kind: t(`words.reversal.${kind}`), reason: reason ?? "" })}`}
        </strong>
      ) : null}
    </span>
  );
}
