import { Refusal } from "~/domain/refusal";
import {
  isNoteTemplateIntent,
  noteTemplateForms,
  type NoteTemplateIntent,
} from "~/forms/note-template-form";
import { type FieldErrors, type FieldValues, parseForm } from "~/forms/parse-form";
import { typedFields } from "~/forms/typed-fields";
import { readyNoteText } from "~/i18n/ready-note";
import type { T } from "~/i18n/translator";
import type { Act } from "~/models/issue-change.server";
import {
  addNoteTemplate,
  noteTemplate,
  raiseNoteTemplate,
  removeNoteTemplate,
  rewriteNoteTemplate,
} from "~/models/note-template.server";
import { badRequest, conflict, unprocessable } from "./errors.server";
import { redirectWithFlash } from "./flash.server";
import { readyNotesPath } from "./paths";

/** What the page of the ready-made notes says of a form that was not carried out. */
export type NoteTemplateAnswer = { readonly errors: FieldErrors; readonly values: FieldValues };

/** One form of the ready-made notes. Throws 400 for what no form of the page posts. */
export async function noteTemplatePost(form: FormData, act: Act, t: T) {
  const intent = form.get("intent");
  if (!isNoteTemplateIntent(intent)) throw badRequest();
  const parsed = parseForm(noteTemplateForms[intent], form, t);
  if (!parsed.ok) {
    const { errors, values } = parsed;
    if (Object.keys(errors).some((name) => name !== "text")) throw badRequest();
    return unprocessable<NoteTemplateAnswer>({ errors, values });
  }
  try {
    await carryOut(intent, parsed.value, act, t);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const values = typedFields(form, ["text"]);
    return conflict<NoteTemplateAnswer>({ errors: { form: t("triage.note.gone") }, values });
  }
  const text = t(intent === "remove" ? "triage.notes.removed" : "triage.notes.saved");
  return redirectWithFlash(readyNotesPath(), { tone: "success", text });
}

type Values = {
  id?: number;
  text?: string;
  reason?: Parameters<typeof addNoteTemplate>[0]["reason"];
};

async function carryOut(
  intent: NoteTemplateIntent,
  { id = 0, text = "", reason = "rejected" }: Values,
  act: Act,
  t: T,
): Promise<void> {
  switch (intent) {
    case "add":
      return addNoteTemplate({ reason, text }, act);
    case "rewrite":
      return (await isAsShown(id, text, t)) ? undefined : rewriteNoteTemplate({ id, text }, act);
    case "raise":
      return raiseNoteTemplate(id, act);
    case "remove":
      return removeNoteTemplate(id, act);
  }
}

/** Saved as it was shown, a note that comes with the app goes on speaking every tester's language. */
async function isAsShown(id: number, text: string, t: T): Promise<boolean> {
  const template = await noteTemplate(id);
  if (!template?.builtin) return false;
  const plain = (words: string) => words.replaceAll("\u00a0", " ").trim();
  return plain(readyNoteText(template, t)) === plain(text);
}
