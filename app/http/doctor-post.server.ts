import { data } from "@remix-run/node";
import { z } from "zod";
import { Refusal } from "~/domain/refusal";
import { lookForm } from "~/forms/doctor-form";
import { type FieldErrors, type FieldValues, parseForm } from "~/forms/parse-form";
import type { T } from "~/i18n/translator";
import { runDoctor } from "~/models/doctor.server";
import { lookAtRun } from "~/models/doctor-standing.server";
import { badRequest, unprocessable } from "./errors.server";
import { redirectWithFlash } from "./flash.server";
import { doctorPath } from "./paths";
import { refusalStatus, refusalText } from "./refusal.server";

export type LookRefused = { readonly errors: FieldErrors; readonly values: FieldValues };

const intents = z.enum(["look", "run"]);

type By = { readonly id: number; readonly address: string };

/** What the buttons of the doctor's page do: look at a finding, or let the doctor look again. */
export async function doctorPost(form: FormData, by: By, t: T) {
  const intent = intents.safeParse(form.get("intent"));
  if (!intent.success) throw badRequest();
  if (intent.data === "run") {
    await runDoctor("app");
    return redirectWithFlash(doctorPath(), { tone: "info", text: t("doctor.checked") });
  }
  const parsed = parseForm(lookForm, form, t);
  if (!parsed.ok) return unprocessable<LookRefused>(parsed);
  const { run, note } = parsed.value;
  try {
    await lookAtRun({ runId: run, note }, by);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { reason } = error;
    const refused: LookRefused = { errors: { form: refusalText(reason, t) }, values: { note } };
    return data(refused, { status: refusalStatus(reason) });
  }
  return redirectWithFlash(doctorPath(), { tone: "success", text: t("doctor.lookedDone") });
}
