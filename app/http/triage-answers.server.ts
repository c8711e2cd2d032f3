import { data } from "@remix-run/node";
import { Refusal } from "~/domain/refusal";
import { type TriageFilter, triageHref } from "~/filters/triage-filter";
import type { DecisionAnswer, DecisionPanel } from "~/forms/decision-form";
import type { FieldValues } from "~/forms/parse-form";
import { formatMoney } from "~/i18n/format";
import type { T } from "~/i18n/translator";
import type { ChangedIssue } from "~/models/issue-change.server";
import { inboxNeighbours } from "~/models/triage.server";
import { NoSuchOriginal, type TriageDecision } from "~/models/triage-decision.server";
import { unprocessable } from "./errors.server";
import { redirectWithFlash } from "./flash.server";
import { refusalStatus, refusalText } from "./refusal.server";

/** A cookie carries the message: a title of 255 characters should not crowd it. */
const LONGEST_TITLE = 80;

/** 303 to the issue that comes next, with a message that offers to undo. */
export async function decidedAnswer(
  decision: TriageDecision,
  done: ChangedIssue,
  filter: TriageFilter,
  t: T,
): Promise<Response> {
  const here = await inboxNeighbours(done.id, filter);
  const said = { id: String(done.id), title: shortened(here?.title ?? "") };
  const back = triageHref({ ...filter, issueId: done.id });
  if (decision.intent === "undo")
    return redirectWithFlash(back, { tone: "info", text: t("triage.undone", said) });
  const text = decision.intent === "approve" ? ... 
}
