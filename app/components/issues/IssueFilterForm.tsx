import { Form } from "@remix-run/react";
import { Button } from "~/components/Button";
import { Field, type Option, Select } from "~/components/Field";
import { ISSUE_STATUSES } from "~/domain/issue-status";
import { PAYOUT_STATUSES } from "~/domain/payout-status";
import { SEVERITIES } from "~/domain/severity";
import type { IssueFilter } from "~/filters/issue-filter";
import { DEFAULT_ORDER, ISSUE_ORDERS, type IssueOrder } from "~/filters/issue-order";
import { issuesPath } from "~/http/paths";
import { useT } from "~/i18n/context";
import type { FilterOption, IssueFilterOptions } from "~/models/issue-filter-options.server";

type FilterFormProps = {
  filter: IssueFilter;
  /** Where the list can be sorted. */
  order?: IssueOrder;
  options: IssueFilterOptions;
  /** The choices unfolded from the beginning: on a laptop there is room. */
  unfolded: boolean;
  /** Where the list is, if it is not the issue list. */
  action?: string;
  /** The list is of one payout status only. */
  ofOnePayout?: boolean;
};

/** A form that goes to the same list, narrower: every choice ends up in the URL. */
export function IssueFilterForm({ unfolded, action = issuesPath(), ...fields }: FilterFormProps) {
  const t = useT();
  return (
    <Form method="get" action={action} discover="none" className="card" role="search">
      {/* The button's room is kept: on a slow line the field is drawn before it. */}
      <div className="grid grid-cols-[1fr_5.5rem] items-end gap-2 max-w-144">
        <Field
          name="q"
          type="search"
          label={t("issues.search")}
          defaultValue={fields.filter.q ?? undefined}
        />
        <Button>{t("issues.search.submit")}</Button>
      </div>
      <details open={unfolded}>
        <summary className="text-sm font-medium">{t("issues.filters")}</summary>
        <FilterFields {...fields} />
      </details>
    </Form>
  );
}

function FilterFields({ filter, order, options, ofOnePayout }: Omit<FilterFormProps, "unfolded">) {
  const t = useT();
  const { cycles, testers } = options;
  return (
    <div className="mt-3 grid items-end gap-3 grid-cols-2 lg:grid-cols-4">
      <Choice name="cycle" options={cycles.map(named)} filter={filter} />
      <Choice
        name="severity"
        options={SEVERITIES.map((value) => ({ value, label: t(`words.severity.${value}`) }))}
        filter={filter}
      />
      <Choice
        name="status"
        options={ISSUE_STATUSES.map((value) => ({ value, label: t(`words.status.${value}`) }))}
        filter={filter}
      />
      {ofOnePayout ? null : (
        <Choice
          name="payoutStatus"
          options={PAYOUT_STATUSES.map((value) => ({ value, label: t(`words.payout.${value}`) }))}
          filter={filter}
        />
      )}
      {testers ? (
        <Choice name="tester" options={testers.map(named)} filter={filter} />
      ) : (
        <ChosenTester filter={filter} />
      )}
      <DateField name="from" filter={filter} />
      <DateField name="to" filter={filter} />
      {order ? <OrderField order={order} /> : null}
      <div>
        <Button>{t("issues.filters.apply")}</Button>
      </div>
    </div>
  );
}

/** Also for phones, where the cards have no headings to sort by. The default posts nothing. */
function OrderField({ order }: { order: IssueOrder }) {
  const t = useT();
  return (
    <Select
      name="sort"
      label={t("issues.order")}
      options={ISSUE_ORDERS.map((value) => ({
        value: value === DEFAULT_ORDER ? "" : value,
        label: t(`issues.order.${value}`),
      }))}
      defaultValue={order === DEFAULT_ORDER ? "" : order}
    />
  );
}

function named({ id, name }: FilterOption): Option {
  return { value: String(id), label: name };
}

type ChoiceProps = {
  name: "cycle" | "severity" | "status" | "payoutStatus" | "tester";
  options: readonly Option[];
  filter: IssueFilter;
};

function Choice({ name, options, filter }: ChoiceProps) {
  const t = useT();
  return (
    <Select
      name={name}
      label={t(`issues.field.${name}`)}
      options={[{ value: "", label: t("issues.any") }, ...options]}
      defaultValue={String(filter[name] ?? "")}
    />
  );
}

/** With too many testers to list, the one that is filtered by stays when something else is chosen. */
function ChosenTester({ filter }: { filter: IssueFilter }) {
  return filter.tester === null ? null : (
    <input type="hidden" name="tester" value={filter.tester} />
  );
}

function DateField({ name, filter }: { name: "from" | "to"; filter: IssueFilter }) {
  const t = useT();
  return (
    <Field
      name={name}
      type="date"
      label={t(`issues.field.${name}`)}
      defaultValue={filter[name] ?? undefined}
    />
  );
}
