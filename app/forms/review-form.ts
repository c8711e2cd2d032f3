import { z } from "./zod";
import type { ApproveRow, ShownRow } from "~/domain/bulk-decision";
import { NEGATIVE_CLOSINGS, type NegativeClosing } from "~/domain/issue-status";
import { MAX_ISSUE_AMOUNT_MAJOR } from "~/domain/money";
import {
  AMOUNT_NAME,
  amountField,
  approveRow,
  offeredAmount,
  parseReviewChoice,
  type ReviewChoice,
} from "~/domain/review-choice";
import type { Key } from "~/i18n/catalogue";
import { formatNumber } from "~/i18n/format";
import type { T } from "~/i18n/translator";
import { issueNumber, LONGEST_NOTE } from "./decision-form";
import { optionalText } from "./field-types";
import { type FieldErrors, type FieldValues, parseForm } from "./parse-form";

/** The form as it was posted, to be shown again. */
export type ReviewKept = {
  readonly key: string;
  readonly picked: readonly number[];
  /** By issue: the amounts that were typed, not those that the page had offered. */
  readonly typed: Readonly<Record<number, string>>;
  readonly values: FieldValues;
};

export type ReviewPost =
  | { readonly intent: "approve"; readonly rows: readonly ApproveRow[] }
  | {
      readonly intent: "reject";
      readonly rows: readonly ShownRow[];
      readonly reason: NegativeClosing;
      readonly note?: string | undefined;
      readonly duplicateOf?: number | undefined;
    };

export type ReviewRead = { readonly intent: "approve" | "reject"; readonly kept: ReviewKept } & (
  | { readonly ok: true; readonly post: ReviewPost }
  | { readonly ok: false; readonly errors: FieldErrors }
);

const hiddenFields = z.object({
  intent: z.enum(["approve", "reject"]),
  key: z.string().min(8).max(200),
  pick: z.array(z.string().max(60)).max(20_000),
});

const rejectForm = z
  .object({
    reason: z.enum(NEGATIVE_CLOSINGS, "issues.card.reasonMissing" satisfies Key),
    duplicateOf: issueNumber().optional(),
    note: optionalText(LONGEST_NOTE),
  })
  // The number of the original counts only for a duplicate, where the form asks for it.
  .transform(({ duplicateOf, ...why }) =>
    why.reason === "duplicate" ? { ...why, duplicateOf } : why,
  );

/**
 * The decision that Pending review posted, or the errors to show with it. Null when no form of the page can have posted
 * this: an unknown intent, or something else in the boxes than the page wrote there.
 */
export function readReviewPost(form: FormData, t: T): ReviewRead | null {
  const hidden = parseForm(hiddenFields, form, t);
  if (!hidden.ok) return null;
  const { intent, key, pick } = hidden.value;
  const picks = pick.map(parseReviewChoice);
  const choices = picks.filter((choice) => choice !== null);
  if (choices.length < picks.length) return null;
  const amounts = postedAmounts(form);
  const kept: ReviewKept = {
    key,
    picked: choices.map((choice) => choice.issueId),
    typed: typedAmounts(amounts),
    values: typedTexts(form),
  };
  const read =
    intent === "approve" ? readApproval(choices, amounts, t) : readRejection(choices, form, t);
  return { intent, kept, ...read };
}

type Amounts = ReadonlyMap<number, { readonly choice: ReviewChoice; readonly text: string }>;

function postedAmounts(form: FormData): Amounts {
  const amounts = new Map<number, { choice: ReviewChoice; text: string }>();
  for (const [name, text] of form) {
    if (!name.startsWith(AMOUNT_NAME) || typeof text !== "string") continue;
    const choice = parseReviewChoice(name.slice(AMOUNT_NAME.length));
    if (choice) amounts.set(choice.issueId, { choice, text });
  }
  return amounts;
}

function typedAmounts(amounts: Amounts): Record<number, string> {
  const typed = [...amounts].filter(([, { choice, text }]) => text !== offeredAmount(choice));
  return Object.fromEntries(typed.map(([id, { text }]) => [id, text]));
}

function typedTexts(form: FormData): FieldValues {
  const texts = ["reason", "duplicateOf", "note"].map((name) => [name, form.get(name)] as const);
  return Object.fromEntries(
    texts.filter((entry): entry is readonly [string, string] => typeof entry[1] === "string"),
  );
}

function readApproval(choices: readonly ReviewChoice[], amounts: Amounts, t: T) {
  const rows: ApproveRow[] = [];
  const errors: Record<string, string> = {};
  for (const choice of choices) {
    const read = approveRow(choice, amounts.get(choice.issueId)?.text ?? offeredAmount(choice));
    if (read.ok) rows.push(read.row);
    else errors[amountField(choice.issueId)] = amountMessage(read.problem, choice, t);
  }
  if (Object.keys(errors).length > 0) return { ok: false, errors } as const;
  return { ok: true, post: { intent: "approve", rows } } as const;
}

type AmountProblem = Exclude<ReturnType<typeof approveRow>, { ok: true }>["problem"];

function amountMessage(problem: AmountProblem, { expected }: ReviewChoice, t: T): string {
  if (problem === "empty" && expected === null) return t("review.amountNeeded");
  if (problem === "not_positive") return t("fields.amountPositive");
  if (problem === "too_large") {
    return t("fields.amountTooLarge", {
      max: formatNumber(MAX_ISSUE_AMOUNT_MAJOR, t.locale),
    });
  }
  return t("fields.amount");
}

function readRejection(choices: readonly ReviewChoice[], form: FormData, t: T) {
  const parsed = parseForm(rejectForm, form, t);
  if (!parsed.ok) return { ok: false, errors: parsed.errors } as const;
  const rows = choices.map(({ issueId, version }) => ({ issueId, version }));
  return { ok: true, post: { intent: "reject", rows, ...parsed.value } } as const;
}
