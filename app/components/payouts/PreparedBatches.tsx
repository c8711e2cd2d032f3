import { ButtonLink } from "~/components/Button";
import { Card } from "~/components/Card";
import { MoneyList } from "~/components/Money";
import { When } from "~/components/When";
import { dateInZone } from "~/domain/team-date";
import { batchPath } from "~/http/paths";
import { useRootData } from "~/http/root-data";
import { useT } from "~/i18n/context";
import type { BatchSummary } from "~/models/batch-list.server";
import { CancelBatch } from "./CancelBatch";

/** Batches that wait to be confirmed, for every admin to see: someone may be in the middle of paying. */
export function PreparedBatches({ batches }: { batches: readonly BatchSummary[] }) {
  const t = useT();
  if (batches.length === 0) return null;
  return (
    <Card title={t("payouts.prepared")}>
      <ul className="rows">
        {batches.map((batch) => (
          <li key={batch.id} className="row header">
            <span>
              {t.rich("payouts.preparedBy", {
                id: String(batch.id),
                name: batch.preparedBy ?? t("payouts.byImport"),
                when: <Prepared at={batch.preparedAt} />,
                amount: <MoneyList list={batch.totals} />,
              })}
            </span>
            <span className="row">
              <ButtonLink to={batchPath(batch.id)} tone="primary">
                {t("payouts.resume")}
              </ButtonLink>
              <CancelBatch batchId={batch.id} />
            </span>
          </li>
        ))}
      </ul>
    </Card>
  );
}

/** The hour of today's, which somebody may be paying right now. */
function Prepared({ at }: { at: Date }) {
  const { today, timeZone = "UTC" } = useRootData() ?? {};
  return <When value={at} as={dateInZone(at, timeZone) === today ? "time" : "dateTime"} />;
}
