import { Button } from "~/components/Button";
import { Field } from "~/components/Field";
import type { StatementPeriod } from "~/filters/statement-period";
import { statementPath } from "~/http/paths";
import { useFormat, useT } from "~/i18n/context";

/** Which period the statement is of. A GET form: the period is in the URL, to be kept or sent on. */
export function PeriodForm({ period }: { period: StatementPeriod }) {
  const t = useT();
  const { date } = useFormat();
  const { errors, from, to } = period;
  return (
    <form method="get" action={statementPath()} noValidate className="stack">
      <div className="row items-end">
        {(["from", "to"] as const).map((name) => (
          <Field
            key={name}
            name={name}
            label={t(`balance.statement.${name}`)}
            defaultValue={period.values[name]}
            error={errors?.[name]}
            // A date box would show nothing of what is no date.
            type={errors?.[name] ? "text" : "date"}
          />
        ))}
        <Button>{t("balance.statement.show")}</Button>
      </div>
      {errors ? (
        <p className="hint">
          {t("balance.statement.defaulted", { from: date(from), to: date(to) })}
        </p>
      ) : null}
    </form>
  );
}
