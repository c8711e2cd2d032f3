import { data } from "@remix-run/node";
import { Refusal } from "~/domain/refusal";
import { type FieldErrors, type FieldValues, parseForm } from "~/forms/parse-form";
import { compareForm } from "~/forms/restored-form";
import type { T } from "~/i18n/translator";
import { confirmRestoration } from "~/models/restoration.server";
import { unprocessable } from "./errors.server";
import { redirectWithFlash } from "./flash.server";
import { payoutsPath } from "./paths";
import { refusalStatus, refusalText } from "./refusal.server";

export type CompareRefused = { readonly errors: FieldErrors; readonly values: FieldValues };

type By = { readonly id: number; readonly address: string };

/** An admin has compared a restored backup with the bank. */
export async function restoredPost(form: FormData, by: By, t: T) {
  const parsed = parseForm(compareForm, form, t);
  if (!parsed.ok) return unprocessable<CompareRefused>(parsed);
  const { restoration, note } = parsed.value;
  try {
    await confirmRestoration({ restorationId: restoration, note }, by);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { reason } = error;
    const refused: CompareRefused = { errors: { form: refusalText(reason, t) }, values: { note } };
    return data(refused, { status: refusalStatus(reason) });
  }
  return redirectWithFlash(payoutsPath(), { tone: "success", text: t("restored.confirmed") });
}
