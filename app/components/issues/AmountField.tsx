import { Field, type FieldProps } from "~/components/Field";
import type { Currency } from "~/domain/money";
import { useFormat, useT } from "~/i18n/context";

type AmountFieldProps = Pick<FieldProps, "error" | "defaultValue" | "idPrefix"> & {
  currency: Currency;
};

/** Major units, as people type them; the sign says of which currency. */
export function AmountField({ currency, ...field }: AmountFieldProps) {
  const t = useT();
  return (
    <Field
      {...field}
      name="amountText"
      label={t("issues.card.amount")}
      hint={t("issues.card.amount.hint", { currency })}
      prefix={useSign(currency)}
      inputMode="decimal"
      autoComplete="off"
    />
  );
}

/** What the language writes beside an amount, without the amount: ₸. */
export function useSign(currency: Currency): string {
  return useFormat()
    .money({ currency, amount: 0 })
    .replace(/[\d\s]/g, "");
}
