import { z } from "~/forms/zod";
import { isIsoDate } from "~/domain/team-date";
import { message } from "~/forms/message-text";
import { typedDate } from "~/forms/transfer-details";
import type { Key } from "~/i18n/catalogue";

const NO_DATE = "fields.date" satisfies Key;

/** One end of a period in a URL: 2026-05-10, or 10.05.2026 as people here write it. Empty is no end. */
function end() {
  return z.string().transform(typedDate).refine(isIsoDate, NO_DATE).optional();
}

/** Dates, both inclusive, in the team's zone: `from`, `to`, both or none. */
export const PERIOD = { from: end(), to: end() };

/** To be given to superRefine of a schema with PERIOD. */
export function inOrder(
  period: { readonly from?: string | undefined; readonly to?: string | undefined },
  context: z.RefinementCtx,
): void {
  const { from, to } = period;
  if (from === undefined || to === undefined || from <= to) return;
  context.addIssue({ ...message("fields.dateOrder"), path: ["to"] });
}

/** A query is read as a form is: only what the schema names, an empty value as none, every mistake at once. */
export function queryAsForm(query: URLSearchParams): FormData {
  const form = new FormData();
  for (const [name, value] of query) form.append(name, value);
  return form;
}
