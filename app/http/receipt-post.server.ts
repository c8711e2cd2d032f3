import { data } from "@remix-run/node";
import { type PaymentChange, Refusal, type RefusalReason } from "~/domain/refusal";
import { isVoid } from "~/domain/take-back";
import { type FieldErrors, type FieldValues, parseForm } from "~/forms/parse-form";
import { correctionForm, takeBackForm } from "~/forms/receipt-form";
import { typedFields } from "~/forms/typed-fields";
import { formatMoney } from "~/i18n/format";
import type { T } from "~/i18n/translator";
import type { PayAct } from "~/models/batch.server";
import type { BatchView, TransferView } from "~/models/batch-view.server";
import { isOutage, isOutcomeUnknown } from "~/models/outage.server";
import { correctTransfer } from "~/models/payment-correction.server";
import { type MoneyTakenBack, reverseTransfer } from "~/models/transfer-reversal.server";
import { badRequest, unavailable, unprocessable } from "./errors.server";
import { redirectWithFlash } from "./flash.server";
import { batchPath } from "./paths";
import { refusalStatus, refusalText } from "./refusal.server";

export type ReceiptIntent = "take_back" | "correct";

/** The receipt after a refused form of one transfer: every value as typed, every message. */
export type ReceiptRefusal = {
  readonly about: "receipt";
  readonly intent: ReceiptIntent;
  readonly transferId: number;
  readonly errors: FieldErrors;
  readonly values: FieldValues;
  readonly ticked: readonly string[];
  /** What the page showed as paid and is no longer. */
  readonly changes: readonly PaymentChange[];
};

type Post = {
  readonly form: FormData;
  readonly batch: BatchView;
  readonly transfer: TransferView;
  readonly act: PayAct;
  readonly t: T;
};

/** The forms of a paid transfer: bounced, never sent, void, correct. Success answers 303. */
export function receiptPost(intent: ReceiptIntent, post: Omit<Post, "transfer">) {
  const id = Number(post.form.get("transfer"));
  const transfer = post.batch.transfers.find((line) => line.id === id);
  if (!transfer?.standing) throw badRequest();
  const whole = { ...post, transfer };
  return intent === "take_back" ? takeBackPost(whole) : correctPost(whole);
}

async function takeBackPost(post: Post) {
  const { form, transfer, act, t } = post;
  const parsed = parseForm(takeBackForm({ now: act.at, zone: act.zone }), form, t);
  if (!parsed.ok) return unprocessable(kept("take_back", post, parsed.errors));
  const { payment: paymentIds, how, reason, on } = parsed.value;
  try {
    const transferId = transfer.id;
    const done = await reverseTransfer({ transferId, paymentIds, how, reason, on }, act);
    return await back(post, done.replayed, takenBackText(done, isVoid(how), t));
  } catch (error) {
    return refused(error, "take_back", post);
  }
}

function takenBackText({ issues: count, totals }: MoneyTakenBack, voided: boolean, t: T): string {
  const amount = totals.map((money) => formatMoney(money, t.locale)).join(" + ");
  return t(voided ? "batch.voided" : "batch.reversed", { count, amount });
}

async function correctPost(post: Post) {
  const { form, transfer, act, t } = post;
  const clock = { now: act.at, zone: act.zone };
  const parsed = parseForm(correctionForm(transfer.method ?? "kaspi", clock), form, t);
  if (!parsed.ok) return unprocessable(kept("correct", post, parsed.errors));
  try {
    const done = await correctTransfer({ transferId: transfer.id, ...parsed.value }, act);
    return await back(post, done.replayed, t("batch.corrected"));
  } catch (error) {
    return refused(error, "correct", post);
  }
}

function back({ batch, transfer, t }: Post, replayed: boolean, text: string) {
  const url = batchPath(batch.id, { open: transfer.id });
  return redirectWithFlash(
    url,
    replayed ? { tone: "info", text: t("batch.already") } : { tone: "success", text },
  );
}

const TYPED = ["how", "reason", "on", "reference", "paidOn"];

function kept(
  intent: ReceiptIntent,
  { form, transfer }: Post,
  errors: FieldErrors,
  changes: readonly PaymentChange[] = [],
): ReceiptRefusal {
  const ticked = form.getAll("payment").filter((value) => typeof value === "string");
  const values = typedFields(form, TYPED);
  return { about: "receipt", intent, transferId: transfer.id, errors, values, ticked, changes };
}

function refused(error: unknown, intent: ReceiptIntent, post: Post) {
  if (error instanceof Refusal) {
    const { reason } = error;
    const errors = { [correctionField(reason)]: refusalText(reason, post.t) };
    const changes = reason.code === "payments_changed" ? reason.changes : [];
    return data(kept(intent, post, errors, changes), { status: refusalStatus(reason) });
  }
  if (!isOutage(error)) throw error;
  const { t } = post;
  const text = isOutcomeUnknown(error) ? t("payouts.unknownOutcome") : t("batch.away");
  return unavailable(kept(intent, post, { form: text }));
}

/** The field that a refusal is about. */
export function correctionField({ code }: RefusalReason): string {
  switch (code) {
    case "reversed_before_paid":
      return "on";
    case "paid_after_reversed":
      return "paidOn";
    case "correction_unchanged":
      return "reference";
    default:
      return "form";
  }
}
