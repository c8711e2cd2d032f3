import { decisionText } from "~/components/triage/decision-text";
import { type TriageFilter, triageHref } from "~/filters/triage-filter";
import type { T } from "~/i18n/translator";
import { inboxNeighbours } from "~/models/triage.server";
import { redirectWithFlash } from "./flash.server";
import { type CarriedOut, saidOf } from "./triage-decision.server";

/**
 * 303 to the issue that comes next, with a message that offers to take the decision back. What leaves the issue
 * waiting stays with it.
 */
export async function decidedAnswer(
  { decision, done }: CarriedOut & { ok: true },
  filter: TriageFilter,
  t: T,
): Promise<Response> {
  const { id, version } = done;
  const { title, nextId } = await inboxNeighbours(id, filter);
  const here = triageHref({ ...filter, issueId: id });
  const text = decisionText(saidOf(decision, done), { id, title }, t);
  if (decision.intent === "undo" || decision.intent === "severity")
    return redirectWithFlash(here, { tone: "info", text });
  const fields = { intent: "undo", issueId: String(id), version: String(version) };
  return redirectWithFlash(triageHref({ ...filter, issueId: nextId }), {
    tone: "success",
    text,
    action: { url: here, label: t("app.undo"), fields, kbd: "z" },
  });
}
