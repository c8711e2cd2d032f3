import { data } from "@remix-run/node";
import type { Matching } from "~/domain/bulk-decision";
import { Refusal } from "~/domain/refusal";
import type { ReviewFilter } from "~/filters/review-filter";
import { matchingForm } from "~/forms/matching-form";
import { parseForm } from "~/forms/parse-form";
import type { T } from "~/i18n/translator";
import { approveAllMatching } from "~/models/bulk-decision.server";
import type { Act } from "~/models/issue-change.server";
import { isOutage, isOutcomeUnknown } from "~/models/outage.server";
import { bulkDoneText, totalsText } from "./bulk-done-text";
import { badRequest, unavailable } from "./errors.server";
import { redirectWithFlash } from "./flash.server";
import { refusalStatus, refusalText } from "./refusal.server";

/** What the page of "approve all that match" showed, and posts. */
export type MatchingShown = Matching & { readonly asOf: Date; readonly key: string };

export type MatchingAnswer = {
  readonly text: string;
  /** To be sent again as it was, since the outcome is not known; null: the page shows the figures of now. */
  readonly again: MatchingShown | null;
};

/** Approves all that match, if it still is what the page showed; 303 to `next`, or the page again and why. */
export async function matchingPost(
  form: FormData,
  about: { readonly filter: ReviewFilter; readonly zone: string; readonly next: string },
  act: Act,
  t: T,
) {
  const parsed = parseForm(matchingForm, form, t);
  // No form of the page posts anything else.
  if (!parsed.ok) throw badRequest();
  const { key, asOf, count, total: totals } = parsed.value;
  const { filter, zone, next } = about;
  try {
    const done = await approveAllMatching(
      { filter, zone, asOf, key, expected: { count, totals } },
      act,
    );
    return await redirectWithFlash(next, { tone: "success", text: bulkDoneText(done, t) });
  } catch (error) {
    return refused(error, { key, asOf, count, totals }, t);
  }
}

function refused(error: unknown, shown: MatchingShown, t: T) {
  if (error instanceof Refusal) {
    const { reason } = error;
    const text =
      reason.code === "matching_changed" ? changedText(reason, t) : refusalText(reason, t);
    return data<MatchingAnswer>({ text, again: null }, { status: refusalStatus(reason) });
  }
  if (!isOutage(error)) throw error;
  const text = isOutcomeUnknown(error) ? t("payouts.unknownOutcome") : t("review.away");
  return unavailable<MatchingAnswer>({ text, again: shown });
}

function changedText({ expected, actual }: { expected: Matching; actual: Matching }, t: T): string {
  return t("review.allChanged", {
    expectedCount: t("review.issues", { count: expected.count }),
    expected: totalsText(expected.totals, t),
    actualCount: t("review.issues", { count: actual.count }),
    actual: totalsText(actual.totals, t) || t("review.nothing"),
  });
}
