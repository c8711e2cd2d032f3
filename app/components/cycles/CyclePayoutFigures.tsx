import { MoneyList } from "~/components/Money";
import { Stat, Stats } from "~/components/Stat";
import { adminCyclePath, issuesPath } from "~/http/paths";
import { useT } from "~/i18n/context";
import type { CyclePayouts, CycleSum } from "~/models/cycle-payouts.server";

type Props = { cycleId: number; payouts: CyclePayouts };

/** Per currency; each figure leads to the issues that make it. */
export function CyclePayoutFigures({ cycleId, payouts }: Props) {
  const t = useT();
  const issues = ({ issues: count }: CycleSum) => t("cycles.payouts.issues", { count });
  const listOf = (payoutStatus: string) => issuesPath({ cycle: cycleId, payoutStatus });
  const { unpaid, paid, kept, total } = payouts;
  return (
    <>
      <Stats>
        <Stat label={t("cycles.payouts.unpaid")} detail={issues(unpaid)} to={listOf("approved")}>
          <MoneyList list={unpaid.money} />
        </Stat>
        <Stat label={t("cycles.payouts.paid")} detail={issues(paid)} to={listOf("paid")}>
          <MoneyList list={paid.money} />
        </Stat>
        {kept.issues > 0 ? (
          <Stat label={t("cycles.payouts.kept")} detail={issues(kept)} to={listOf("void")}>
            <MoneyList list={kept.money} />
          </Stat>
        ) : null}
        <Stat label={t("cycles.payouts.total")} detail={issues(total)} to={adminCyclePath(cycleId)}>
          <MoneyList list={total.money} />
        </Stat>
      </Stats>
      <p className="hint">{t("cycles.payouts.total.hint")}</p>
    </>
  );
}
