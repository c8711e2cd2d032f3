import { isNegativeClosing } from "~/domain/issue-status";
import type { Money } from "~/domain/money";
import { isSeverity } from "~/domain/severity";
import { paidHow } from "~/components/money-standing-text";
import { type DateLike, NONE } from "~/i18n/format";
import type { T } from "~/i18n/translator";
import type { HistoryEntry } from "~/domain/issue-history";

/** The reader's own way to write things: useT() and useFormat(). */
export type Tongue = {
  readonly t: T;
  readonly money: (money: Money) => string;
  readonly day: (value: DateLike) => string;
};

const EDITED = {
  text: "issues.history.edited",
  pictures: "issueTalk.history.pictures",
  both: "issueTalk.history.textAndPictures",
} as const;

/** What happened, in one sentence: "Nazira approved ₸ 8,000 on 3 May". */
export function historyText(entry: HistoryEntry, tongue: Tongue): string {
  const { t, day } = tongue;
  const said = { name: entry.by ?? t("issues.import"), date: day(entry.at) };
  const amount = entry.money ? tongue.money(entry.money) : NONE;
  switch (entry.kind) {
    case "filed":
      return t(entry.to.status === "draft" ? "issues.history.draft" : "issues.history.filed", said);
    case "submitted":
      return t("issues.history.submitted", said);
    case "edited":
      return t(EDITED[entry.edited ?? "text"], said);
    case "severity_changed":
      return severityText(entry, said, t);
    case "cycle_changed":
      return entry.change
        ? t("issues.history.cycle", { ...said, ...entry.change })
        : t("issues.history.cycleChanged", said);
    case "status_changed":
      return statusText(entry, said, tongue);
    case "approved":
      return t("issues.history.approved", { ...said, amount });
    case "rejected":
      return rejectedText(entry, said, t);
    case "amount_changed": {
      const from = entry.moneyBefore ? tongue.money(entry.moneyBefore) : NONE;
      return t("issues.history.amount", { ...said, from, to: amount });
    }
    case "undone":
      return entry.from?.payoutStatus === "rejected"
        ? t("issues.history.undoneRejection", said)
        : t("issues.history.undoneApproval", { ...said, amount });
    default:
      return moneyMovedText(entry, { ...said, amount }, tongue);
  }
}

/** What was written with it, word for word: reasons and notes, which the tester may read (DESIGN 3). */
export function historyQuotes({ kind, reason, note }: HistoryEntry): string[] {
  // A closing is a reason of our own, and stands in the sentence.
  const inSentence = kind === "rejected" || kind === "status_changed";
  return [inSentence ? null : reason, note].filter((text) => text !== null);
}

type Said = { name: string; date: string };

function severityText({ change }: HistoryEntry, said: Said, t: T): string {
  return change && isSeverity(change.from) && isSeverity(change.to)
    ? t("issues.history.severity", {
        ...said,
        from: t(`words.severity.${change.from}`),
        to: t(`words.severity.${change.to}`),
      })
    : t("issues.history.severityChanged", said);
}

function statusText({ from, to, money }: HistoryEntry, said: Said, { t, ...tongue }: Tongue) {
  const sentence = t("issues.history.status", {
    ...said,
    from: from ? t(`words.status.${from.status}`) : NONE,
    to: t(`words.status.${to.status}`),
  });
  if (from?.payoutStatus === to.payoutStatus) {
    const staysPaid = to.payoutStatus === "paid" && isNegativeClosing(to.status);
    return staysPaid ? t("issues.effect.staysPaid", { sentence }) : sentence;
  }
  if (to.payoutStatus === "pending") return t("issues.effect.reopened", { sentence });
  return from?.payoutStatus === "approved" && money
    ? t("issues.effect.withdrawn", { sentence, amount: tongue.money(money) })
    : t("issues.effect.rejected", { sentence });
}

function rejectedText({ reason, duplicateOf }: HistoryEntry, said: Said, t: T): string {
  const why = { ...said, reason: closingWord(reason, t) };
  return duplicateOf === null
    ? t("issues.history.rejected", why)
    : t("issues.history.rejectedOf", { ...why, original: String(duplicateOf) });
}

function closingWord(reason: string | null, t: T): string {
  return isNegativeClosing(reason) ? t(`words.reason.${reason}`) : NONE;
}

// Paid, reversed, voided: what became of the money stands in the payment row written with the event.
function moneyMovedText(
  { kind, from, payment, at }: HistoryEntry,
  said: Said & { amount: string },
  { t, day }: Tongue,
): string {
  if (kind === "paid") {
    if (!payment) return t("issues.history.paid", said);
    const [how, paid] = [paidHow(payment, t), day(payment.paidOn)];
    return paid === day(at)
      ? t("issues.history.paidHow", { ...said, how })
      : t("issues.history.paidLater", { ...said, how, paid });
  }
  if (kind === "voided" && from?.payoutStatus !== "paid")
    return t("issues.history.cancelled", said);
  const reversed = payment?.reversalKind;
  if (!reversed) {
    return t(
      kind === "voided" ? "issues.history.voidedKept" : "issues.history.reversedPlain",
      said,
    );
  }
  const what = t(`issues.reversal.${reversed}`);
  return t(kind === "voided" ? "issues.history.voided" : "issues.history.reversed", {
    ...said,
    kind: what,
  });
}
