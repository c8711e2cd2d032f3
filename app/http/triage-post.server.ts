import { data } from "@remix-run/node";
import { isBulkIntent } from "~/forms/bulk-decision-form";
import type { DecisionAnswer } from "~/forms/decision-form";
import { type TriageFilter, triageHref } from "~/filters/triage-filter";
import type { T } from "~/i18n/translator";
import { setHotkeys } from "~/models/hotkeys.server";
import { bulkPost } from "./bulk-triage-post.server";
import { redirectWithFlash } from "./flash.server";
import { decidedAnswer } from "./triage-answers.server";
import { carryOut } from "./triage-decision.server";
import type { Viewer } from "./viewer.server";

type TriagePost = { form: FormData; filter: TriageFilter; viewer: Viewer; at: Date; t: T };

/** Every form of Triage, by its intent. Throws 400 for what no form of the page posts. */
export async function triagePost({ form, filter, viewer, at, t }: TriagePost) {
  const intent = form.get("intent");
  const act = { actorId: viewer.id, at };
  if (intent === "keysOn" || intent === "keysOff") {
    await setHotkeys(viewer.id, intent === "keysOn");
    const text = t(intent === "keysOn" ? "triage.keys.nowOn" : "triage.keys.nowOff");
    return redirectWithFlash(triageHref(filter), { tone: "info", text });
  }
  if (isBulkIntent(intent)) return bulkPost({ form, filter, t }, intent, act);
  const carried = await carryOut(form, act, t);
  if (carried.ok) return decidedAnswer(carried, filter, t);
  return data<DecisionAnswer>(carried.answer, { status: carried.status });
}
