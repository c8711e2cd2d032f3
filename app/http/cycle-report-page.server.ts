import { randomUUID } from "node:crypto";
import type { T } from "~/i18n/translator";
import { cycleReports, hasCycleReport } from "~/models/cycle-report.server";
import { cycleSuggestion } from "~/models/cycle-suggestion.server";
import { settings } from "~/settings.server";
import { reportDraft } from "./report-draft";

/** Whether a cycle has a page of reports: with a key, or where one was kept when there was a key. */
export async function hasReportPage(cycleId: number): Promise<boolean> {
  return settings().SUGGESTIONS !== null || (await hasCycleReport(cycleId));
}

/** What that page shows; without a key the kept reports alone. */
export async function cycleReportPage(cycle: { id: number; name: string }, t: T) {
  const [view, reports] = await Promise.all([
    settings().SUGGESTIONS === null ? null : cycleSuggestion(cycle.id, t.locale),
    cycleReports(cycle.id),
  ]);
  const zone = settings().TEAM_TIME_ZONE;
  const draft = view && reportDraft({ cycle: cycle.name, view, at: new Date(), zone, t });
  return { view, reports, draft, key: randomUUID() };
}
