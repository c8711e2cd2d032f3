import { z } from "./zod";
import { isCurrency, type Money } from "~/domain/money";
import type { Key } from "~/i18n/catalogue";

const UNKNOWN = "fields.unknownChoice" satisfies Key;

/** As domain/review-choice.ts writes it. */
const total = z.string().transform((text, ctx): Money => {
  const [, currency, digits] = /^([A-Z]{3}):([1-9]\d{0,15})$/.exec(text) ?? [];
  const amount = Number(digits);
  if (isCurrency(currency) && Number.isSafeInteger(amount)) return { currency, amount };
  ctx.addIssue({ code: "custom", message: UNKNOWN });
  return z.NEVER;
});

/** What "approve all that match" showed: the time of the page, the count and the total of each currency. */
export const matchingForm = z.object({
  key: z.string().min(8).max(200),
  asOf: z
    .string()
    .regex(/^\d{13}$/, UNKNOWN)
    .transform((text) => new Date(Number(text))),
  count: z
    .string()
    .regex(/^[1-9]\d{0,8}$/, UNKNOWN)
    .transform(Number),
  total: z.array(total).min(1).max(10),
});
