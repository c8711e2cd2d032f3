import { warningCode } from "~/domain/batch-warning";
import type { BatchRefusal } from "~/http/batch-post.server";
import { useT } from "~/i18n/context";
import type { BatchView } from "~/models/batch-view.server";
import { transferAnchor } from "./TransferRow";

/** Links to the transfers whose warnings nobody has ticked. */
export function UntickedWarnings({ batch, refused }: { batch: BatchView; refused: BatchRefusal }) {
  const t = useT();
  const unticked = (refused.warnings ?? []).filter(
    (warning) => !refused.ticked.includes(warningCode(warning)),
  );
  const transfers = batch.transfers.filter((transfer) =>
    unticked.some((w) => w.testerId === transfer.testerId && w.currency === transfer.currency),
  );
  if (transfers.length === 0) return null;
  return (
    <p>
      {t("batch.warningsLead")}{" "}
      {transfers.map(({ id, testerName }, index) => (
        <span key={id}>
          {index ? ", " : null}
          <a href={`#${transferAnchor(id)}`}>{testerName}</a>
        </span>
      ))}
    </p>
  );
}
