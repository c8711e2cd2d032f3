import { data } from "@remix-run/node";
import type { PayoutRates } from "~/domain/rates";
import type { RatesChange } from "~/domain/rates-change";
import { Refusal } from "~/domain/refusal";
import { cycleForms, ratesForm } from "~/forms/cycle-form";
import { type FieldErrors, type FieldValues, parseForm } from "~/forms/parse-form";
import { typedFields } from "~/forms/typed-fields";
import type { T } from "~/i18n/translator";
import { changeCycleStatus, renameCycle, reviewRates, saveRates } from "~/models/cycle.server";
import { addTester, removeTester } from "~/models/cycle-testers.server";
import { badRequest, notFound, unprocessable } from "./errors.server";
import { redirectWithFlash } from "./flash.server";
import { adminCyclePath, cycleSettingsPath } from "./paths";
import { refusalStatus, refusalText } from "./refusal.server";

/** One of the forms again, with what is wrong or, before rates are saved, what they would change. */
export type CycleAnswer = {
  intent: string;
  errors: FieldErrors;
  values: FieldValues;
  review?: { rates: PayoutRates; change: RatesChange };
};

type CyclePost = { form: FormData; id: number; actorId: number; t: T };

const TYPED = ["name", "status", "email", "critical", "high", "medium", "low", "currency"];

/** Every form of /app/admin/test-cycles/:id/settings. Throws 400 and 404. */
export async function cycleSettingsPost(post: CyclePost) {
  const intent = post.form.get("intent");
  if (!isOneOf(SETTINGS, intent)) throw badRequest();
  return refusable(post, intent, () => SETTINGS[intent](post, intent));
}

/** The forms of the tab Testers. Throws 400 and 404. */
export async function cycleTestersPost(post: CyclePost) {
  const intent = post.form.get("intent");
  if (!isOneOf(TESTERS, intent)) throw badRequest();
  return refusable(post, intent, () => TESTERS[intent](post, intent));
}

const SETTINGS = { rename, status, reviewRates: rates, saveRates: rates };
const TESTERS = { addTester: add, removeTester: remove };

function isOneOf<Acts extends object>(acts: Acts, intent: unknown): intent is keyof Acts & string {
  return typeof intent === "string" && Object.hasOwn(acts, intent);
}

async function refusable<Answer>(
  { form, t }: CyclePost,
  intent: string,
  work: () => Promise<Answer>,
) {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { reason } = error;
    if (reason.code === "not_found") throw notFound();
    const field = reason.code === "name_taken" ? "name" : "form";
    const errors: FieldErrors = { [field]: refusalText(reason, t) };
    const values = typedFields(form, TYPED);
    return data<CycleAnswer>({ intent, errors, values }, { status: refusalStatus(reason) });
  }
}

async function rename({ form, id, actorId, t }: CyclePost, intent: string) {
  const parsed = parseForm(cycleForms.rename, form, t);
  if (!parsed.ok) return unprocessable<CycleAnswer>({ intent, ...parsed });
  await renameCycle({ id, ...parsed.value }, actorId);
  return saved(id, t("cycles.settings.renamed", { name: parsed.value.name }));
}

async function status({ form, id, actorId, t }: CyclePost, intent: string) {
  const parsed = parseForm(cycleForms.status, form, t);
  if (!parsed.ok) return unprocessable<CycleAnswer>({ intent, ...parsed });
  await changeCycleStatus({ id, ...parsed.value }, actorId);
  const word = t(`words.cycle.${parsed.value.status}`);
  return saved(id, t("cycles.settings.statusSaved", { status: word }));
}

async function rates({ form, id, actorId, t }: CyclePost, intent: string) {
  const parsed = parseForm(ratesForm, form, t);
  if (!parsed.ok) return unprocessable<CycleAnswer>({ intent, ...parsed });
  if (intent === "saveRates") {
    await saveRates({ id, ...parsed.value }, actorId);
    return saved(id, t("cycles.rates.saved"));
  }
  const change = await reviewRates({ id, ...parsed.value });
  const values = typedFields(form, [...TYPED, "shown"]);
  return data<CycleAnswer>({
    intent,
    errors: {},
    values,
    review: { rates: parsed.value.rates, change },
  });
}

async function add({ form, id, actorId, t }: CyclePost, intent: string) {
  const parsed = parseForm(cycleForms.addTester, form, t);
  if (!parsed.ok) return unprocessable<CycleAnswer>({ intent, ...parsed });
  const tester = await addTester(id, parsed.value.email, actorId);
  if (tester) return changed(id, t("cycles.testers.added", tester));
  const errors = { email: t("cycles.testers.unknown") };
  return unprocessable<CycleAnswer>({ intent, errors, values: typedFields(form, TYPED) });
}

async function remove({ form, id, actorId, t }: CyclePost, intent: string) {
  const parsed = parseForm(cycleForms.removeTester, form, t);
  if (!parsed.ok) return unprocessable<CycleAnswer>({ intent, ...parsed });
  return changed(
    id,
    t("cycles.testers.removed", await removeTester(id, parsed.value.testerId, actorId)),
  );
}

const saved = (id: number, text: string) =>
  redirectWithFlash(cycleSettingsPath(id), { tone: "success", text });
const changed = (id: number, text: string) =>
  redirectWithFlash(adminCyclePath(id, { part: "testers" }), { tone: "success", text });
