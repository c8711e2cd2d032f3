import { Button, ButtonLink } from "~/components/Button";
import { Card } from "~/components/Card";
import { Field, Select } from "~/components/Field";
import { HiddenFields } from "~/components/KeptFields";
import { MoneyList } from "~/components/Money";
import { PostForm } from "~/components/PostForm";
import { amountToInputText, CURRENCIES, money } from "~/domain/money";
import {
  cycleCurrency,
  DEFAULT_CURRENCY,
  DEFAULT_PAYOUT_RATES_KZT_CENTS,
  type PayoutRates,
  suggestedAmountCentsFor,
} from "~/domain/rates";
import type { RatesChange } from "~/domain/rates-change";
import { SEVERITIES } from "~/domain/severity";
import type { FieldErrors, FieldValues } from "~/forms/parse-form";
import { cycleSettingsPath } from "~/http/paths";
import { useFormat, useT } from "~/i18n/context";

type RatesFormProps = {
  cycleId: number;
  rates: PayoutRates;
  /** ratesText() of them. */
  shown: string;
  answer: { errors: FieldErrors; values: FieldValues } | undefined;
};

/** Four inputs and a currency; saving goes by a page that says what changes. */
export function RatesForm({ cycleId, rates, shown, answer }: RatesFormProps) {
  const t = useT();
  const format = useFormat();
  const currency = answer?.values.currency ?? cycleCurrency(rates);
  const hint = (severity: (typeof SEVERITIES)[number]) =>
    currency === DEFAULT_CURRENCY
      ? t("cycles.rates.default", {
          amount: format.money(money(DEFAULT_CURRENCY, DEFAULT_PAYOUT_RATES_KZT_CENTS[severity])),
        })
      : t("cycles.rates.noDefault");
  return (
    <Card title={t("cycles.rates")}>
      <p className="hint">{t("cycles.rates.hint")}</p>
      <PostForm action={cycleSettingsPath(cycleId)} className="stack mt-3">
        <input type="hidden" name="shown" value={shown} />
        <div className="grid items-end gap-3 grid-cols-2 lg:grid-cols-4">
          {SEVERITIES.map((severity) => (
            <Field
              key={severity}
              name={severity}
              label={t(`words.severity.${severity}`)}
              hint={hint(severity)}
              inputMode="decimal"
              autoComplete="off"
              defaultValue={answer?.values[severity] ?? typed(rates[severity])}
              error={answer?.errors[severity]}
            />
          ))}
        </div>
        <div className="max-w-96">
          <Select
            name="currency"
            label={t("cycles.rates.currency")}
            hint={t("cycles.rates.currency.hint")}
            options={CURRENCIES.map((value) => ({ value, label: value }))}
            defaultValue={currency}
            error={answer?.errors.currency}
          />
        </div>
        <div>
          <Button tone="primary" name="intent" value="reviewRates">
            {t("cycles.rates.review")}
          </Button>
        </div>
      </PostForm>
    </Card>
  );
}

const typed = (rate: number | undefined) => (rate === undefined ? "" : amountToInputText(rate));

type RatesReviewProps = {
  cycleId: number;
  rates: PayoutRates;
  change: RatesChange;
  values: FieldValues;
};

/** The second step: what these rates do to issues that wait, and the button that saves them. */
export function RatesReview({ cycleId, rates, change, values }: RatesReviewProps) {
  const t = useT();
  const format = useFormat();
  const { pending, before, after } = change;
  return (
    <Card title={t("cycles.rates.confirm")}>
      <ul className="row meta">
        {SEVERITIES.map((severity) => {
          const suggested = suggestedAmountCentsFor({ payoutRates: rates }, severity);
          const amount = suggested ? format.money(suggested) : "—";
          const name = t(`words.severity.${severity}`);
          return <li key={severity}>{t("cycles.rates.becomes", { severity: name, amount })}</li>;
        })}
      </ul>
      <p className="mt-2">
        {pending === 0
          ? t("cycles.rates.none")
          : t.rich("cycles.rates.moves", {
              count: pending,
              before: <MoneyList list={before.total} />,
              after: <MoneyList list={after.total} />,
            })}
      </p>
      {after.unrated > 0 ? <p>{t("cycles.rates.unrated", { count: after.unrated })}</p> : null}
      <PostForm action={cycleSettingsPath(cycleId)} className="row mt-3">
        <HiddenFields fields={Object.entries(values)} />
        <Button tone="primary" name="intent" value="saveRates">
          {t("cycles.rates.save")}
        </Button>
        <ButtonLink to={cycleSettingsPath(cycleId)}>{t("app.cancel")}</ButtonLink>
      </PostForm>
    </Card>
  );
}
