import { data } from "@remix-run/node";
import { z } from "zod";
import type { BatchWarning } from "~/domain/batch-warning";
import { Refusal } from "~/domain/refusal";
import { confirmForm } from "~/forms/confirm-form";
import { rowId } from "~/forms/field-types";
import { type FieldErrors, type FieldValues, parseForm } from "~/forms/parse-form";
import { formatMoney } from "~/i18n/format";
import type { T } from "~/i18n/translator";
import { isOutage, isOutcomeUnknown } from "~/models/outage.server";
import { cancelBatch, leaveOut } from "~/models/batch-cancel.server";
import { confirmBatch, type PayAct } from "~/models/batch.server";
import type { BatchView } from "~/models/batch-view.server";
import { badRequest, unavailable, unprocessable } from "./errors.server";
import { redirectWithFlash } from "./flash.server";
import { batchPath, payoutsPath } from "./paths";
import { refusalStatus, refusalText } from "./refusal.server";

/** The batch page after a refused post: every value as it was typed, every message, and the same key. */
export type BatchRefusal = {
  readonly text: string | null;
  readonly errors: FieldErrors;
  readonly values: FieldValues;
  readonly ticked: readonly string[];
  /** Null: as the page had them. */
  readonly warnings: readonly BatchWarning[] | null;
};

const intents = z.enum(["confirm", "cancel", "leave_out"]);

/** What the buttons of the batch page do. Success answers 303; refusals answer with a BatchRefusal. */
export async function batchPost(form: FormData, batch: BatchView, act: PayAct, t: T) {
  const intent = intents.safeParse(form.get("intent"));
  if (!intent.success) throw badRequest();
  if (intent.data === "confirm") return confirmPost(form, batch, act, t);
  const empty: BatchRefusal = { text: null, errors: {}, values: {}, ticked: [], warnings: null };
  try {
    if (intent.data === "cancel") return await cancelPost(batch, act, t);
    return await leaveOutPost(form, batch, act, t);
  } catch (error) {
    return refused(error, empty, t);
  }
}

async function cancelPost(batch: BatchView, act: PayAct, t: T) {
  await cancelBatch(batch.id, act);
  const text = t("payouts.cancelled", { id: String(batch.id) });
  return redirectWithFlash(payoutsPath(), { tone: "info", text });
}

const leaveOutForm = z.object({ transfer: rowId() });

async function leaveOutPost(form: FormData, batch: BatchView, act: PayAct, t: T) {
  const parsed = parseForm(leaveOutForm, form, t);
  if (!parsed.ok) throw badRequest();
  await leaveOut({ batchId: batch.id, transferId: parsed.value.transfer }, act);
  return redirectWithFlash(batchPath(batch.id), { tone: "info", text: t("payouts.leftOutDone") });
}

async function confirmPost(form: FormData, batch: BatchView, act: PayAct, t: T) {
  const open = batch.transfers.filter((transfer) => transfer.leftOut === null);
  const ticked = form.getAll("warning").filter((value) => typeof value === "string");
  const parsed = parseForm(confirmForm(open, act.at, act.zone), form, t);
  if (!parsed.ok) {
    const { errors, values } = parsed;
    return unprocessable<BatchRefusal>({ text: null, errors, values, ticked, warnings: null });
  }
  const id = String(batch.id);
  try {
    const done = await confirmBatch({ batchId: batch.id, ...parsed.value }, act);
    const amount = batch.totals.map((money) => formatMoney(money, t.locale)).join(" + ");
    const text = done.replayed
      ? t("payouts.alreadyConfirmed", { id })
      : t("payouts.confirmed", { id, amount });
    return await redirectWithFlash(batchPath(batch.id), { tone: "success", text });
  } catch (error) {
    const values = typedValues(form);
    return refused(error, { text: null, errors: {}, values, ticked, warnings: null }, t);
  }
}

function typedValues(form: FormData): FieldValues {
  const texts = [...form].filter(([name, value]) => typeof value === "string" && name !== "csrf");
  return Object.fromEntries(texts) as Record<string, string>;
}

function refused(error: unknown, kept: BatchRefusal, t: T) {
  if (error instanceof Refusal) {
    const { reason } = error;
    const warnings = reason.code === "warnings" ? reason.warnings : null;
    const body: BatchRefusal = { ...kept, text: refusalText(reason, t), warnings };
    return data(body, { status: refusalStatus(reason) });
  }
  if (!isOutage(error)) throw error;
  const text = isOutcomeUnknown(error) ? t("payouts.unknownOutcome") : t("payouts.away");
  return unavailable<BatchRefusal>({ ...kept, text });
}
