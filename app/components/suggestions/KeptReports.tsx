import { Card } from "~/components/Card";
import { When } from "~/components/When";
import { useT } from "~/i18n/context";
import type { KeptReport } from "~/models/cycle-report.server";

/** Every version that somebody kept, the newest open. */
export function KeptReports({ reports }: { reports: readonly KeptReport[] }) {
  const t = useT();
  return (
    <Card title={t("suggestions.report.versions")}>
      {reports.length === 0 ? <p className="meta">{t("suggestions.report.none")}</p> : null}
      {reports.map(({ id, version, at, by, html }, index) => (
        <details key={id} open={index === 0} className="border-t pt-3">
          <summary>
            <b>{t("suggestions.report.version", { version: String(version) })}</b>{" "}
            <span className="meta">
              {t.rich("suggestions.report.versionBy", {
                name: by,
                when: <When value={at} as="dateTime" />,
              })}
            </span>
          </summary>
          {/* Made by markdownToHtml, which lets no HTML of its writer through. */}
          <div className="prose mt-3" dangerouslySetInnerHTML={{ __html: html }} />
        </details>
      ))}
    </Card>
  );
}
