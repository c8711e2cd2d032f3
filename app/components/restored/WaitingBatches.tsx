import { MoneyList } from "~/components/Money";
import { PageLink } from "~/components/PageLink";
import { When } from "~/components/When";
import { batchPath } from "~/http/paths";
import { useT } from "~/i18n/context";
import type { BatchSummary } from "~/models/batch-list.server";

/** Batches that were under way when the backup was taken: the likeliest to have been sent since. */
export function WaitingBatches({ batches }: { batches: readonly BatchSummary[] }) {
  const t = useT();
  if (batches.length === 0) return null;
  return (
    <section className="stack" aria-labelledby="waiting-title">
      <h2 id="waiting-title">{t("restored.prepared")}</h2>
      <p>{t("restored.preparedHint")}</p>
      <ul className="rows">
        {batches.map(({ id, preparedAt, totals }) => (
          <li key={id} className="row header">
            <span>
              <PageLink to={batchPath(id)}>{t("ledger.batchOf", { id: String(id) })}</PageLink>{" "}
              <span className="meta">
                <When value={preparedAt} as="dateTime" />
              </span>
            </span>
            <MoneyList list={totals} />
          </li>
        ))}
      </ul>
    </section>
  );
}
