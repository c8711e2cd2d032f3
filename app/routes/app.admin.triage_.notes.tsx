import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { Card } from "~/components/Card";
import { ErrorSummary } from "~/components/ErrorSummary";
import { PageHeader } from "~/components/PageHeader";
import { NewNote, NoteEditor } from "~/components/triage/NoteEditor";
import { NEGATIVE_CLOSINGS } from "~/domain/issue-status";
import { readForm } from "~/http/form-data";
import { type NoteTemplateAnswer, noteTemplatePost } from "~/http/note-template-post.server";
import { triagePath } from "~/http/paths";
import { translatorOf } from "~/http/translator.server";
import { requireAdmin } from "~/http/viewer.server";
import { useT } from "~/i18n/context";
import { pageTitle } from "~/i18n/page-title";
import { noteTemplates } from "~/models/note-template.server";

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireAdmin(request, context);
  return { templates: await noteTemplates() };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireAdmin(request, context);
  const t = await translatorOf(request, context);
  return noteTemplatePost(await readForm(request), { actorId: viewer.id, at: new Date() }, t);
}

export const meta: MetaFunction<typeof loader> = ({ matches }) =>
  pageTitle(matches, (t) => t("triage.notes.title"));

export default function ReadyNotes() {
  const t = useT();
  const { templates } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() as NoteTemplateAnswer | undefined;
  return (
    <>
      <PageHeader
        title={t("triage.notes.title")}
        back={{ to: triagePath(), label: `← ${t("triage.title")}` }}
      >
        {t("triage.notes.intro")}
      </PageHeader>
      {answer?.errors.form ? <ErrorSummary errors={answer.errors} /> : null}
      {NEGATIVE_CLOSINGS.map((reason) => {
        const own = templates.filter((template) => template.reason === reason);
        return (
          <Card key={reason} title={t(`words.reason.${reason}`)}>
            {own.length === 0 ? <p className="meta">{t("triage.notes.none")}</p> : null}
            {own.map((template, index) => (
              <NoteEditor
                key={template.id}
                template={template}
                position={index + 1}
                answer={answer}
              />
            ))}
            <NewNote reason={reason} answer={answer} />
          </Card>
        );
      })}
    </>
  );
}
