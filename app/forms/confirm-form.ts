import { z } from "./zod";
import type { TransferDetails } from "~/domain/batch";
import type { Currency } from "~/domain/money";
import { PAYOUT_METHODS, type PayoutMethod, problemWithReference } from "~/domain/payment";
import { problemWithPaidOn } from "~/domain/team-date";
import { message } from "./message-text";
import { paidOnProblemKey, referenceProblemKey, typedDate } from "./transfer-details";

type OpenTransfer = { readonly id: number; readonly testerId: number; readonly currency: Currency };

export const methodField = (id: number) => `method-${id}`;
export const referenceField = (id: number) => `reference-${id}`;
export const paidOnField = (id: number) => `paidOn-${id}`;

const method = z.enum(PAYOUT_METHODS).optional();
const line = z.string().trim().max(2_000).optional();

/**
 * The form that confirms a batch: one method and date for all, and of each transfer its reference and, where it
 * differs, its own method and date. An empty date is today.
 */
export function confirmForm(transfers: readonly OpenTransfer[], now: Date, zone: string) {
  const fields: Record<string, z.ZodType<string | undefined>> = {};
  for (const { id } of transfers) {
    fields[methodField(id)] = method;
    fields[referenceField(id)] = line;
    fields[paidOnField(id)] = line;
  }
  return z
    .object({
      key: z.string().min(8).max(200),
      method,
      paidOn: line,
      warning: z.array(z.string()),
      ...fields,
    })
    .transform((values, ctx) => {
      const typed = values as Record<string, unknown>;
      const common = { method: values.method ?? null, paidOn: dateOf(values.paidOn) };
      checkDate(ctx, "paidOn", common.paidOn, now, zone);
      const details = transfers.map((transfer) =>
        detailsOf(transfer, typed, common, (field, date) => checkDate(ctx, field, date, now, zone)),
      );
      for (const { id, method: chosen, reference } of details) {
        if (chosen === null) {
          ctx.addIssue({ ...message("payouts.methodRequired"), path: [methodField(id)] });
          continue;
        }
        const problem = problemWithReference(chosen, reference ?? "");
        if (problem) {
          ctx.addIssue({ ...message(referenceProblemKey(problem)), path: [referenceField(id)] });
        }
      }
      return { key: values.key, ticked: values.warning, transfers: details.map(asDetails) };
    });
}

type Draft = Omit<TransferDetails, "method"> & { id: number; method: PayoutMethod | null };

function detailsOf(
  { id, testerId, currency }: OpenTransfer,
  typed: Record<string, unknown>,
  common: { method: PayoutMethod | null; paidOn: string | null },
  check: (field: string, date: string | null) => void,
): Draft {
  const text = (field: string) => (typeof typed[field] === "string" ? typed[field] : undefined);
  const paidOn = dateOf(text(paidOnField(id)));
  check(paidOnField(id), paidOn);
  const own = text(methodField(id)) as PayoutMethod | undefined;
  return {
    id,
    testerId,
    currency,
    method: own ?? common.method,
    reference: text(referenceField(id)) || null,
    paidOn: paidOn ?? common.paidOn,
  };
}

// Only reached with a method: a missing one is a message beside its field, and the form is shown again.
function asDetails({
  testerId,
  currency,
  method: chosen,
  reference,
  paidOn,
}: Draft): TransferDetails {
  return { testerId, currency, method: chosen ?? "kaspi", reference, paidOn };
}

const dateOf = (text: string | undefined) => (text ? typedDate(text) : null);

function checkDate(
  ctx: z.RefinementCtx,
  field: string,
  date: string | null,
  now: Date,
  zone: string,
): void {
  const problem = date === null ? null : problemWithPaidOn(date, now, zone);
  if (problem) ctx.addIssue({ ...message(paidOnProblemKey(problem)), path: [field] });
}
