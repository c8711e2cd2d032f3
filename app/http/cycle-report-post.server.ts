import { Refusal } from "~/domain/refusal";
import { type FieldErrors, type FieldValues, parseForm } from "~/forms/parse-form";
import { reportForm } from "~/forms/suggestion-form";
import type { T } from "~/i18n/translator";
import { keepCycleReport } from "~/models/cycle-report.server";
import { settings } from "~/settings.server";
import { badRequest, notFound, unprocessable } from "./errors.server";
import { redirectWithFlash } from "./flash.server";
import { cycleReportPath } from "./paths";

export type ReportAnswer = { readonly errors: FieldErrors; readonly values: FieldValues };

/** An admin keeps a version of the closing report. Throws 400, and 404 without a key or a cycle. */
export async function cycleReportPost(form: FormData, cycleId: number, actorId: number, t: T) {
  if (settings().SUGGESTIONS === null) throw notFound();
  if (form.get("intent") !== "keep") throw badRequest();
  const parsed = parseForm(reportForm, form, t);
  if (!parsed.ok) {
    if (parsed.errors.key) throw badRequest();
    return unprocessable<ReportAnswer>(parsed);
  }
  try {
    const { version } = await keepCycleReport({ cycleId, ...parsed.value }, actorId);
    const text = t("suggestions.report.kept", { version: String(version) });
    return await redirectWithFlash(cycleReportPath(cycleId), { tone: "success", text });
  } catch (error) {
    if (error instanceof Refusal && error.reason.code === "not_found") throw notFound();
    throw error;
  }
}
