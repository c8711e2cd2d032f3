import { z } from "./zod";
import { MAX_ID } from "~/domain/choice";
import { NEGATIVE_CLOSINGS } from "~/domain/issue-status";
import { CURRENCIES, MAX_ISSUE_AMOUNT_MINOR } from "~/domain/money";
import type { Key } from "~/i18n/catalogue";
import { LONGEST_NOTE } from "./decision-form";
import { optionalText } from "./field-types";

const id = z.int().min(1).max(MAX_ID);
const amount = z.int().min(1).max(MAX_ISSUE_AMOUNT_MINOR);
const common = { issueId: id, version: id.optional(), note: optionalText(LONGEST_NOTE) };

/** The body of POST /api/admin/triage/decide (DESIGN 6); amounts in minor units of the cycle's currency. */
export const decisionBody = z.discriminatedUnion("decision", [
  z
    .object({
      decision: z.literal("approve"),
      ...common,
      amount: amount.optional(),
      expectedAmount: amount.optional(),
      currency: z.enum(CURRENCIES).optional(),
    })
    .transform(({ decision: intent, ...asked }) => ({ intent, ...asked })),
  z
    .object({
      decision: z.literal("reject"),
      ...common,
      reason: z.enum(NEGATIVE_CLOSINGS),
      duplicateOf: id.optional(),
    })
    .refine(({ reason, duplicateOf }) => reason === "duplicate" || duplicateOf === undefined, {
      path: ["duplicateOf"],
      error: "triage.originalOnlyOfDuplicate" satisfies Key,
    })
    .transform(({ decision: intent, ...asked }) => ({ intent, ...asked })),
]);
