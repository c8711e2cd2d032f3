import { Button } from "~/components/Button";
import { ErrorSummary } from "~/components/ErrorSummary";
import { Field, Select } from "~/components/Field";
import { PageLink } from "~/components/PageLink";
import type { ReadPaymentFilter } from "~/filters/payment-filter";
import { paymentsPath } from "~/http/paths";
import { useT } from "~/i18n/context";
import type { FilterOption } from "~/models/issue-filter-options.server";

type Props = {
  read: ReadPaymentFilter;
  /** Null when there are too many to choose from: the names in the list are links instead. */
  testers: readonly FilterOption[] | null;
  chosenTester: FilterOption | null;
};

/** A GET form: the filter is in the URL, to be kept or sent on. */
export function LedgerFilterForm({ read, testers, chosenTester }: Props) {
  const t = useT();
  const { values, errors, filter } = read;
  const isFiltered = Object.values(filter).some((value) => value !== null);
  const options = testers ?? (chosenTester ? [chosenTester] : []);
  return (
    <form method="get" action={paymentsPath()} noValidate className="stack">
      <ErrorSummary
        errors={errors}
        labels={{ from: t("ledger.from"), to: t("ledger.to"), testerId: t("ledger.tester") }}
      />
      <div className="row items-end">
        {(["from", "to"] as const).map((name) => (
          <Field
            key={name}
            name={name}
            label={t(`ledger.${name}`)}
            defaultValue={values[name]}
            error={errors?.[name]}
            // A date box would show nothing of what is no date.
            type={errors?.[name] ? "text" : "date"}
          />
        ))}
        {options.length > 0 ? (
          <Select
            name="testerId"
            label={t("ledger.tester")}
            defaultValue={values.testerId}
            options={[
              { value: "", label: t("ledger.anybody") },
              ...options.map(({ id, name }) => ({ value: String(id), label: name })),
            ]}
          />
        ) : null}
        <Button>{t("ledger.show")}</Button>
        {isFiltered || errors ? <PageLink to={paymentsPath()}>{t("ledger.clear")}</PageLink> : null}
      </div>
    </form>
  );
}
