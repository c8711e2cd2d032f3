import { data } from "@remix-run/node";
import { Refusal } from "~/domain/refusal";
import { parseForm } from "~/forms/parse-form";
import { correctionForm } from "~/forms/receipt-form";
import { typedFields } from "~/forms/typed-fields";
import { correctTransfer } from "~/models/payment-correction.server";
import { unprocessable } from "./errors.server";
import { redirectWithFlash } from "./flash.server";
import type { IssuePost } from "./issue-answer";
import { issuePath } from "./paths";
import { correctionField } from "./receipt-post.server";
import { refusalStatus, refusalText } from "./refusal.server";

const TYPED = ["reference", "paidOn", "reason"];

/** Corrects the transfer that paid this issue, from the issue's page. */
export async function correctionPost({ form, issue, viewer, at, zone, t }: IssuePost) {
  const intent = "correct";
  const values = typedFields(form, TYPED);
  const { sent } = issue;
  if (!sent) {
    const errors = { form: t("refusals.illegal") };
    return data({ intent, errors, values }, { status: 409 });
  }
  const parsed = parseForm(correctionForm(sent.method, { now: at, zone }), form, t);
  if (!parsed.ok) return unprocessable({ intent, errors: parsed.errors, values });
  try {
    const { transferId } = sent;
    const done = await correctTransfer({ transferId, ...parsed.value }, { actorId: viewer.id, at });
    const text = t(done.replayed ? "batch.already" : "batch.corrected");
    const tone = done.replayed ? "info" : "success";
    return await redirectWithFlash(issuePath(issue.id), { tone, text });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const errors = { [correctionField(error.reason)]: refusalText(error.reason, t) };
    return data({ intent, errors, values }, { status: refusalStatus(error.reason) });
  }
}
