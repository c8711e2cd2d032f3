import type { OidcProblem as Problem } from "~/http/oidc-sign-in.server";
import { loginPath } from "~/http/paths";
import { useT } from "~/i18n/context";
import { ButtonLink } from "./Button";
import { Notice } from "./Notice";
import { PageHeader } from "./PageHeader";
import { ProviderLink } from "./ProviderLink";

type OidcProblemProps = { problem: Problem; provider: { name: string; url: string } };

/** Why a sign-in at the provider came to nothing, and what to do about it. */
export function OidcProblem({ problem, provider }: OidcProblemProps) {
  const t = useT();
  return (
    <div className="stack max-w-120">
      <PageHeader title={t("oidc.problem.title")} />
      <Notice tone="error">{t(`oidc.problem.${problem}`, { provider: provider.name })}</Notice>
      <div className="row">
        <ProviderLink {...provider} />
        <ButtonLink to={loginPath()}>{t("oidc.toSignIn")}</ButtonLink>
      </div>
    </div>
  );
}
