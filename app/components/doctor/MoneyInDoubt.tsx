import { Notice } from "~/components/Notice";
import { PageLink } from "~/components/PageLink";
import { doctorPath } from "~/http/paths";
import { useT } from "~/i18n/context";

/** Why nothing can be paid at the moment, and where to see what was found. */
export function MoneyInDoubt() {
  const t = useT();
  return (
    <Notice tone="error">
      {t("doctor.blocked")} <PageLink to={doctorPath()}>{t("doctor.toDoctor")}</PageLink>
    </Notice>
  );
}
