import { z } from "./zod";
import { MAX_ID } from "~/domain/choice";
import { NEGATIVE_CLOSINGS } from "~/domain/issue-status";
import { CURRENCIES } from "~/domain/money";
import { SEVERITIES } from "~/domain/severity";
import type { Key } from "~/i18n/catalogue";
import type { T } from "~/i18n/translator";
import { amountText } from "./amount-field";
import { optionalText, rowId } from "./field-types";
import { type FieldErrors, type FieldValues, parseForm } from "./parse-form";

/** issue_events_text_length */
export const LONGEST_NOTE = 2_000;

/** What the buttons of Triage are called. */
const intents = z.enum(["approve", "reject", "severity", "undo"]);

const shown = { issueId: rowId(), version: rowId() };
/** Minor units, as a hidden field posts them. */
const minor = z
  .string()
  .regex(/^\d{1,10}$/)
  .transform(Number);

/** [Approve ₸ 15,000]: what the page showed, nothing to type. */
const approveForm = z
  .object({ ...shown, currency: z.enum(CURRENCIES), expectedAmount: minor })
  .transform((value) => ({ intent: "approve" as const, ...value }));

/** [Custom amount]; `expectedAmount` is empty where nothing is suggested. */
const customAmountForm = z
  .object({
    ...shown,
    currency: z.enum(CURRENCIES),
    expectedAmount: minor.optional(),
    amountText: amountText(),
    note: optionalText(LONGEST_NOTE),
  })
  .transform(({ amountText: amount, ...value }) => ({
    intent: "approve" as const,
    amount,
    ...value,
  }));

/**
 * [Reject]. The original counts only for a duplicate, where the form asks for it: its number as it was typed, or else
 * the one picked among the similar issues. `readyNote` is the ready-made note that was chosen without scripts.
 */
const rejectForm = z
  .object({
    ...shown,
    reason: z.enum(NEGATIVE_CLOSINGS, "issues.card.reasonMissing" satisfies Key),
    original: rowId().optional(),
    duplicateOf: issueNumber().optional(),
    readyNote: rowId().optional(),
    note: optionalText(LONGEST_NOTE),
  })
  .transform(({ original, duplicateOf = original, ...value }) => ({
    intent: "reject" as const,
    ...value,
    duplicateOf: value.reason === "duplicate" ? duplicateOf : undefined,
  }));

/** [Change the severity], before anything is decided. */
const severityForm = z
  .object({ ...shown, severity: z.enum(SEVERITIES, "issues.severityRequired" satisfies Key) })
  .transform(({ severity: to, ...value }) => ({ intent: "severity" as const, ...value, to }));

const undoForm = z.object(shown).transform((value) => ({ intent: "undo" as const, ...value }));

/** As the pages write it, `#123`, or without the mark. */
export function issueNumber() {
  return z
    .string()
    .trim()
    .regex(/^#?[1-9]\d{0,9}$/, "triage.issueNumber" satisfies Key)
    .transform((text) => Number(text.replace("#", "")))
    .refine((id) => id <= MAX_ID, "triage.issueNumber" satisfies Key);
}

const FORMS = {
  approve: approveForm,
  custom: customAmountForm,
  reject: rejectForm,
  severity: severityForm,
  undo: undoForm,
} as const;

/** Which form of the page was sent: two of them approve. */
export type DecisionPanel = keyof typeof FORMS;

/** What the page says about a decision that was not carried out, and what was typed with it. */
export type DecisionAnswer = {
  readonly panel: DecisionPanel;
  readonly issueId: number;
  readonly errors: FieldErrors;
  readonly values: FieldValues;
};

const TYPED = [
  ...["amountText", "note", "reason", "original", "duplicateOf", "readyNote"],
  "severity",
];

/**
 * The decision that a form of Triage posted, or the errors to show with it. Null when no form of the page can have
 * posted this: an unknown intent, or something else in the hidden fields than the page wrote there.
 */
export function readDecision(form: FormData, t: T) {
  const intent = intents.safeParse(form.get("intent")).data;
  if (!intent) return null;
  const panel = intent === "approve" && form.has("amountText") ? "custom" : intent;
  const parsed = parseForm(FORMS[panel], form, t);
  const values = typedValues(form);
  if (parsed.ok) return { ok: true, panel, decision: parsed.value, values } as const;
  if (Object.keys(parsed.errors).some((name) => !TYPED.includes(name))) return null;
  const issueId = Number(form.get("issueId"));
  const answer: DecisionAnswer = { panel, issueId, errors: parsed.errors, values };
  return { ok: false, answer } as const;
}

function typedValues(form: FormData): FieldValues {
  const typed = TYPED.map((name) => [name, form.get(name)] as const);
  return Object.fromEntries(typed.filter((entry): entry is [string, string] => Boolean(entry[1])));
}
