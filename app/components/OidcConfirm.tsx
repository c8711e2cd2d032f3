import type { FieldErrors } from "~/forms/parse-form";
import { loginPath, oidcConfirmPath } from "~/http/paths";
import { useT } from "~/i18n/context";
import { Button, ButtonLink } from "./Button";
import { ErrorSummary } from "./ErrorSummary";
import { Field } from "./Field";
import { PageHeader } from "./PageHeader";
import { PostForm } from "./PostForm";

type OidcConfirmProps = { provider: string; email: string; errors: FieldErrors };

/** The password, once, before an identity at the provider is linked to the account that has one (DESIGN 7). */
export function OidcConfirm({ provider, email, errors }: OidcConfirmProps) {
  const t = useT();
  return (
    <div className="stack max-w-96">
      <PageHeader title={t("oidc.confirm.title")} />
      <p>{t("oidc.confirm.body", { provider, email })}</p>
      <PostForm action={oidcConfirmPath()} reloadDocument className="stack">
        <ErrorSummary errors={errors} />
        {/* For password managers, which look for the account's name beside its password. */}
        <input type="text" value={email} autoComplete="username" readOnly hidden />
        <Field
          name="password"
          type="password"
          label={t("signIn.password")}
          autoComplete="current-password"
          error={errors.password}
        />
        <div className="row">
          <Button tone="primary">{t("oidc.confirm.submit")}</Button>
          <ButtonLink to={loginPath()}>{t("oidc.confirm.cancel")}</ButtonLink>
        </div>
      </PostForm>
    </div>
  );
}
