import { data } from "@remix-run/node";
import { z } from "zod";
import type { BatchWarning } from "~/domain/batch-warning";
import { Refusal, type RefusalReason } from "~/domain/refusal";
import { confirmForm } from "~/forms/confirm-form";
import { rowId } from "~/forms/field-types";
import { type FieldErrors, type FieldValues, parseForm } from "~/forms/parse-form";
import { formatMoney } from "~/i18n/format";
import type { T } from "~/i18n/translator";
import { isOutage, isOutcomeUnknown } from "~/models/outage.server";
import { cancelBatch, leaveOut } from "~/models/batch-cancel.server";
import { confirmBatch, type ConfirmPost, type PayAct } from "~/models/batch.server";
import type { BatchView, TransferView } from "~/models/batch-view.server";
import { badRequest, unavailable, unprocessable } from "./errors.server";
import { redirectWithFlash } from "./flash.server";
import { batchPath, payoutsPath } from "./paths";
import { receiptPost } from "./receipt-post.server";
import { refusalStatus, refusalText } from "./refusal.server";

/** The batch page after a refused post: every value as it was typed, every message, and the same key. */
export type BatchRefusal = {
  readonly about: "confirm";
  /** What it was refused for; null where fields are wrong, or the database is away. */
  readonly code: RefusalReason["code"] | null;
  readonly text: string | null;
  readonly errors: FieldErrors;
  readonly values: FieldValues;
  /** The transfers that the page showed. */
  readonly lines: readonly number[];
  readonly ticked: readonly string[];
  /** Null: as the page had them. */
  readonly warnings: readonly BatchWarning[] | null;
};

const intents = z.enum(["confirm", "cancel", "leave_out", "take_back", "correct"]);

/** What the buttons of the batch page do. Success answers 303; refusals answer with a BatchRefusal. */
export async function batchPost(form: FormData, batch: BatchView, act: PayAct, t: T) {
  const intent = intents.safeParse(form.get("intent"));
  if (!intent.success) throw badRequest();
  switch (intent.data) {
    case "confirm":
      return confirmPost(form, batch, act, t);
    case "cancel":
      return orRefused(cancelPost(batch, act, t), NOTHING_KEPT, t);
    case "leave_out":
      return orRefused(leaveOutPost(form, batch, act, t), NOTHING_KEPT, t);
    case "take_back":
    case "correct":
      return receiptPost(intent.data, { form, batch, act, t });
  }
}

const NOTHING_KEPT: BatchRefusal = {
  ...{ about: "confirm", code: null, text: null, warnings: null },
  ...{ errors: {}, values: {}, lines: [], ticked: [] },
};

async function orRefused(done: Promise<Response>, kept: BatchRefusal, t: T) {
  try {
    return await done;
  } catch (error) {
    return refused(error, kept, t);
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
  const lines = shownLines(form, batch);
  const ticked = form.getAll("warning").filter((value) => typeof value === "string");
  const parsed = parseForm(confirmForm(lines, act.at, act.zone), form, t);
  const kept = {
    ...NOTHING_KEPT,
    values: typedValues(form),
    lines: lines.map(({ id }) => id),
    ticked,
  };
  if (!parsed.ok) return unprocessable<BatchRefusal>({ ...kept, errors: parsed.errors });
  return orRefused(confirmNow(batch, parsed.value, act, t), kept, t);
}

// The transfers that the page showed, also one that was left out since: money may have been sent for it, so it is
// refused with the others and told, rather than passed over in silence.
function shownLines(form: FormData, { transfers }: BatchView): TransferView[] {
  const shown = new Set(form.getAll("line").map(Number));
  if (shown.size === 0) return transfers.filter((transfer) => transfer.leftOut === null);
  return transfers.filter((transfer) => shown.has(transfer.id));
}

async function confirmNow(
  batch: BatchView,
  post: Omit<ConfirmPost, "batchId">,
  act: PayAct,
  t: T,
): Promise<Response> {
  const id = String(batch.id);
  const done = await confirmBatch({ batchId: batch.id, ...post }, act);
  const amount = batch.totals.map((money) => formatMoney(money, t.locale)).join(" + ");
  const text = done.replayed
    ? t("payouts.alreadyConfirmed", { id })
    : t("payouts.confirmed", { id, amount });
  return redirectWithFlash(batchPath(batch.id), { tone: "success", text });
}

function typedValues(form: FormData): FieldValues {
  const texts = [...form].filter(([name, value]) => typeof value === "string" && name !== "csrf");
  return Object.fromEntries(texts) as Record<string, string>;
}

function refused(error: unknown, kept: BatchRefusal, t: T) {
  if (error instanceof Refusal) {
    const { reason } = error;
    const warnings = reason.code === "warnings" ? reason.warnings : null;
    const body: BatchRefusal = {
      ...kept,
      code: reason.code,
      text: refusalText(reason, t),
      warnings,
    };
    return data(body, { status: refusalStatus(reason) });
  }
  if (!isOutage(error)) throw error;
  const text = isOutcomeUnknown(error) ? t("payouts.unknownOutcome") : t("payouts.away");
  return unavailable<BatchRefusal>({ ...kept, text });
}
