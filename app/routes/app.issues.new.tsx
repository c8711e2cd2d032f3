import { randomUUID } from "node:crypto";
import {
  type ActionFunctionArgs,
  data,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { Button } from "~/components/Button";
import { EmptyState } from "~/components/EmptyState";
import { IssueForm } from "~/components/issues/IssueForm";
import { PageHeader } from "~/components/PageHeader";
import { issueText, newIssueForms } from "~/forms/issue-form";
import { type FieldErrors, type FieldValues, parseForm } from "~/forms/parse-form";
import { badRequest, conflict, unprocessable } from "~/http/errors.server";
import { filingErrors, typedIssue } from "~/http/filing-refusal.server";
import { redirectWithFlash } from "~/http/flash.server";
import { readForm } from "~/http/form-data";
import { issuePath, newIssuePath } from "~/http/paths";
import { translatorOf } from "~/http/translator.server";
import { requireViewer } from "~/http/viewer.server";
import { useT } from "~/i18n/context";
import { pageTitle } from "~/i18n/page-title";
import { filingCycles } from "~/models/filing-cycles.server";
import { fileOnce } from "~/models/issue-filing-once.server";

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const cycles = await filingCycles(viewer.id);
  const asked = new URL(request.url).searchParams.get("cycle");
  const chosen =
    cycles.find(({ id }) => String(id) === asked) ?? (cycles.length === 1 && cycles[0]);
  return { cycles, cycleId: chosen ? String(chosen.id) : "", key: randomUUID() };
}

// Not no-store: Back has to find what was typed (DESIGN 7).
export const headers = () => ({ "Cache-Control": "private, no-cache" });

/** The form again: what is wrong, and what was typed. */
type FilingAnswer = { errors: FieldErrors; values: FieldValues };

export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const form = await readForm(request);
  const t = await translatorOf(request, context);
  const draft = form.get("intent") === "draft";
  if (!draft && form.get("intent") !== "file") throw badRequest();
  const parsed = parseForm(draft ? newIssueForms.draft : newIssueForms.file, form, t);
  if (!parsed.ok) return unprocessable({ errors: parsed.errors, values: parsed.values });
  const filing = { ...issueText(parsed.value, t("issues.outline")), draft };
  try {
    const { id, asPosted } = await fileOnce(filing, { actorId: viewer.id, at: new Date() });
    const flash = t(draft ? "issues.flash.draft" : "issues.flash.filed", { id: String(id) });
    if (asPosted) return await redirectWithFlash(issuePath(id), { tone: "success", text: flash });
    const errors = { form: t("issues.alreadyFiled", { id: String(id) }) };
    return conflict({ errors, values: typedIssue(form) });
  } catch (error) {
    const { errors, status } = filingErrors(error, t);
    return data({ errors, values: typedIssue(form) }, { status });
  }
}

export const meta: MetaFunction<typeof loader> = ({ matches }) =>
  pageTitle(matches, (t) => t("issues.newTitle"));

export default function NewIssuePage() {
  const t = useT();
  const { cycles, cycleId, key } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() as FilingAnswer | undefined;
  return (
    <>
      <PageHeader title={t("issues.newTitle")} />
      {cycles.length === 0 && !answer ? (
        <EmptyState title={t("issues.noCycles.title")}>{t("issues.noCycles.body")}</EmptyState>
      ) : (
        <IssueForm
          action={newIssuePath()}
          cycles={cycles}
          values={answer?.values ?? { cycleId, body: t("issues.outline") }}
          errors={answer?.errors}
          // A new one each time: after a refusal, nothing was filed with the one before.
          hidden={<input type="hidden" name="key" value={key} />}
        >
          <Button tone="primary" name="intent" value="file">
            {t("issues.file")}
          </Button>
          <Button name="intent" value="draft">
            {t("issues.saveDraft")}
          </Button>
        </IssueForm>
      )}
    </>
  );
}
