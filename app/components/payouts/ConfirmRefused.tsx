import { Card } from "~/components/Card";
import { Money } from "~/components/Money";
import { type Column, Table } from "~/components/Table";
import { isPayoutMethod } from "~/domain/payment";
import { methodField, paidOnField, referenceField } from "~/forms/confirm-form";
import type { BatchRefusal } from "~/http/batch-post.server";
import { useFormat, useT } from "~/i18n/context";
import type { BatchView, TransferView } from "~/models/batch-view.server";
import { PrepareAgain } from "./PrepareAgain";

type Props = { batch: BatchView; refused: BatchRefusal; formKey: string };

/** After somebody else was quicker: line by line what was entered and what is recorded, and what to do now. */
export function ConfirmRefused({ batch, refused, formKey }: Props) {
  const t = useT();
  const columns = useColumns(batch, refused);
  const shown = batch.transfers.filter((transfer) => refused.lines.includes(transfer.id));
  if (shown.length === 0) return null;
  const unpaid = shown.filter((transfer) => !transfer.standing && isReleased(batch, transfer));
  return (
    <Card title={t("batch.refusedTitle")}>
      <Table
        caption={t("batch.refusedTitle")}
        columns={columns}
        rows={shown}
        rowKey={(transfer) => transfer.id}
      />
      {unpaid.length > 0 ? (
        <>
          <p>{t("batch.ifSent")}</p>
          <PrepareAgain transfers={unpaid} formKey={formKey} />
        </>
      ) : batch.status === "confirmed" ? (
        <p>{t("batch.ifSentTwice")}</p>
      ) : null}
    </Card>
  );
}

const isReleased = ({ status }: BatchView, { leftOut }: TransferView) =>
  status === "cancelled" || leftOut !== null;

function useColumns(batch: BatchView, refused: BatchRefusal): Column<TransferView>[] {
  const t = useT();
  const details = useDetails();
  const entered = ({ id }: TransferView) => {
    const { values } = refused;
    const method = values[methodField(id)] || values.method;
    return details({
      method: isPayoutMethod(method) ? method : null,
      reference: values[referenceField(id)]?.trim() || null,
      paidOn: values[paidOnField(id)] || values.paidOn || null,
    });
  };
  const recorded = (transfer: TransferView): string => {
    const { standing, method, leftOut } = transfer;
    if (standing && method) return details({ ...standing, method });
    if (leftOut) return t("batch.now.leftOut", { name: leftOut.by ?? "—" });
    return t(batch.status === "cancelled" ? "batch.now.cancelled" : "batch.now.open");
  };
  return [
    { label: t("payouts.tester"), phone: "title", cell: (transfer) => transfer.testerName },
    {
      label: t("payouts.amount"),
      numeric: true,
      cell: ({ currency, total }) => <Money money={{ currency, amount: total }} />,
    },
    { label: t("batch.youEntered"), cell: entered },
    { label: t("batch.recorded"), cell: recorded },
  ];
}

function useDetails() {
  const t = useT();
  const format = useFormat();
  return (sent: {
    method: "kaspi" | "bank" | "cash" | null;
    reference: string | null;
    paidOn: string | null;
  }): string => {
    const method = sent.method ? t(`words.method.${sent.method}`) : "—";
    const date = sent.paidOn ? typedDay(sent.paidOn, format.date) : "—";
    const { reference } = sent;
    return reference
      ? t("batch.details", { method, date, reference })
      : t("batch.detailsPlain", { method, date });
  };
}

// What was typed may be no date at all.
function typedDay(text: string, format: (date: string) => string): string {
  return /^\d{4}-\d\d-\d\d$/.test(text) ? format(text) : text;
}
