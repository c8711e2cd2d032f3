import { data } from "@remix-run/node";
import type { RowOutcome } from "~/domain/bulk-decision";
import { Refusal } from "~/domain/refusal";
import { type ReviewKept, type ReviewPost, readReviewPost } from "~/forms/review-form";
import type { FieldErrors } from "~/forms/parse-form";
import type { T } from "~/i18n/translator";
import { type BulkResult, decideMany } from "~/models/bulk-decision.server";
import type { Act } from "~/models/issue-change.server";
import { isOutage, isOutcomeUnknown } from "~/models/outage.server";
import { type ReviewIssue, reviewIssues } from "~/models/review.server";
import { bulkDoneText } from "./bulk-done-text";
import { badRequest, unavailable, unprocessable } from "./errors.server";
import { redirectWithFlash } from "./flash.server";
import { refusalStatus, refusalText } from "./refusal.server";

/** Pending review after a post that was not carried out: every tick, amount and text as it was, and the same key. */
export type ReviewAnswer = {
  readonly intent: ReviewPost["intent"];
  readonly text: string | null;
  readonly errors: FieldErrors;
  readonly kept: ReviewKept;
  /** Line by line, what the page showed and what is. */
  readonly changes: readonly RowOutcome[];
  /** What was ticked and still waits, wherever it now stands in the list. */
  readonly issues: readonly ReviewIssue[];
};

/**
 * Approves or rejects what was ticked; 303 to `next`, or the page again with a ReviewAnswer. No Undo is offered: each
 * issue has its own, on its page, and some of many may be in a batch by then.
 */
export async function reviewPost(form: FormData, next: string, act: Act, t: T) {
  const read = readReviewPost(form, t);
  if (!read) throw badRequest();
  const { intent, kept } = read;
  const issues = await reviewIssues(kept.picked);
  const answer: ReviewAnswer = { intent, text: null, errors: {}, kept, changes: [], issues };
  if (kept.picked.length === 0) {
    return unprocessable<ReviewAnswer>({ ...answer, errors: { form: t("review.nothingChosen") } });
  }
  if (!read.ok) return unprocessable<ReviewAnswer>({ ...answer, errors: read.errors });
  try {
    const done = await decideMany({ ...read.post, mode: "all", key: kept.key }, act);
    return await redirectWithFlash(next, { tone: "success", text: doneText(intent, done, t) });
  } catch (error) {
    return refused(error, answer, t);
  }
}

function doneText(intent: ReviewPost["intent"], done: BulkResult, t: T): string {
  return intent === "reject" && !done.replayed
    ? t("review.rejected", { count: done.count })
    : bulkDoneText(done, t);
}

function refused(error: unknown, answer: ReviewAnswer, t: T) {
  if (error instanceof Refusal) {
    const { reason } = error;
    const text = refusalText(reason, t);
    // Of all that a form of this page names, only the original of the duplicates can be missing.
    if (reason.code === "not_found") {
      return unprocessable<ReviewAnswer>({ ...answer, errors: { duplicateOf: text } });
    }
    const changes = reason.code === "decisions_changed" ? reason.changes : [];
    return data<ReviewAnswer>({ ...answer, text, changes }, { status: refusalStatus(reason) });
  }
  if (!isOutage(error)) throw error;
  const text = isOutcomeUnknown(error) ? t("payouts.unknownOutcome") : t("review.away");
  return unavailable<ReviewAnswer>({ ...answer, text });
}
