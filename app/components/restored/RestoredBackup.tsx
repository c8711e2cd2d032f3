import { Notice } from "~/components/Notice";
import { PageLink } from "~/components/PageLink";
import { restoredPath } from "~/http/paths";
import { useT } from "~/i18n/context";

/** Why nothing can be paid at the moment, and where to compare with the bank. */
export function RestoredBackup() {
  const t = useT();
  return (
    <Notice tone="error">
      {t("restored.blocked")} <PageLink to={restoredPath()}>{t("restored.toCompare")}</PageLink>
    </Notice>
  );
}
