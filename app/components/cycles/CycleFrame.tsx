import type { ReactNode } from "react";
import { PageHeader } from "~/components/PageHeader";
import { PageLink } from "~/components/PageLink";
import { adminCyclePath, adminCyclesPath, cycleReportPath, cycleSettingsPath } from "~/http/paths";
import { useT } from "~/i18n/context";
import type { Cycle } from "~/models/cycle.server";

export const CYCLE_PARTS = ["issues", "payouts", "testers", "report", "settings"] as const;
export type CyclePart = (typeof CYCLE_PARTS)[number];

type CycleFrameProps = {
  cycle: Pick<Cycle, "id" | "name" | "status">;
  part: CyclePart;
  /** Whether there is a page of reports. */
  hasReport: boolean;
  children: ReactNode;
};

/** The heading of a cycle's pages, and the way between them. */
export function CycleFrame({ cycle, part, hasReport, children }: CycleFrameProps) {
  const t = useT();
  return (
    <>
      <PageHeader title={cycle.name} back={{ to: adminCyclesPath(), label: t("cycles.title") }}>
        <span>{t(`words.cycle.${cycle.status}`)}</span>
      </PageHeader>
      <nav aria-label={t("cycles.parts.label")}>
        <ul className="row">
          {CYCLE_PARTS.filter((one) => one !== "report" || hasReport).map((one) => (
            <li key={one}>
              <PageLink
                className={one === part ? "btn btn-primary" : "btn"}
                to={partPath(cycle.id, one)}
                aria-current={one === part ? "page" : undefined}
              >
                {t(`cycles.part.${one}`)}
              </PageLink>
            </li>
          ))}
        </ul>
      </nav>
      {children}
    </>
  );
}

function partPath(id: number, part: CyclePart): string {
  if (part === "report") return cycleReportPath(id);
  if (part === "settings") return cycleSettingsPath(id);
  return adminCyclePath(id, { part: part === "issues" ? null : part });
}
