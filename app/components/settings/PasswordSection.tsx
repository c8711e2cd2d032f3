import { Button } from "~/components/Button";
import { Card } from "~/components/Card";
import { ErrorSummary } from "~/components/ErrorSummary";
import { Field } from "~/components/Field";
import { PostForm } from "~/components/PostForm";
import { settingsPath } from "~/http/paths";
import type { SettingsAnswer } from "~/http/settings-answer";
import { useT } from "~/i18n/context";

type Props = { email: string; hasPassword: boolean; answer: SettingsAnswer | undefined };

export function PasswordSection({ email, hasPassword, answer }: Props) {
  const t = useT();
  const errors = answer?.errors ?? {};
  if (!hasPassword) {
    return (
      <Card title={t("people.password.title")}>
        <p className="meta">{t("people.password.none")}</p>
      </Card>
    );
  }
  return (
    <Card title={t("people.password.title")}>
      <p className="meta">{t("people.password.lead")}</p>
      <ErrorSummary
        errors={errors}
        labels={{
          currentPassword: t("people.password.current"),
          newPassword: t("people.password.new"),
        }}
      />
      <PostForm action={settingsPath()} className="stack">
        {/* For password managers: what to keep the new one under. */}
        <input type="text" autoComplete="username" value={email} readOnly hidden />
        <Field
          name="currentPassword"
          type="password"
          label={t("people.password.current")}
          autoComplete="current-password"
          error={errors.currentPassword}
        />
        <Field
          name="newPassword"
          type="password"
          label={t("people.password.new")}
          hint={t("people.password.hint")}
          autoComplete="new-password"
          error={errors.newPassword}
        />
        <Button name="intent" value="password">
          {t("people.password.submit")}
        </Button>
      </PostForm>
    </Card>
  );
}
