import { Form } from "@remix-run/react";
import { Button } from "~/components/Button";
import { Field, Select } from "~/components/Field";
import { USER_ROLES, USER_STATES, type UserFilter } from "~/filters/user-filter";
import { usersPath } from "~/http/paths";
import { useT } from "~/i18n/context";

/** A form that goes to the same list, narrower. */
export function PeopleFilter({ filter }: { filter: UserFilter }) {
  const t = useT();
  const any = { value: "", label: t("people.any") };
  return (
    <Form method="get" action={usersPath()} discover="none" className="card" role="search">
      <div className="grid items-end gap-3 grid-cols-2 lg:grid-cols-4">
        <Field
          name="q"
          type="search"
          label={t("people.search")}
          defaultValue={filter.q ?? undefined}
        />
        <Select
          name="role"
          label={t("people.field.role")}
          options={[
            any,
            ...USER_ROLES.map((value) => ({ value, label: t(`people.role.${value}`) })),
          ]}
          defaultValue={filter.role ?? ""}
        />
        <Select
          name="state"
          label={t("people.field.state")}
          options={[
            any,
            ...USER_STATES.map((value) => ({ value, label: t(`people.state.${value}`) })),
          ]}
          defaultValue={filter.state ?? ""}
        />
        <div>
          <Button>{t("people.search.submit")}</Button>
        </div>
      </div>
    </Form>
  );
}
