import type { NegativeClosing } from "~/domain/issue-status";
import type { Money } from "~/domain/money";
import type { Severity } from "~/domain/severity";
import { formatMoney } from "~/i18n/format";
import type { T } from "~/i18n/translator";

/** The message travels in a cookie, which a title of 255 letters would crowd. */
const LONGEST_TITLE = 60;

/** What was decided, as the message after it tells. */
export type Said =
  | { readonly intent: "approve"; readonly amount: Money }
  | { readonly intent: "reject"; readonly reason: NegativeClosing }
  | { readonly intent: "severity"; readonly to: Severity }
  | { readonly intent: "undo" };

/** "Approved ₸ 15,000 for #12: Card is charged twice". */
export function decisionText(said: Said, issue: { id: number; title: string }, t: T): string {
  const about = { id: String(issue.id), title: shortened(issue.title) };
  switch (said.intent) {
    case "approve":
      return t("triage.approved", { ...about, amount: formatMoney(said.amount, t.locale) });
    case "reject":
      return t("triage.rejected", { ...about, reason: t(`words.reason.${said.reason}`) });
    case "severity":
      return t("triage.severityChanged", {
        id: about.id,
        severity: t(`words.severity.${said.to}`),
      });
    case "undo":
      return t("triage.undone", { id: about.id });
  }
}

/** Cut between letters, not inside one that takes two units. */
function shortened(title: string): string {
  const letters = [...title];
  return letters.length > LONGEST_TITLE ? `${letters.slice(0, LONGEST_TITLE).join("")}…` : title;
}
