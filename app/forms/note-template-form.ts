import { z } from "./zod";
import { NEGATIVE_CLOSINGS } from "~/domain/issue-status";
import type { Key } from "~/i18n/catalogue";
import { requiredLine, rowId } from "./field-types";
import { given } from "./given-field";

/** note_templates_text_length */
const LONGEST = 500;

/** One line, since it is offered as a choice: what is broken over several is joined. */
const text = given("triage.notes.missing" satisfies Key)
  .transform((typed) => typed.replace(/\s+/g, " "))
  .pipe(requiredLine(LONGEST));

/** The forms of the ready-made notes, each under the intent that its button posts. */
export const noteTemplateForms = {
  add: z.object({ reason: z.enum(NEGATIVE_CLOSINGS), text }),
  rewrite: z.object({ id: rowId(), text }),
  raise: z.object({ id: rowId() }),
  remove: z.object({ id: rowId() }),
};

export type NoteTemplateIntent = keyof typeof noteTemplateForms;

export function isNoteTemplateIntent(intent: unknown): intent is NoteTemplateIntent {
  return typeof intent === "string" && Object.hasOwn(noteTemplateForms, intent);
}
