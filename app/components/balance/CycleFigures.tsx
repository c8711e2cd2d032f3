import { MoneyList } from "~/components/Money";
import { Stat, Stats } from "~/components/Stat";
import type { Balance } from "~/domain/balance";
import { useFormat, useT } from "~/i18n/context";
import { figure } from "./BalanceFigures";

/** The sums of one cycle, per currency. */
export function CycleFigures({ balance }: { balance: Balance }) {
  const t = useT();
  const { number } = useFormat();
  const { filed, awaiting } = balance.issues;
  const paid = balance.cycles.reduce((count, cycle) => count + cycle.paid, 0);
  const approved = balance.cycles.reduce((count, cycle) => count + cycle.approved, 0) - paid;
  const issues = (count: number) => t("balance.awaitingIssues", { count });
  return (
    <Stats>
      <Stat label={t("balance.earned")} detail={issues(paid)}>
        <MoneyList list={figure(balance, "paid")} />
      </Stat>
      <Stat label={t("balance.pending")} detail={issues(approved)}>
        <MoneyList list={figure(balance, "pending")} />
      </Stat>
      <Stat label={t("balance.awaiting")} detail={issues(awaiting)}>
        <MoneyList list={figure(balance, "awaiting")} approximate={awaiting > 0} />
      </Stat>
      <Stat label={t("balance.filedHere")}>{number(filed)}</Stat>
    </Stats>
  );
}
