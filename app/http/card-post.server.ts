import { data } from "@remix-run/node";
import { legalStatusChange } from "~/domain/issue-status";
import { payoutSideEffectForStatusChange } from "~/domain/payout-status";
import { Refusal, type RefusalReason } from "~/domain/refusal";
import { CARD_INTENTS, type CardIntent, payoutCardForms } from "~/forms/payout-card-form";
import { type FieldErrors, parseForm } from "~/forms/parse-form";
import { typedFields } from "~/forms/typed-fields";
import { formatMoney } from "~/i18n/format";
import type { T } from "~/i18n/translator";
import type { ChangedIssue } from "~/models/issue-change.server";
import { type IssueView, livePaidOn } from "~/models/issue.server";
import { type CardDecision, decide } from "~/models/payout-card.server";
import { notFound, unprocessable } from "./errors.server";
import { redirectWithFlash } from "./flash.server";
import type { IssueAnswer, IssuePost, StatusEffect } from "./issue-answer";
import { issuePath } from "./paths";
import { refusalStatus, refusalText } from "./refusal.server";
import type { Flash } from "./root-data";

const TYPED = ["amountText", "note", "reason", "kind", "money", "on", "to", "severity"];

export function isCardIntent(intent: unknown): intent is CardIntent {
  return CARD_INTENTS.some((known) => known === intent);
}

/** One form of the payout card: parse, decide, and say what was done, with Undo where there is one. */
export async function cardPost(post: IssuePost, intent: CardIntent) {
  const { form, issue, viewer, at, zone, t } = post;
  const schemas = payoutCardForms({ paidOn: await livePaidOn(issue.id), now: at, zone });
  const parsed = parseForm(schemas[intent], form, t);
  if (!parsed.ok) {
    const { errors, values } = parsed;
    return unprocessable({ intent, errors, values });
  }
  // The schema of that intent gives the fields of that decision; TypeScript cannot follow the name through both.
  const decision = { intent, ...parsed.value } as CardDecision;
  if (decision.intent === "status") {
    const confirm = unconfirmedEffect(issue, decision, form.get("confirmed"));
    if (confirm) {
      const values = typedFields(form, TYPED);
      return unprocessable<IssueAnswer>({ intent, errors: {}, values, confirm });
    }
  }
  try {
    const changed = await decide(issue.id, decision, { actorId: viewer.id, at });
    return await redirectWithFlash(issuePath(issue.id), doneFlash(intent, changed, t));
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (error.reason.code === "not_found") throw notFound();
    return refused(intent, error.reason, form, t);
  }
}

/** What the new status does to the money, unless that was read and agreed to. What is stale or frozen is refused anyway. */
function unconfirmedEffect(
  issue: IssueView,
  { to, version }: Extract<CardDecision, { intent: "status" }>,
  confirmed: unknown,
): StatusEffect | null {
  if (confirmed === to || issue.heldIn !== null || version !== issue.version) return null;
  if (!legalStatusChange(issue.status, to, "admin")) return null;
  const { status: from, payoutStatus } = issue;
  const payout = payoutSideEffectForStatusChange({ from, to, payoutStatus });
  return payout && { to, payout };
}

function refused(intent: CardIntent, reason: RefusalReason, form: FormData, t: T) {
  const values = typedFields(form, TYPED);
  if (reason.code === "illegal" && reason.problem === "amount_unchanged") {
    const errors: FieldErrors = { amountText: t("issues.card.sameAmount") };
    return unprocessable({ intent, errors, values });
  }
  const errors: FieldErrors = { form: refusalText(reason, t) };
  return data({ intent, errors, values }, { status: refusalStatus(reason) });
}

function doneFlash(intent: CardIntent, changed: ChangedIssue, t: T): Flash {
  const { id, version, state } = changed;
  if ("replayed" in changed && changed.replayed) {
    return { tone: "info", text: t("issues.done.already") };
  }
  const amount = state.approved ? formatMoney(state.approved, t.locale) : "";
  const done = intent === "approveCustom" ? "approve" : intent;
  const text = t(`issues.done.${done}`, { amount, status: t(`words.status.${state.status}`) });
  if (done !== "approve" && done !== "reject") return { tone: "success", text };
  const action = {
    url: issuePath(id),
    label: t("app.undo"),
    fields: { intent: "undo", version: String(version) },
  };
  return { tone: "success", text, action };
}
