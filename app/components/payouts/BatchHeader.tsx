import { MoneyList } from "~/components/Money";
import { PageHeader } from "~/components/PageHeader";
import type { Money } from "~/domain/money";
import { batchesPath } from "~/http/paths";
import { useT } from "~/i18n/context";
import type { BatchView } from "~/models/batch-view.server";
import { BatchFiles } from "./BatchFiles";
import { BatchStatusBadge } from "./BatchStatusBadge";
import { CancelBatch } from "./CancelBatch";

/** Number, state and totals; of a paid batch also what is left of them. */
export function BatchHeader({ batch }: { batch: BatchView }) {
  const t = useT();
  const { id, status, totals, totalsNow } = batch;
  return (
    <PageHeader
      title={t("payouts.batchTitle", { id: String(id) })}
      back={{ to: batchesPath(), label: t("payouts.batches") }}
      actions={
        status === "prepared" ? (
          <>
            <BatchFiles batchId={id} />
            <CancelBatch batchId={id} />
          </>
        ) : null
      }
    >
      <BatchStatusBadge status={status} />
      <strong>
        {totalsNow && !sameTotals(totals, totalsNow) ? (
          t.rich("batch.totalNow", {
            now: <MoneyList list={totalsNow} />,
            then: <MoneyList list={totals} />,
          })
        ) : (
          <MoneyList list={totals} />
        )}
      </strong>
    </PageHeader>
  );
}

function sameTotals(a: readonly Money[], b: readonly Money[]): boolean {
  const text = (list: readonly Money[]) => list.map((m) => `${m.currency}${m.amount}`).join();
  return text(a) === text(b);
}
