import { PageLink } from "~/components/PageLink";
import type { ReceiptRefusal } from "~/http/receipt-post.server";
import { batchPath } from "~/http/paths";
import { useT } from "~/i18n/context";
import type { BatchView, TransferView } from "~/models/batch-view.server";
import { ReceiptForms } from "./ReceiptForms";
import { FactsSent, FactsToSend } from "./TransferFacts";
import { TransferIssues } from "./TransferIssues";
import { transferAnchor, TransferRow } from "./TransferRow";

type Props = {
  batch: BatchView;
  /** The transfer whose issues and forms are shown. */
  open: number | null;
  refused: ReceiptRefusal | undefined;
};

/** The receipt of a confirmed batch, and what a cancelled one would have paid. */
export function ClosedBatch({ batch, open, refused }: Props) {
  const t = useT();
  const paid = batch.status === "confirmed";
  const transfers = batch.transfers.filter((transfer) => transfer.leftOut === null);
  return (
    <section aria-labelledby="transfers-title">
      <h2 id="transfers-title">{t(paid ? "batch.receipt" : "batch.cancelledTitle")}</h2>
      <ol className="transfers">
        {transfers.map((transfer) =>
          paid ? (
            <PaidTransfer
              key={transfer.id}
              batch={batch}
              transfer={transfer}
              isOpen={transfer.id === open}
              refused={refused?.transferId === transfer.id ? refused : undefined}
            />
          ) : (
            <TransferRow
              key={transfer.id}
              transfer={transfer}
              facts={<FactsToSend batch={batch} transfer={transfer} />}
              side={<TransferIssues batchId={batch.id} transfer={transfer} />}
            />
          ),
        )}
      </ol>
    </section>
  );
}

type PaidTransferProps = {
  batch: BatchView;
  transfer: TransferView;
  isOpen: boolean;
  refused: ReceiptRefusal | undefined;
};

function PaidTransfer({ batch, transfer, isOpen, refused }: PaidTransferProps) {
  const t = useT();
  const { id, count, testerName } = transfer;
  const to = `${batchPath(batch.id, { open: isOpen ? null : id })}#${transferAnchor(id)}`;
  return (
    <TransferRow
      transfer={transfer}
      about={<p className="meta">{t("batch.paidIssues", { count })}</p>}
      facts={<FactsSent transfer={transfer} />}
      side={
        <PageLink
          to={to}
          className="print:hidden"
          aria-label={isOpen ? undefined : t("batch.openOf", { name: testerName })}
        >
          {t(isOpen ? "batch.close" : "batch.open")}
        </PageLink>
      }
    >
      {isOpen && transfer.issues ? (
        <ReceiptForms batchId={batch.id} transfer={transfer} refused={refused} />
      ) : null}
    </TransferRow>
  );
}
