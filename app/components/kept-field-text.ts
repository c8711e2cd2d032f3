import { VOIDED_MONEY } from "~/domain/issue-move";
import { NEGATIVE_CLOSINGS } from "~/domain/issue-status";
import { isCurrency, type Money } from "~/domain/money";
import { PAYOUT_METHODS } from "~/domain/payment";
import { AMOUNT_NAME, parseReviewChoice } from "~/domain/review-choice";
import { TAKE_BACKS } from "~/domain/take-back";
import type { KeptForm } from "~/http/kept-form";
import type { Key } from "~/i18n/catalogue";
import { LOCALES } from "~/i18n/locale";
import { storedWord } from "~/i18n/stored-word";
import type { T } from "~/i18n/translator";
import { cycleStatusWord, roleWord, severityWord, statusWord } from "./stored-words";

/** How a payment failed, as the form of a paid issue asks it. */
const REVERSALS = ["bounced", "never_sent"] as const;

/** What the fields are called in their forms; where forms differ, the word that fits them all. */
const LABELS = {
  ...{ title: "issues.titleField", body: "issues.body", severity: "issues.severity" },
  ...{ comment: "issueTalk.comment.label", note: "issues.card.note", text: "issues.card.note" },
  ...{
    reason: "issues.card.reason",
    to: "issues.card.status.to",
    amountText: "issues.card.amount",
  },
  ...{ duplicateOf: "triage.duplicateOf", original: "triage.duplicateOf" },
  ...{ kind: "issues.card.what", money: "issues.card.money", how: "batch.how", on: "batch.on" },
  ...{ method: "payouts.method", reference: "payouts.reference", paidOn: "payouts.paidOn" },
  ...{ choice: "issues.column.issue", pick: "issues.column.issue", row: "issues.column.issue" },
  ...{ line: "issues.column.amount", total: "issues.column.amount" },
  ...{ name: "people.new.name", email: "people.new.email", role: "people.new.role" },
  ...{ payeeName: "settings.payee.payeeName", kaspiPhone: "settings.payee.kaspiPhone" },
  ...{ iban: "settings.payee.iban", locale: "people.language.field" },
  ...{ status: "cycles.status", currency: "cycles.rates.currency" },
  ...{ critical: "words.severity.critical", high: "words.severity.high" },
  ...{ medium: "words.severity.medium", low: "words.severity.low" },
} as const satisfies Record<string, Key>;

/** Keys, ids, what the page had shown, and the button that was pressed go along unseen. */
const UNSEEN =
  /^(csrf|key|intent|version|seen|next|from|run|restoration|transfer|payment|cycle|readyNote|warning|only|asOf|count|expected|expectedAmount|confirmed|shown|shownAt)$|id$/i;

/** A field of a kept form in the reader's words; null for one that nobody typed or chose. */
export function keptFieldText(
  [name, value]: KeptForm["fields"][number],
  t: T,
  money: (money: Money) => string,
): { label: string; value: string } | null {
  if (value.trim() === "" || UNSEEN.test(name)) return null;
  if (name.startsWith(AMOUNT_NAME)) {
    const row = parseReviewChoice(name.slice(AMOUNT_NAME.length));
    return { label: `${t("issues.card.amount")} #${row?.issueId ?? ""}`, value };
  }
  // A batch asks for these once, and once more for each transfer that differs: "method-12".
  const field = name.replace(/-\d+$/, "");
  const label = Object.hasOwn(LABELS, field) ? t(LABELS[field as keyof typeof LABELS]) : name;
  return { label, value: chosen(field, value, t) ?? ticked(field, value, money) ?? value };
}

/** One of the answers that a form offers. */
function chosen(field: string, value: string, t: T): string | null {
  switch (field) {
    case "severity":
      return severityWord(value, t);
    case "to":
      return statusWord(value, t);
    case "status":
      return cycleStatusWord(value, t);
    case "reason":
      return storedWord(value, NEGATIVE_CLOSINGS, (one) => t(`words.reason.${one}`));
    case "kind":
      return storedWord(value, REVERSALS, (one) => t(`issues.card.kind.${one}`));
    case "money":
      return storedWord(value, VOIDED_MONEY, (one) => t(`issues.card.money.${one}`));
    case "how":
      return storedWord(value, TAKE_BACKS, (one) => t(`batch.how.${one}`));
    case "method":
      return storedWord(value, PAYOUT_METHODS, (one) => t(`words.method.${one}`));
    case "role":
      return roleWord(value, t);
    case "locale":
      return storedWord(value, LOCALES, (one) => t(`people.language.${one}`));
    default:
      return null;
  }
}

/** What stands in a box of a list: an issue, or how much a line of the pay queue comes to. */
function ticked(field: string, value: string, money: (money: Money) => string): string | null {
  switch (field) {
    case "choice":
    case "pick":
    case "row":
    case "original":
    case "duplicateOf":
      return value.replace(/^#?(\d+)(:.*)?$/, "#$1");
    case "line":
    case "total": {
      const [, currency, amount] = /([A-Z]{3}):(?:\d+:)?(\d{1,15})$/.exec(value) ?? [];
      return isCurrency(currency) ? money({ currency, amount: Number(amount) }) : null;
    }
    default:
      return null;
  }
}
