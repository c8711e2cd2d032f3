import { MoneyList } from "~/components/Money";
import { Stat, Stats } from "~/components/Stat";
import type { Balance, BalanceTotal } from "~/domain/balance";
import type { Money } from "~/domain/money";
import { useFormat, useT } from "~/i18n/context";

/** The five figures at the top of Balance (DESIGN 4). */
export function BalanceFigures({ balance }: { balance: Balance }) {
  const t = useT();
  const { number, percent } = useFormat();
  const { filed, accepted, awaiting } = balance.issues;
  return (
    <Stats>
      <Stat label={t("balance.earned")}>
        <MoneyList list={figure(balance, "paid")} />
      </Stat>
      <Stat label={t("balance.pending")}>
        <MoneyList list={figure(balance, "pending")} />
      </Stat>
      <Stat
        label={t("balance.awaiting")}
        detail={filed > 0 ? t("balance.awaitingIssues", { count: awaiting }) : null}
      >
        <MoneyList list={figure(balance, "awaiting")} approximate={awaiting > 0} />
      </Stat>
      <Stat label={t("balance.filed")}>{number(filed)}</Stat>
      <Stat label={t("balance.rate")} detail={filed > 0 ? <HowCounted /> : null}>
        {percent(balance.acceptanceRate)}
        {filed > 0
          ? ` (${t("balance.rateOf", { accepted: number(accepted), filed: number(filed) })})`
          : null}
      </Stat>
    </Stats>
  );
}

/** Narrow on a phone, so that the figure stays beside its label. */
function HowCounted() {
  return <span className="inline-block max-w-34 md:max-w-none">{useT()("balance.rate.how")}</span>;
}

/** One figure in every currency that has any of it; nothing at all is a zero in the first. */
export function figure(
  { totals }: Balance,
  name: Exclude<keyof BalanceTotal, "currency">,
): readonly Money[] {
  const sums = totals.map((total) => ({ currency: total.currency, amount: total[name] }));
  const some = sums.filter(({ amount }) => amount !== 0);
  return some.length > 0 ? some : sums.slice(0, 1);
}
