import { When } from "~/components/When";
import { useT } from "~/i18n/context";
import type { BatchView } from "~/models/batch-view.server";

/** Who prepared the batch, and who closed it, in words. */
export function BatchHistory({ batch }: { batch: BatchView }) {
  const t = useT();
  const { status, preparedBy, preparedAt, closedBy, closedAt } = batch;
  return (
    <>
      <span>
        {t.rich("payouts.by.prepared", {
          name: preparedBy ?? t("payouts.byImport"),
          when: <When value={preparedAt} as="dateTime" />,
        })}
      </span>
      {status !== "prepared" && closedAt ? (
        <span>
          {t.rich(`payouts.by.${status}`, {
            name: closedBy ?? t("payouts.byImport"),
            when: <When value={closedAt} as="dateTime" />,
          })}
        </span>
      ) : null}
    </>
  );
}
