import { Fragment } from "react";
import { amountToDecimal, CURRENCIES, type Money as MoneyValue } from "~/domain/money";
import { useFormat } from "~/i18n/context";

type MoneyProps = {
  money: MoneyValue;
  /** Marks a sum nobody has committed to yet: ₸ ~30,000. */
  approximate?: boolean;
};

export function Money({ money, approximate }: MoneyProps) {
  return (
    <data className="money" value={amountToDecimal(money.amount, ".")}>
      {useFormat().money(money, { approximate })}
    </data>
  );
}

const NOTHING: MoneyValue = { currency: CURRENCIES[0], amount: 0 };

/** ₸ 120,000 + $ 50: one entry per currency, no break inside one. An empty list is ₸ 0. */
export function MoneyList({
  list,
  approximate,
}: {
  list: readonly MoneyValue[];
  approximate?: boolean;
}) {
  return (list.length ? list : [NOTHING]).map((money, index) => (
    <Fragment key={money.currency}>
      {index ? " + " : null}
      <Money money={money} approximate={approximate} />
    </Fragment>
  ));
}
