import type { Said } from "~/components/triage/decision-text";
import { isNegativeClosing } from "~/domain/issue-status";
import { parseAmountText } from "~/domain/money";
import type { DecisionPanel } from "~/forms/decision-form";
import type { IssueView } from "~/models/issue.server";

type Quickly = { readonly panel: DecisionPanel; readonly said: Said };

/**
 * What a form decides, if it can go in the background; null leaves it to be posted as a page: what may well have to be
 * mended stays where it is typed.
 */
export function quickDecision(form: FormData, issue: IssueView): Quickly | null {
  if (text(form, "issueId") !== String(issue.id)) return null;
  if (text(form, "intent") === "approve") return approval(form, issue);
  return text(form, "intent") === "reject" ? rejection(form) : null;
}

function approval(form: FormData, { suggested, currency }: IssueView): Quickly | null {
  if (!form.has("amountText"))
    return suggested && { panel: "approve", said: { intent: "approve", amount: suggested } };
  const typed = parseAmountText(text(form, "amountText"));
  return typed.ok
    ? { panel: "custom", said: { intent: "approve", amount: { currency, amount: typed.amount } } }
    : null;
}

function rejection(form: FormData): Quickly | null {
  const reason = text(form, "reason");
  if (!isNegativeClosing(reason) || text(form, "duplicateOf") || text(form, "readyNote"))
    return null;
  return { panel: "reject", said: { intent: "reject", reason } };
}

function text(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === "string" ? value.trim() : "";
}
