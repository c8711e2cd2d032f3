import { Money, MoneyList } from "~/components/Money";
import { PageLink } from "~/components/PageLink";
import { Stat, Stats } from "~/components/Stat";
import type { Money as MoneyValue } from "~/domain/money";
import { issuesPath, paymentsPath, reviewPath, voidsPath } from "~/http/paths";
import { useT } from "~/i18n/context";
import type { PayoutTotals } from "~/models/payout-totals.server";

type Props = {
  totals: PayoutTotals;
  voided: { money: readonly MoneyValue[]; count: number };
};

/** The figures at the top of Payouts; each leads to the list that it sums up. */
export function PayoutFigures({ totals, voided }: Props) {
  const t = useT();
  const issues = totals.approvedUnpaid.reduce((sum, entry) => sum + entry.issues, 0);
  return (
    <Stats>
      <Stat
        label={t("payouts.approvedUnpaid")}
        detail={t("payouts.issues", { count: issues })}
        to={issuesPath({ payoutStatus: "approved" })}
      >
        <MoneyList list={totals.approvedUnpaid} />
      </Stat>
      <Stat label={t("payouts.paidLifetime")} to={paymentsPath()}>
        <MoneyList list={totals.paidLifetime} />
      </Stat>
      <Stat label={t("payouts.pendingReview")} to={reviewPath()}>
        {t("payouts.issues", { count: totals.pendingReview })}
      </Stat>
      <Stat label={t("payouts.topTester")}>
        {totals.topTester.length === 0
          ? t("payouts.nobody")
          : totals.topTester.map((top) => (
              <div key={top.currency} className="text-lg">
                <PageLink to={paymentsPath({ testerId: top.testerId })}>
                  {t.rich("payouts.topTesterOf", { name: top.name, amount: <Money money={top} /> })}
                </PageLink>
              </div>
            ))}
      </Stat>
      <Stat
        label={t("payouts.voided")}
        detail={t("payouts.issues", { count: voided.count })}
        to={voidsPath()}
      >
        <MoneyList list={voided.money} />
      </Stat>
    </Stats>
  );
}
