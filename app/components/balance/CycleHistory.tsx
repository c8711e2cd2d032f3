import { Card } from "~/components/Card";
import { PageLink } from "~/components/PageLink";
import { Pagination } from "~/components/Pagination";
import { newerHistory, olderHistory } from "~/filters/history-place";
import { cyclePath, type Query, withQuery } from "~/http/paths";
import { useT } from "~/i18n/context";
import type { HistoryPage } from "~/models/balance-history.server";
import { IssueHistory } from "./IssueHistory";

type CycleHistoryProps = { cycleId: number; history: HistoryPage; paidOnly: boolean };

/** The tester's issues in one cycle, or only those that paid, which together make what the cycle earned. */
export function CycleHistory({ cycleId, history, paidOnly }: CycleHistoryProps) {
  const t = useT();
  const title = t(paidOnly ? "balance.cycle.paidIssues" : "balance.cycle.issues");
  const page = (place: Query, paid = paidOnly) =>
    withQuery(cyclePath(cycleId), { paid: paid ? 1 : null, ...place });
  const { lines, newer, older } = history;
  return (
    <Card
      title={title}
      actions={
        <PageLink to={page({}, !paidOnly)}>
          {t(paidOnly ? "balance.cycle.showAll" : "balance.cycle.showPaid")}
        </PageLink>
      }
    >
      {lines.length === 0 ? (
        <p className="meta">{t("balance.cycle.nonePaid")}</p>
      ) : (
        <IssueHistory caption={title} lines={lines} cycleHidden />
      )}
      <Pagination
        newer={newer && page(newerHistory(newer))}
        older={older && page(olderHistory(older))}
      />
    </Card>
  );
}
