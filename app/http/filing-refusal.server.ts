import { Refusal, type RefusalReason } from "~/domain/refusal";
import type { FieldErrors, FieldValues } from "~/forms/parse-form";
import { typedFields } from "~/forms/typed-fields";
import type { T } from "~/i18n/translator";
import { refusalStatus, refusalText } from "./refusal.server";

/**
 * Why an issue could not be filed, saved or edited, for its form and with the status to say it with. Throws what is no
 * refusal. A cycle that does not exist and one that the tester is not in look the same.
 */
export function filingErrors(error: unknown, t: T): { errors: FieldErrors; status: number } {
  if (!(error instanceof Refusal)) throw error;
  const { reason } = error;
  if (reason.code === "not_found")
    return { errors: { cycleId: t("issues.notYourCycle") }, status: 422 };
  if (reason.code === "cycle_closed")
    return { errors: { cycleId: t("issues.closedMeanwhile") }, status: 422 };
  if (reason.code === "too_many_screenshots")
    return { errors: { screenshots: refusalText(reason, t) }, status: 422 };
  return { errors: { form: tooLateText(reason, t) }, status: refusalStatus(reason) };
}

function tooLateText(reason: RefusalReason, t: T): string {
  if (reason.code !== "illegal") return refusalText(reason, t);
  return t(reason.problem === "not_draft" ? "issues.noDraft" : "issues.decided");
}

/** What the form of an issue held, whatever it was. */
export function typedIssue(form: FormData): FieldValues {
  return typedFields(form, ["cycleId", "severity", "title", "body"]);
}
