import { data } from "@remix-run/node";
import { Refusal, type RefusalReason } from "~/domain/refusal";
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

/** The message travels in a cookie, which a title of 255 letters would crowd. */
const LONGEST_TITLE = 60;

/** 303 to the issue that comes next, with a message that offers to take the decision back. */
export async function decidedAnswer(
  decision: TriageDecision,
  done: ChangedIssue,
  filter: TriageFilter,
  t: T,
): Promise<Response> {
  const { id, version } = done;
  const { title, nextId } = await inboxNeighbours(id, filter);
  const here = triageHref({ ...filter, issueId: id });
  const text = decidedText(decision, done, title, t);
  if (decision.intent === "undo") return redirectWithFlash(here, { tone: "info", text });
  const fields = { intent: "undo", issueId: String(id), version: String(version) };
  return redirectWithFlash(triageHref({ ...filter, issueId: nextId }), {
    tone: "success",
    text,
    action: { url: here, label: t("app.undo"), fields },
  });
}

function decidedText(decision: TriageDecision, done: ChangedIssue, title: string, t: T): string {
  const said = { id: String(done.id), title: shortened(title) };
  if (decision.intent === "undo") return t("triage.undone", said);
  const { approved } = done.state;
  if (decision.intent === "approve" && approved)
    return t("triage.approved", { ...said, amount: formatMoney(approved, t.locale) });
  const reason = decision.intent === "reject" ? t(`words.reason.${decision.reason}`) : "";
  return t("triage.rejected", { ...said, reason });
}

/** Cut between letters, not inside one that takes two units. */
function shortened(title: string): string {
  const letters = [...title];
  return letters.length > LONGEST_TITLE ? `${letters.slice(0, LONGEST_TITLE).join("")}…` : title;
}

type Asked = { panel: DecisionPanel; decision: TriageDecision; values: FieldValues };

/** The page again, with what stood in the way and everything typed. Throws what is no refusal. */
export function refusedAnswer(error: unknown, { panel, decision, values }: Asked, t: T) {
  const answer = { panel, issueId: decision.issueId, values };
  if (error instanceof NoSuchOriginal) {
    const errors = { duplicateOf: t("triage.noOriginal") };
    return unprocessable<DecisionAnswer>({ ...answer, errors });
  }
  if (!(error instanceof Refusal)) throw error;
  const { reason } = error;
  const errors = {
    form: isEdited(reason) ? t("triage.edited", { name: reason.by }) : refusalText(reason, t),
  };
  return data<DecisionAnswer>({ ...answer, errors }, { status: refusalStatus(reason) });
}

/** Nobody else decided: its tester mended the text, or an admin the severity, while it was being read. */
function isEdited(reason: RefusalReason): reason is RefusalReason & { by: string } {
  return reason.code === "stale" && reason.payoutStatus === "pending" && reason.by !== null;
}
