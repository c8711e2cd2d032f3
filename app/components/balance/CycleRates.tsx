import { Money } from "~/components/Money";
import { useT } from "~/i18n/context";
import type { TesterCycle } from "~/models/tester-cycle.server";

/** What an issue of each severity is worth here: "An issue pays: Critical ₸ 15,000 · High ₸ 8,000 …" */
export function CycleRates({ rates }: Pick<TesterCycle, "rates">) {
  const t = useT();
  return (
    <span>
      {`${t("balance.cycle.pays")}: `}
      {rates.map(({ severity, money }, index) => (
        <span key={severity}>
          {index > 0 ? " · " : null}
          {`${t(`words.severity.${severity}`)} `}
          {money ? <Money money={money} /> : t("balance.cycle.paysNothing")}
        </span>
      ))}
    </span>
  );
}
