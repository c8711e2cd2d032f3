import { Money } from "~/components/Money";
import { When } from "~/components/When";
import { useT } from "~/i18n/context";
import type { BatchView } from "~/models/batch-view.server";

/** The lines that were left out: nothing was sent for them in this batch. */
export function LeftOutLines({ batch }: { batch: BatchView }) {
  const t = useT();
  const lines = batch.transfers.filter((transfer) => transfer.leftOut !== null);
  if (lines.length === 0) return null;
  return (
    <section aria-labelledby="left-out-title">
      <h2 id="left-out-title">{t("batch.leftOutTitle")}</h2>
      <ul className="rows">
        {lines.map(({ id, testerName, currency, total, leftOut }) => (
          <li key={id} className="row header">
            <span>
              {t.rich("payouts.transferTo", {
                name: testerName,
                amount: <Money money={{ currency, amount: total }} />,
              })}
            </span>
            <span className="meta">
              {t.rich("payouts.leftOut", {
                name: leftOut?.by ?? "—",
                when: <When value={leftOut?.at ?? batch.preparedAt} as="dateTime" />,
              })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}
