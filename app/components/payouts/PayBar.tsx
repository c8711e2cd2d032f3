import type { MouseEvent } from "react";
import { Button } from "~/components/Button";
import { MoneyList } from "~/components/Money";
import { PageLink } from "~/components/PageLink";
import type { OpenLine } from "~/filters/open-line";
import { payQueuePath } from "~/http/paths";
import { useT } from "~/i18n/context";
import type { QueueIssue } from "~/models/queue-issues.server";
import { usePicked } from "./use-picked";

type Props = {
  open: readonly OpenLine[];
  /** Of the opened lines. */
  issues: readonly QueueIssue[];
};

/** Stays in sight: how much is ticked (with scripts; else the next page says it), all or nothing, and on to paying. */
export function PayBar({ open, issues }: Props) {
  const t = useT();
  const { inForm, sum, tickAll } = usePicked(issues);
  // Without a page load: the link would only bring back what the page was loaded with.
  const press = (isTicked: boolean) => (event: MouseEvent) => {
    event.preventDefault();
    tickAll(isTicked);
  };
  return (
    <div className="pay-bar" ref={inForm}>
      <div className="row">
        <p aria-live="polite" className="pay-sum">
          {sum === null ? (
            <span className="meta">{t("payouts.sumLater")}</span>
          ) : sum.issues === 0 ? (
            <span className="meta">{t("payouts.nothingPicked")}</span>
          ) : (
            t.rich("payouts.lineSum", {
              amount: (
                <strong>
                  <MoneyList list={sum.totals} />
                </strong>
              ),
              issues: t("payouts.issues", { count: sum.issues }),
            })
          )}
        </p>
        <span className="row text-sm">
          <PageLink to={payQueuePath(open, true)} onClick={press(true)}>
            {t("payouts.selectAll")}
          </PageLink>
          <PageLink to={payQueuePath(open)} onClick={press(false)}>
            {t("payouts.selectNone")}
          </PageLink>
        </span>
        <Button tone="primary" name="intent" value="prepare">
          {t("payouts.paySelected")}
        </Button>
      </div>
    </div>
  );
}
