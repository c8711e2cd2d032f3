import type { ReactNode } from "react";
import { PageHeader } from "~/components/PageHeader";
import { PageLink } from "~/components/PageLink";
import { adminCyclePath, adminCyclesPath, cycleSettingsPath } from "~/http/paths";
import { useT } from "~/i18n/context";
import type { Cycle } from "~/models/cycle.server";

export const CYCLE_PARTS = ["issues", "payouts", "testers", "settings"] as const;
export type CyclePart = (typeof CYCLE_PARTS)[number];

type CycleFrameProps = {
  cycle: Pick<Cycle, "id" | "name" | "status">;
  part: CyclePart;
  children: ReactNode;
};

/** The heading of a cycle's pages, and the way between them. */
export function CycleFrame({ cycle, part, children }: CycleFrameProps) {
  const t = useT();
  return (
    <>
      <PageHeader title={cycle.name} back={{ to: adminCyclesPath(), label: t("cycles.title") }}>
        <span>{t(`words.cycle.${cycle.status}`)}</span>
      </PageHeader>
      <nav aria-label={t("cycles.parts.label")}>
        <ul className="row">
          {CYCLE_PARTS.map((one) => (
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
  if (part === "settings") return cycleSettingsPath(id);
  return adminCyclePath(id, { part: part === "issues" ? null : part });
}
