/** The filter of the ledger in its URL: the same object feeds the list, its sums, its links and the accountant's CSV. */
import { z } from "~/forms/zod";
import type { IsoDate } from "~/domain/team-date";
import { rowId } from "~/forms/field-types";
import { type FieldErrors, type FieldValues, parseForm } from "~/forms/parse-form";
import type { Query } from "~/http/paths";
import type { T } from "~/i18n/translator";
import { inOrder, PERIOD, queryAsForm } from "./period";

/** Null is the default everywhere: not filtered by. */
export type PaymentFilter = {
  /** Paid-on dates, inclusive; a reversal's own. */
  readonly from: IsoDate | null;
  readonly to: IsoDate | null;
  readonly testerId: number | null;
};

export const NO_PAYMENT_FILTER: PaymentFilter = { from: null, to: null, testerId: null };

export type ReadPaymentFilter = {
  readonly filter: PaymentFilter;
  /** What was typed. */
  readonly values: FieldValues;
  readonly errors: FieldErrors | null;
};

const schema = z.object({ ...PERIOD, testerId: rowId().optional() }).superRefine(inOrder);

/** What makes no filter is told, and nothing is filtered by: a wrong date must not look like no payments. */
export function readPaymentFilter(query: URLSearchParams, t: T): ReadPaymentFilter {
  const parsed = parseForm(schema, queryAsForm(query), t);
  if (!parsed.ok)
    return { filter: NO_PAYMENT_FILTER, values: parsed.values, errors: parsed.errors };
  const { from = null, to = null, testerId = null } = parsed.value;
  const values = { from: from ?? "", to: to ?? "", testerId: String(testerId ?? "") };
  return { filter: { from, to, testerId }, values, errors: null };
}

/** For paymentsPath() and payoutsCsvPath(); they leave out what is null. */
export function paymentFilterQuery(filter: PaymentFilter): Query {
  return { ...filter };
}
