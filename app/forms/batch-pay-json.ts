import { z } from "./zod";
import { MAX_CHOICES } from "~/domain/choice";
import { CURRENCIES, MAX_ISSUE_AMOUNT_MINOR } from "~/domain/money";
import { PAYOUT_METHODS, problemWithReference } from "~/domain/payment";
import { problemWithPaidOn } from "~/domain/team-date";
import { MAX_ROW_ID } from "./field-types";
import { message } from "./message-text";
import { paidOnProblemKey, referenceProblemKey } from "./transfer-details";

const id = z.number().int().min(1).max(MAX_ROW_ID);

/** The body of POST /api/admin/payouts/batch-pay (DESIGN 6); amounts in minor units, `paidOn` absent means today. */
export function batchPayBody(now: Date, zone: string) {
  const payment = z
    .object({
      testerId: id,
      currency: z.enum(CURRENCIES),
      method: z.enum(PAYOUT_METHODS),
      reference: z
        .string()
        .nullish()
        .transform((text) => text?.trim() || null),
      paidOn: z
        .string()
        .nullish()
        .transform((text) => text ?? null),
      issues: z
        .array(
          z
            .object({ id, expectedAmount: z.number().int().min(1).max(MAX_ISSUE_AMOUNT_MINOR) })
            .transform((issue) => ({ issueId: issue.id, expected: issue.expectedAmount })),
        )
        .min(1)
        .max(MAX_CHOICES),
    })
    .superRefine(({ method, reference, paidOn }, ctx) => {
      const wrongReference = problemWithReference(method, reference ?? "");
      if (wrongReference) {
        ctx.addIssue({ ...message(referenceProblemKey(wrongReference)), path: ["reference"] });
      }
      const wrongDate = paidOn === null ? null : problemWithPaidOn(paidOn, now, zone);
      if (wrongDate) ctx.addIssue({ ...message(paidOnProblemKey(wrongDate)), path: ["paidOn"] });
    });
  return z.object({ key: z.string().trim().min(8).max(200), payments: z.array(payment).min(1) });
}
