import { z } from "~/forms/zod";
import { addDays, EARLIEST_PAID_ON, type IsoDate } from "~/domain/team-date";
import { type FieldErrors, type FieldValues, parseForm } from "~/forms/parse-form";
import type { T } from "~/i18n/translator";
import { inOrder, PERIOD, queryAsForm } from "./period";

const schema = z.object(PERIOD).superRefine(inOrder);

export type StatementPeriod = {
  readonly from: IsoDate;
  readonly to: IsoDate;
  /** What was typed, when it is not what is shown. */
  readonly values: FieldValues;
  readonly errors: FieldErrors | null;
};

/** A year back, today included: it has everything recent in it, also in January. */
const DAYS_BEFORE = 364;

/** The period of the query. Dates that make none fall to the default, each with its message. */
export function readStatementPeriod(query: URLSearchParams, today: IsoDate, t: T): StatementPeriod {
  const parsed = parseForm(schema, queryAsForm(query), t);
  const typed = parsed.ok ? parsed.value : {};
  const to = typed.to ?? (typed.from !== undefined && typed.from > today ? typed.from : today);
  const from = typed.from ?? (to < EARLIEST_PAID_ON ? to : addDays(to, -DAYS_BEFORE));
  return parsed.ok
    ? { from, to, values: { from, to }, errors: null }
    : { from, to, values: parsed.values, errors: parsed.errors };
}

/** 1 January to 31 December. */
export const wholeYear = (year: number): { readonly from: IsoDate; readonly to: IsoDate } => ({
  from: `${year}-01-01`,
  to: `${year}-12-31`,
});
