import { PageLink } from "~/components/PageLink";
import { useT } from "~/i18n/context";

/** The issue that the URL asks for is not there; the list still is. */
export function IssueMissing({ id, list }: { id: number; list: string }) {
  const t = useT();
  return (
    <section className="card empty">
      <h2>{t("triage.missing", { id: String(id) })}</h2>
      <p>{t("triage.missingBody")}</p>
      <p className="issue-back">
        <PageLink to={list}>← {t("triage.back")}</PageLink>
      </p>
    </section>
  );
}
