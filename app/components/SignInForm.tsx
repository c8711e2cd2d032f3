import type { FieldErrors, FieldValues } from "~/forms/parse-form";
import type { KeptForm } from "~/http/kept-form";
import { loginPath } from "~/http/paths";
import { useT } from "~/i18n/context";
import { Button } from "./Button";
import { ErrorSummary } from "./ErrorSummary";
import { Field } from "./Field";
import { KeptFields } from "./KeptFields";
import { ProviderLink } from "./ProviderLink";
import { PostForm } from "./PostForm";

type SignInFormProps = {
  /** Where to go afterwards. */
  next?: string | undefined;
  errors?: FieldErrors | undefined;
  values?: FieldValues | undefined;
  /** A form that was posted after the session had ended. */
  kept?: KeptForm | null | undefined;
  /** Who else may say who one is; null where nobody is set up. */
  provider?: { name: string; url: string } | null | undefined;
};

export function SignInForm({
  next,
  errors = {},
  values = {},
  kept = null,
  provider = null,
}: SignInFormProps) {
  const t = useT();
  return (
    <>
      <PostForm action={loginPath()} reloadDocument className="stack">
        <ErrorSummary errors={errors} />
        <Field
          name="email"
          type="email"
          label={t("signIn.email")}
          autoComplete="username"
          inputMode="email"
          defaultValue={values.email}
          error={errors.email}
        />
        <Field
          name="password"
          type="password"
          label={t("signIn.password")}
          autoComplete="current-password"
          error={errors.password}
        />
        {next ? <input type="hidden" name="next" value={next} /> : null}
        <KeptFields kept={kept} />
        <Button tone="primary">{t("signIn.submit")}</Button>
      </PostForm>
      {provider ? (
        <>
          <p className="meta">{t("oidc.or")}</p>
          <ProviderLink {...provider} />
        </>
      ) : null}
    </>
  );
}
