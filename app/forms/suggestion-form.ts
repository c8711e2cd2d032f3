import { z } from "./zod";
import type { Key } from "~/i18n/catalogue";
import { requiredText, rowId } from "./field-types";
import { given } from "./given-field";

/** Where the button stood. */
const next = z.string().optional();

/** What a button asks a suggestion about, by its intent. */
export const suggestionForms = {
  issue: z.object({ issue: rowId(), next }),
  cycle: z.object({ cycle: rowId(), next }),
};

export type SuggestionIntent = keyof typeof suggestionForms;

export function isSuggestionIntent(intent: unknown): intent is SuggestionIntent {
  return typeof intent === "string" && Object.hasOwn(suggestionForms, intent);
}

/** cycle_reports_body_present */
const LONGEST_REPORT = 40_000;

/** The closing report of a cycle, as an admin keeps it. */
export const reportForm = z.object({
  body: given("suggestions.report.missing" satisfies Key).pipe(requiredText(LONGEST_REPORT)),
  /** Made when the form was opened, so that a double press keeps one version. */
  key: z.uuid(),
});
