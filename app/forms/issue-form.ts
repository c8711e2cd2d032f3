import { z } from "./zod";
import { SEVERITIES } from "~/domain/severity";
import type { Key } from "~/i18n/catalogue";
import { optionalLine, optionalText, requiredLine, rowId } from "./field-types";
import { given } from "./given-field";

/** What the table holds (issues_title_length, issues_body_length). */
export const LONGEST_TITLE = 255;
export const LONGEST_BODY = 20_000;

// Messages of their own, because the error summary lists them without the labels.
const cycle = {
  cycleId: given("issues.cycleRequired").pipe(rowId()),
  severity: z.enum(SEVERITIES, "issues.severityRequired" satisfies Key),
};

const filed = {
  title: given("issues.titleRequired").pipe(requiredLine(LONGEST_TITLE)),
  body: optionalText(LONGEST_BODY),
};
// Enough to find it again is enough for a draft.
const begun = {
  title: optionalLine(LONGEST_TITLE),
  body: optionalText(LONGEST_BODY),
};

/** Made when the form was opened, so that a double tap files once. */
const key = z.uuid();

/** The two buttons of /app/issues/new. */
export const newIssueForms = {
  file: z.object({ key, ...cycle, ...filed }),
  draft: z.object({ key, ...cycle, ...begun }),
};

/** What its writer may do on an issue's own page: save or submit a draft, edit what is filed and undecided. */
export const ownIssueForms = {
  save: z.object({ ...cycle, ...begun }),
  submit: z.object({ ...cycle, ...filed }),
  edit: z.object(filed),
};

export type NewIssueIntent = keyof typeof newIssueForms;
export type OwnIssueIntent = keyof typeof ownIssueForms;

/** As models take it: an empty box is an empty text, and so is the outline that nobody filled in. */
export function issueText<Values extends { title?: string | undefined; body?: string | undefined }>(
  values: Values,
  outline: string,
): Omit<Values, "title" | "body"> & { title: string; body: string } {
  const body = values.body === outline.trim() ? undefined : values.body;
  return { ...values, title: values.title ?? "", body: body ?? "" };
}
