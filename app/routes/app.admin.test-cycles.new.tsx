import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData } from "@remix-run/react";
import { Button } from "~/components/Button";
import { ErrorSummary } from "~/components/ErrorSummary";
import { Field } from "~/components/Field";
import { PageHeader } from "~/components/PageHeader";
import { PostForm } from "~/components/PostForm";
import { Refusal } from "~/domain/refusal";
import { newCycleForm } from "~/forms/cycle-form";
import { type FieldErrors, type FieldValues, parseForm } from "~/forms/parse-form";
import { unprocessable } from "~/http/errors.server";
import { redirectWithFlash } from "~/http/flash.server";
import { readForm } from "~/http/form-data";
import { adminCyclesPath, cycleSettingsPath, newCyclePath } from "~/http/paths";
import { refusalText } from "~/http/refusal.server";
import { translatorOf } from "~/http/translator.server";
import { requireAdmin } from "~/http/viewer.server";
import { useT } from "~/i18n/context";
import { pageTitle } from "~/i18n/page-title";
import { createCycle } from "~/models/cycle.server";

type NewCycleAnswer = { errors: FieldErrors; values: FieldValues };

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("cycles.new"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireAdmin(request, context);
  return null;
}

export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireAdmin(request, context);
  const t = await translatorOf(request, context);
  const parsed = parseForm(newCycleForm, await readForm(request), t);
  if (!parsed.ok) return unprocessable<NewCycleAnswer>(parsed);
  const { name } = parsed.value;
  try {
    const { id } = await createCycle(name, viewer.id);
    const text = t("cycles.created", { name });
    return await redirectWithFlash(cycleSettingsPath(id), { tone: "success", text });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const errors = { name: refusalText(error.reason, t) };
    return unprocessable<NewCycleAnswer>({ errors, values: { name } });
  }
}

export default function NewCyclePage() {
  const t = useT();
  const answer = useActionData<typeof action>() as NewCycleAnswer | undefined;
  return (
    <>
      <PageHeader
        title={t("cycles.new")}
        back={{ to: adminCyclesPath(), label: t("cycles.title") }}
      />
      <ErrorSummary errors={answer?.errors} labels={{ name: t("cycles.name") }} />
      <PostForm action={newCyclePath()} className="card stack max-w-144">
        <Field
          name="name"
          label={t("cycles.name")}
          hint={t("cycles.new.hint")}
          defaultValue={answer?.values.name}
          error={answer?.errors.name}
        />
        <div>
          <Button tone="primary">{t("cycles.create")}</Button>
        </div>
      </PostForm>
    </>
  );
}
