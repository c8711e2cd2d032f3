import type { IssueMoveProblem } from "~/domain/issue-move";
import type { PersonProblem } from "~/domain/person";
import type { RefusalReason } from "~/domain/refusal";
import { MOST_SCREENSHOTS } from "~/domain/screenshot";
import type { IsoDate } from "~/domain/team-date";
import { formatDate, formatMoney } from "~/i18n/format";
import type { T } from "~/i18n/translator";
import { apiError } from "./errors.server";

/** The move itself was fine, the words with it were not: the form says what to write. */
const MISSING_WORDS: readonly IssueMoveProblem[] = [
  "amount_not_integer",
  "amount_not_positive",
  "amount_too_large",
  "note_required",
  "reason_required",
];

const STATUS: Readonly<Record<RefusalReason["code"], number>> = {
  not_found: 404,
  person: 409,
  view_as: 403,
  wrong_password: 422,
  own_issue: 403,
  stale: 409,
  frozen: 409,
  illegal: 409,
  suggestion_changed: 409,
  choice_changed: 409,
  decisions_changed: 409,
  matching_changed: 409,
  batch_closed: 409,
  transfers_changed: 409,
  last_line: 409,
  payments_changed: 409,
  corrected_meanwhile: 409,
  correction_gone: 409,
  reversed_before_paid: 422,
  correction_unchanged: 422,
  paid_after_reversed: 422,
  payee_changed: 409,
  no_suggestion: 422,
  cycle_closed: 422,
  too_many_screenshots: 422,
  cycle_changed: 409,
  name_taken: 422,
  choice_invalid: 422,
  key_reused: 422,
  warnings: 422,
  money_in_doubt: 503,
  doctor_changed: 409,
  restored: 503,
  restored_again: 409,
  restored_compared: 409,
  none_restored: 409,
};

const PERSON_STATUS: Readonly<Partial<Record<PersonProblem, number>>> = {
  oneself: 403,
  email_taken: 422,
};

/** The HTTP status of a refusal, the same for pages and JSON (ABUSE: conventions). */
export function refusalStatus(reason: RefusalReason): number {
  if (reason.code === "illegal" && MISSING_WORDS.includes(reason.problem)) return 422;
  if (reason.code === "person") return PERSON_STATUS[reason.problem] ?? STATUS.person;
  return STATUS[reason.code];
}

/** What to tell the person who asked, in their language. */
export function refusalText(reason: RefusalReason, t: T): string {
  switch (reason.code) {
    case "stale":
      return reason.by
        ? t("refusals.staleBy", {
            name: reason.by,
            status: word(`words.status.${reason.status}`, t),
            payout: word(`words.payout.${reason.payoutStatus}`, t),
          })
        : t("refusals.stale");
    case "frozen":
      return t("refusals.frozen", { batch: String(reason.batchId) });
    case "illegal":
      return MISSING_WORDS.includes(reason.problem)
        ? t("refusals.missingWords")
        : t("refusals.illegal");
    case "suggestion_changed":
      return reason.actual
        ? t("refusals.suggestionChanged", { amount: formatMoney(reason.actual, t.locale) })
        : t("refusals.noSuggestion");
    case "batch_closed":
      return t(
        reason.status === "confirmed" ? "refusals.batchConfirmed" : "refusals.batchCancelled",
        {
          name: reason.by ?? "—",
        },
      );
    case "choice_invalid":
      return t(`refusals.choice.${reason.problem}`);
    case "not_found":
      return t("refusals.notFound");
    case "person":
      return t(`people.refused.${reason.problem}`);
    case "view_as":
      return t(`people.viewAs.refused.${reason.problem}`);
    case "wrong_password":
      return t("people.password.wrong");
    case "own_issue":
      return t("refusals.ownIssue");
    case "no_suggestion":
      return t("refusals.noSuggestion");
    case "cycle_closed":
      return t("refusals.cycleClosed");
    case "too_many_screenshots":
      return t("issueTalk.tooManyThere", { count: MOST_SCREENSHOTS });
    case "cycle_changed":
      return t("refusals.cycleChanged");
    case "name_taken":
      return t("refusals.nameTaken");
    case "choice_changed":
      return t("refusals.choiceChanged");
    case "decisions_changed":
      return t("refusals.decisionsChanged");
    case "matching_changed":
      return t("refusals.matchingChanged");
    case "key_reused":
      return t("refusals.keyReused");
    case "transfers_changed":
      return t("refusals.transfersChanged");
    case "last_line":
      return t("refusals.lastLine");
    case "payee_changed":
      return t("refusals.payeeChanged");
    case "warnings":
      return t("refusals.warnings");
    case "money_in_doubt":
      return t("doctor.refused");
    case "doctor_changed":
      return t("doctor.changed");
    case "restored":
      return t("restored.refused");
    case "restored_again":
      return t("restored.again");
    case "restored_compared":
      return t("restored.alreadyCompared", { name: reason.by });
    case "none_restored":
      return t("restored.nothingWaits");
    case "payments_changed":
      return t("refusals.paymentsChanged");
    case "corrected_meanwhile":
      return t("refusals.correctedMeanwhile", { name: reason.by ?? "—" });
    case "correction_gone":
      return t("refusals.correctionGone");
    case "reversed_before_paid":
      return t("refusals.reversedBeforePaid", { date: dayOf(reason.paidOn, t) });
    case "correction_unchanged":
      return t("refusals.correctionUnchanged");
    case "paid_after_reversed":
      return t("refusals.paidAfterReversed", { date: dayOf(reason.reversedOn, t) });
  }
}

// A calendar date has no hour, so any zone will do.
const dayOf = (date: IsoDate, t: T) => formatDate(date, t.locale, "UTC");

function word(key: string, t: T): string {
  return (t as (key: string) => string)(key).toLowerCase();
}

/** The refusal under /api/. A changed choice lists its changes beside the error (DESIGN 6). */
export function refusalAsJson(reason: RefusalReason, t: T): Response {
  const message = refusalText(reason, t);
  if (reason.code !== "choice_changed") return apiError(refusalStatus(reason), { message });
  const changes = reason.changes.map(({ issueId, expected, actual }) => ({
    issueId,
    expected,
    actual: actual?.amount ?? null,
  }));
  return apiError(409, { message, with: { changes } });
}
