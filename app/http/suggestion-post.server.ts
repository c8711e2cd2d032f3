import { dateInZone, startOfDateInZone } from "~/domain/team-date";
import { isSuggestionIntent, suggestionForms } from "~/forms/suggestion-form";
import { parseForm } from "~/forms/parse-form";
import type { T } from "~/i18n/translator";
import { tokensSince } from "~/models/suggestion-budget.server";
import { requestSuggestion, type SuggestionAbout } from "~/models/suggestion-request.server";
import { settings } from "~/settings.server";
import { badRequest, notFound } from "./errors.server";
import { redirectWithFlash } from "./flash.server";
import { cycleReportPath, issuePath } from "./paths";
import { redirectTarget } from "./redirect-target";

/**
 * An admin asks for a suggestion. It is asked for in the background: this answers at once, 303 to where the button stood.
 * Throws 404 without a key, and 400 for what no button posts.
 */
export async function suggestionPost(form: FormData, actorId: number, t: T) {
  const service = settings().SUGGESTIONS;
  if (!service) throw notFound();
  const { about, home } = askedAbout(form, t);
  const next = redirectTarget(form.get("next"), home);
  const zone = settings().TEAM_TIME_ZONE;
  const used = await tokensSince(startOfDateInZone(dateInZone(new Date(), zone), zone));
  if (used >= service.dailyTokens)
    return redirectWithFlash(next, { tone: "warning", text: t("suggestions.usedUp") });
  const asked = await requestSuggestion(about, actorId);
  const text = t(asked ? "suggestions.asked" : "suggestions.notAsked");
  return redirectWithFlash(next, { tone: "info", text });
}

function askedAbout(form: FormData, t: T): { about: SuggestionAbout; home: string } {
  const intent = form.get("intent");
  if (!isSuggestionIntent(intent)) throw badRequest();
  if (intent === "issue") {
    const parsed = parseForm(suggestionForms.issue, form, t);
    if (!parsed.ok) throw badRequest();
    const { issue: issueId } = parsed.value;
    return { about: { intent, issueId }, home: issuePath(issueId) };
  }
  const parsed = parseForm(suggestionForms.cycle, form, t);
  if (!parsed.ok) throw badRequest();
  const { cycle: cycleId } = parsed.value;
  return { about: { intent, cycleId, locale: t.locale }, home: cycleReportPath(cycleId) };
}
