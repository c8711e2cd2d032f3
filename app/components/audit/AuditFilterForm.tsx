import { Form } from "@remix-run/react";
import { Button } from "~/components/Button";
import { Field, Select } from "~/components/Field";
import { PageLink } from "~/components/PageLink";
import { AUDIT_GROUPS, type AuditFilter } from "~/filters/audit-filter";
import { auditPath } from "~/http/paths";
import { useT } from "~/i18n/context";

type Props = { filter: AuditFilter; people: readonly { id: number; name: string }[] };

/** A form that goes to the same page, narrower. A tester is filtered by from their own page, or by a name in the list. */
export function AuditFilterForm({ filter, people }: Props) {
  const t = useT();
  const any = { value: "", label: t("audit.any") };
  const isFiltered = Object.values(filter).some((value) => value !== null);
  return (
    <Form method="get" action={auditPath()} discover="none" className="card" role="search">
      <div className="grid items-end gap-3 grid-cols-2 lg:grid-cols-5">
        <Select
          name="person"
          label={t("audit.field.person")}
          options={[any, ...people.map(({ id, name }) => ({ value: String(id), label: name }))]}
          defaultValue={String(filter.person ?? "")}
        />
        <Select
          name="group"
          label={t("audit.field.group")}
          options={[
            any,
            ...AUDIT_GROUPS.map((value) => ({ value, label: t(`audit.group.${value}`) })),
          ]}
          defaultValue={filter.group ?? ""}
        />
        {(["from", "to"] as const).map((name) => (
          <Field
            key={name}
            name={name}
            type="date"
            label={t(`audit.field.${name}`)}
            defaultValue={filter[name] ?? undefined}
          />
        ))}
        <div className="row">
          <Button>{t("audit.apply")}</Button>
          {isFiltered ? <PageLink to={auditPath()}>{t("audit.clear")}</PageLink> : null}
        </div>
      </div>
    </Form>
  );
}
