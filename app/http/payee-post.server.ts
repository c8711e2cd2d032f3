import { data } from "@remix-run/node";
import { PAYEE_FIELDS } from "~/domain/payee";
import { Refusal } from "~/domain/refusal";
import { parseForm } from "~/forms/parse-form";
import { payeeForm } from "~/forms/payee-form";
import { typedFields } from "~/forms/typed-fields";
import { changePayee } from "~/models/payee.server";
import { unprocessable } from "./errors.server";
import { redirectWithFlash } from "./flash.server";
import { settingsPath } from "./paths";
import { refusalStatus, refusalText } from "./refusal.server";
import type { SettingsAnswer, SettingsPost } from "./settings-answer";

/** Where one's own wages are sent: 303, 422 for what is no account, 409 when another window was faster. */
export async function payeePost({ form, viewer, at, t }: SettingsPost) {
  const parsed = parseForm(payeeForm, form, t);
  const values = typedFields(form, PAYEE_FIELDS);
  if (!parsed.ok)
    return unprocessable<SettingsAnswer>({ intent: "payee", errors: parsed.errors, values });
  try {
    const change = { userId: viewer.id, ...parsed.value };
    const isChanged = await changePayee(change, { actorId: viewer.id, at });
    return await redirectWithFlash(
      settingsPath(),
      isChanged
        ? { tone: "success", text: t("settings.payee.saved") }
        : { tone: "info", text: t("settings.payee.unchanged") },
    );
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const answer: SettingsAnswer = {
      intent: "payee",
      errors: { form: refusalText(error.reason, t) },
      values,
    };
    return data(answer, { status: refusalStatus(error.reason) });
  }
}
