import { Money } from "~/components/Money";
import { PageLink } from "~/components/PageLink";
import { SeverityBadge } from "~/components/SeverityBadge";
import { type Column, Table } from "~/components/Table";
import { issuePath } from "~/http/paths";
import { useFormat, useT } from "~/i18n/context";
import type { TransferIssue, TransferView } from "~/models/batch-view.server";

/** The issues that a transfer paid, and whether each payment still stands. */
export function PaidIssues({ transfer }: { transfer: TransferView }) {
  const t = useT();
  const state = usePaymentState();
  const columns: Column<TransferIssue>[] = [
    {
      label: t("payouts.issue"),
      phone: "title",
      cell: ({ id, title }) => (
        <>
          <PageLink to={issuePath(id)}>{`#${id}`}</PageLink> {title}
        </>
      ),
    },
    {
      label: t("payouts.severity"),
      phone: "tag",
      cell: ({ severity }) => <SeverityBadge severity={severity} />,
    },
    { label: t("payouts.status"), phone: "line", cell: state },
    {
      label: t("payouts.amount"),
      numeric: true,
      phone: "figure",
      cell: ({ amount }) => <Money money={{ currency: transfer.currency, amount }} />,
    },
  ];
  return (
    <Table
      caption={t("batch.payments")}
      columns={columns}
      rows={transfer.issues ?? []}
      rowKey={(issue) => issue.id}
    />
  );
}

function usePaymentState() {
  const t = useT();
  const format = useFormat();
  return ({ payment }: TransferIssue): string => {
    const back = payment?.takenBack;
    if (!back) return t("batch.state.live");
    if (back.how === "void_kept") return t("batch.state.void_kept");
    return t(`batch.state.${back.how}`, { date: format.date(back.on ?? back.at) });
  };
}
