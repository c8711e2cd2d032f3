import { data } from "@remix-run/node";
import type { RowOutcome } from "~/domain/bulk-decision";
import { Refusal } from "~/domain/refusal";
import { type BulkIntent, bulkForms } from "~/forms/bulk-decision-form";
import { type FieldErrors, type FieldValues, parseForm } from "~/forms/parse-form";
import { type TriageFilter, triageHref } from "~/filters/triage-filter";
import { formatMoney } from "~/i18n/format";
import type { T } from "~/i18n/translator";
import { type BulkResult, decideMany } from "~/models/bulk-decision.server";
import type { Act } from "~/models/issue-change.server";
import { redirectWithFlash } from "./flash.server";
import { refusalStatus, refusalText } from "./refusal.server";

/** What a bulk decision was answered with, unless every ticked issue was decided. */
export type BulkAnswer = {
  readonly bulk: BulkIntent;
  readonly errors: FieldErrors;
  readonly values: FieldValues;
  /** The ticks as posted, for the list that is shown again. */
  readonly rows: readonly string[];
  /** One for each ticked issue; empty when nothing was tried. */
  readonly outcomes: readonly RowOutcome[];
};

/** Decides every ticked issue that can be, and says of each what happened. Throws what is no refusal. */
export async function bulkPost(
  { form, filter, t }: { form: FormData; filter: TriageFilter; t: T },
  intent: BulkIntent,
  act: Act,
) {
  const rows = form.getAll("row").filter((row) => typeof row === "string");
  const nothing = { bulk: intent, errors: {}, values: {}, rows, outcomes: [] };
  const parsed = parseForm(bulkForms[intent], form, t);
  if (!parsed.ok) {
    const { errors, values } = parsed;
    return data<BulkAnswer>({ ...nothing, errors: formErrors(errors), values }, { status: 422 });
  }
  const { row, ...rest } = parsed.value;
  const how = { mode: "each", rows: row, ...rest } as const;
  try {
    const result = await decideMany(
      "reason" in how ? { intent: "reject", ...how } : { intent: "approve", ...how },
      act,
    );
    if (result.outcomes.every(({ outcome }) => outcome === "decided")) {
      const text = doneText(result, intent, t);
      return await redirectWithFlash(triageHref({ ...filter, issueId: null }), {
        tone: "success",
        text,
      });
    }
    return data<BulkAnswer>({ ...nothing, rows: [], outcomes: result.outcomes }, { status: 409 });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const errors = { form: refusalText(error.reason, t) };
    return data<BulkAnswer>({ ...nothing, errors }, { status: refusalStatus(error.reason) });
  }
}

/** One wrong row is as good as another: the list has no field for each. */
function formErrors(errors: FieldErrors): FieldErrors {
  const ofRows = Object.entries(errors).find(([name]) => /^row\b|^key$/.test(name));
  const others = Object.entries(errors).filter(([name]) => !/^row\b|^key$/.test(name));
  return Object.fromEntries(ofRows ? [["form", ofRows[1]], ...others] : others);
}

function doneText({ count, totals }: BulkResult, intent: BulkIntent, t: T): string {
  if (intent === "rejectMany") return t("triage.bulk.rejected", { count });
  const sums = totals.map((money) => formatMoney(money, t.locale)).join(" + ");
  return t("triage.bulk.approved", { count, totals: sums });
}
