import type { KeptForm } from "~/http/kept-form";
import { useT } from "~/i18n/context";
import { Notice } from "./Notice";
import { PageHeader } from "./PageHeader";
import { SignInForm } from "./SignInForm";

/** The answer to a form that was posted after its session had ended: 401, and nothing typed is lost (DESIGN 7). */
export function SignInAgain({ kept }: { kept: KeptForm }) {
  const t = useT();
  return (
    <div className="stack max-w-96">
      <PageHeader title={t("signIn.again.title")} />
      <p>{t("signIn.again.body")}</p>
      {kept.hadFiles ? (
        <Notice tone="warning">{t("issueTalk.screenshots.again.soon")}</Notice>
      ) : null}
      <SignInForm kept={kept} />
    </div>
  );
}
