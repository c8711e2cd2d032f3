import { Button } from "~/components/Button";
import { ErrorSummary } from "~/components/ErrorSummary";
import { Field, RadioGroup } from "~/components/Field";
import { PostForm } from "~/components/PostForm";
import { USER_ROLES } from "~/filters/user-filter";
import type { FieldErrors, FieldValues } from "~/forms/parse-form";
import { usersPath } from "~/http/paths";
import { useT } from "~/i18n/context";

type Props = { refused: { errors: FieldErrors; values: FieldValues } | undefined };

/** Folded away: people are added far less often than looked up. Open while it says what was wrong. */
export function NewPersonForm({ refused }: Props) {
  const t = useT();
  const { errors = {}, values = {} } = refused ?? {};
  const roles = USER_ROLES.map((value) => ({
    ...{ value, label: t(`people.role.${value}`) },
    hint: t(`people.new.roleHint.${value}`),
  }));
  return (
    <details className="card" open={refused !== undefined}>
      <summary className="font-medium">{t("people.new.title")}</summary>
      <PostForm action={usersPath()} className="stack mt-3 max-w-144">
        <p className="meta">{t("people.new.lead")}</p>
        <ErrorSummary
          errors={errors}
          labels={{ name: t("people.new.name"), email: t("people.new.email") }}
        />
        <Field
          name="name"
          label={t("people.new.name")}
          autoComplete="off"
          defaultValue={values.name}
          error={errors.name}
        />
        <Field
          name="email"
          type="email"
          inputMode="email"
          label={t("people.new.email")}
          autoComplete="off"
          defaultValue={values.email}
          error={errors.email}
        />
        <RadioGroup
          name="role"
          label={t("people.new.role")}
          options={roles}
          defaultValue={values.role ?? "tester"}
          error={errors.role}
        />
        <Button tone="primary">{t("people.new.submit")}</Button>
      </PostForm>
    </details>
  );
}
