import { z } from "./zod";
import { type PayoutMethod, problemWithReference } from "~/domain/payment";
import { TAKE_BACKS } from "~/domain/take-back";
import { problemWithPaidOn } from "~/domain/team-date";
import type { Key } from "~/i18n/catalogue";
import { requiredLine, rowId } from "./field-types";
import { given } from "./given-field";
import { message } from "./message-text";
import { paidOnProblemKey, referenceProblemKey, typedDate } from "./transfer-details";

/** issue_events_text_length, payment_corrections_reason_present */
const LONGEST_REASON = 2_000;
/** As many issues as one batch may hold. */
const MOST_PAYMENTS = 10_000;

/** "Today", by the team's calendar. */
export type Clock = { readonly now: Date; readonly zone: string };

const reason = () => given("issues.card.whyMissing").pipe(requiredLine(LONGEST_REASON));

function pastDate({ now, zone }: Clock) {
  return z
    .string()
    .transform(typedDate)
    .superRefine((date, context) => {
      const problem = problemWithPaidOn(date, now, zone);
      if (problem) context.addIssue(message(paidOnProblemKey(problem)));
    });
}

/** Which payments of a transfer are taken back, and what became of their money. */
export function takeBackForm(clock: Clock) {
  return z.object({
    payment: z
      .array(rowId())
      .min(1, "batch.paymentMissing" satisfies Key)
      .max(MOST_PAYMENTS),
    how: z.enum(TAKE_BACKS, "batch.howMissing" satisfies Key),
    reason: reason(),
    on: pastDate(clock),
  });
}

/** What a transfer that went out by `method` should have said. */
export function correctionForm(method: PayoutMethod, clock: Clock) {
  return z.object({
    /** The latest correction that the page showed. */
    shown: z
      .string()
      .regex(/^\d{1,9}$/)
      .transform(Number),
    reference: z
      .string()
      .trim()
      .superRefine((reference, context) => {
        const problem = problemWithReference(method, reference);
        if (problem) context.addIssue(message(referenceProblemKey(problem)));
      }),
    paidOn: pastDate(clock),
    reason: reason(),
  });
}
