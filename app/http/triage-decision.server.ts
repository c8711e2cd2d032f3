import type { Said } from "~/components/triage/decision-text";
import { Refusal, type RefusalReason } from "~/domain/refusal";
import { type DecisionAnswer, LONGEST_NOTE, readDecision } from "~/forms/decision-form";
import type { FieldErrors } from "~/forms/parse-form";
import { readyNoteText } from "~/i18n/ready-note";
import { type T, translator } from "~/i18n/translator";
import type { Act, ChangedIssue } from "~/models/issue-change.server";
import { testerLocale } from "~/models/issue.server";
import { noteTemplate } from "~/models/note-template.server";
import { decideOnce, NoSuchOriginal, type TriageDecision } from "~/models/triage-decision.server";
import { badRequest } from "./errors.server";
import { refusalStatus, refusalText } from "./refusal.server";

export type CarriedOut =
  | { readonly ok: true; readonly decision: TriageDecision; readonly done: ChangedIssue }
  | { readonly ok: false; readonly answer: DecisionAnswer; readonly status: number };

type Read = Extract<ReturnType<typeof readDecision>, { ok: true }>;

/**
 * What one decision form of Triage asks for, done; or what stood in the way, with everything typed. Throws 400 for what
 * no form of the page posts, and whatever is no refusal.
 */
export async function carryOut(form: FormData, act: Act, t: T): Promise<CarriedOut> {
  const read = readDecision(form, t);
  if (!read) throw badRequest();
  if (!read.ok) return { ok: false, answer: read.answer, status: 422 };
  const noted = await withReadyNote(read, t);
  if ("errors" in noted) return refused(read, noted.errors, 422);
  try {
    return { ok: true, decision: noted, done: await decideOnce(noted, act) };
  } catch (error) {
    if (error instanceof NoSuchOriginal) {
      return refused(read, { duplicateOf: t("triage.noOriginal") }, 422);
    }
    if (!(error instanceof Refusal)) throw error;
    const { reason } = error;
    const text = isEdited(reason)
      ? t("triage.edited", { name: reason.by })
      : refusalText(reason, t);
    return refused(read, { form: text }, refusalStatus(reason));
  }
}

function refused({ panel, decision, values }: Read, errors: FieldErrors, status: number) {
  const answer: DecisionAnswer = { panel, issueId: decision.issueId, errors, values };
  return { ok: false, answer, status } as const;
}

/** The ready-made note goes before what was typed; it is chosen by its number only where no script copies its text. */
async function withReadyNote(
  { decision }: Read,
  t: T,
): Promise<TriageDecision | { errors: FieldErrors }> {
  if (decision.intent !== "reject" || decision.readyNote === undefined) return decision;
  const ready = await noteTemplate(decision.readyNote);
  if (!ready) return { errors: { readyNote: t("triage.note.gone") } };
  if (ready.reason !== decision.reason)
    return { errors: { readyNote: t("triage.note.otherReason") } };
  const locale = (await testerLocale(decision.issueId)) ?? t.locale;
  const text = readyNoteText(ready, translator(locale));
  const note = [text, decision.note].filter(Boolean).join("\n");
  return note.length > LONGEST_NOTE
    ? { errors: { note: t("fields.tooLong", { count: LONGEST_NOTE - text.length - 1 }) } }
    : { ...decision, note };
}

/** Nobody else decided: its tester mended the text, or an admin the severity, while it was being read. */
function isEdited(reason: RefusalReason): reason is RefusalReason & { by: string } {
  return reason.code === "stale" && reason.payoutStatus === "pending" && reason.by !== null;
}

/** A decision in the words of its message. */
export function saidOf(decision: TriageDecision, { state }: ChangedIssue): Said {
  switch (decision.intent) {
    case "approve":
      if (!state.approved) throw new Error("an approved issue has no amount");
      return { intent: "approve", amount: state.approved };
    case "reject":
      return { intent: "reject", reason: decision.reason };
    case "severity":
      return { intent: "severity", to: decision.to };
    case "undo":
      return { intent: "undo" };
  }
}
