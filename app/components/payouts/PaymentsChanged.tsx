import { Money } from "~/components/Money";
import { PageLink } from "~/components/PageLink";
import { type Column, Table } from "~/components/Table";
import { When } from "~/components/When";
import type { PaymentChange } from "~/domain/refusal";
import { issuePath } from "~/http/paths";
import { useT } from "~/i18n/context";

/** Line by line what the page showed as paid, and what became of it meanwhile. */
export function PaymentsChanged({ changes }: { changes: readonly PaymentChange[] }) {
  const t = useT();
  const columns: Column<PaymentChange>[] = [
    {
      label: t("payouts.issue"),
      phone: "title",
      cell: ({ issueId, title }) => (
        <>
          <PageLink to={issuePath(issueId)}>{`#${issueId}`}</PageLink> {title}
        </>
      ),
    },
    { label: t("payouts.wasShown"), cell: ({ money }) => <Money money={money} /> },
    { label: t("batch.isNow"), cell: ({ takenBack }) => t(`batch.how.${takenBack}`) },
    {
      label: t("batch.by"),
      cell: ({ by, at }) => (
        <>
          {by ?? t("payouts.byImport")}, <When value={at} as="dateTime" />
        </>
      ),
    },
  ];
  return (
    <Table
      caption={t("batch.changedTitle")}
      captionShown
      columns={columns}
      rows={changes}
      rowKey={(change) => change.issueId}
    />
  );
}
