import { z } from "./zod";
import { parseChoice, parseLineChoice } from "~/domain/choice";
import type { Key } from "~/i18n/catalogue";

const choice = z.string().transform((text, ctx) => {
  const parsed = parseChoice(text);
  if (!parsed) ctx.addIssue({ code: "custom", message: "fields.unknownChoice" satisfies Key });
  return parsed ?? z.NEVER;
});

const line = z.string().transform((text, ctx) => {
  const parsed = parseLineChoice(text);
  if (!parsed) ctx.addIssue({ code: "custom", message: "fields.unknownChoice" satisfies Key });
  return parsed ?? z.NEVER;
});

/**
 * The pay queue's form. A ticked line means all its issues as shown; the boxes inside it are then ignored. `only` is
 * the button of one line: that line and nothing else (DESIGN 4).
 */
export const prepareForm = z.object({
  key: z.string().min(8).max(200),
  line: z.array(line).max(20_000),
  choice: z.array(choice).max(20_000),
  only: line.optional(),
});
