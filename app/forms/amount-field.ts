import { z } from "./zod";
import { MAX_ISSUE_AMOUNT_MAJOR, parseAmountText } from "~/domain/money";
import type { Key } from "~/i18n/catalogue";
import { message } from "./message-text";

export const AMOUNT_PROBLEMS = {
  // Of its own: an error summary lists it without the label.
  empty: "fields.amount",
  format: "fields.amount",
  not_positive: "fields.amountPositive",
  too_large: "fields.amountTooLarge",
} as const satisfies Record<string, Key>;

/** An `amountText` box: major units as people type them, minor units as the schema's output (DESIGN 2). */
export function amountText() {
  return z.string().transform((text, context) => {
    const parsed = parseAmountText(text);
    if (parsed.ok) return parsed.amount;
    // As a number, so that it is written the way the reader's language writes numbers.
    context.addIssue(message(AMOUNT_PROBLEMS[parsed.problem], { max: MAX_ISSUE_AMOUNT_MAJOR }));
    return z.NEVER;
  });
}
