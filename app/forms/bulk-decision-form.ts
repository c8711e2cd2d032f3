import { z } from "./zod";
import { NEGATIVE_CLOSINGS } from "~/domain/issue-status";
import { parseTick } from "~/domain/ticked-issue";
import type { Key } from "~/i18n/catalogue";
import { LONGEST_NOTE } from "./decision-form";
import { optionalText } from "./field-types";

const ticks = z
  .array(
    z.string().transform((text, context) => {
      const tick = parseTick(text);
      if (tick) return tick;
      context.addIssue({ code: "custom", message: "fields.unknownChoice" satisfies Key });
      return z.NEVER;
    }),
  )
  .min(1, "triage.bulk.none" satisfies Key);

const key = z.string().regex(/^[\w-]{8,100}$/, "fields.unknownChoice" satisfies Key);

/** The forms below the list: one decision about every ticked issue. */
export const bulkForms = {
  approveMany: z.object({ row: ticks, key }),
  rejectMany: z.object({
    row: ticks,
    key,
    reason: z.enum(NEGATIVE_CLOSINGS, "issues.card.reasonMissing" satisfies Key),
    note: optionalText(LONGEST_NOTE),
  }),
};

export type BulkIntent = keyof typeof bulkForms;

export function isBulkIntent(intent: unknown): intent is BulkIntent {
  return typeof intent === "string" && Object.hasOwn(bulkForms, intent);
}
