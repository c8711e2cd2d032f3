import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { PageHeader } from "~/components/PageHeader";
import { PayeeSection } from "~/components/settings/PayeeSection";
import { readForm } from "~/http/form-data";
import type { SettingsAnswer } from "~/http/settings-answer";
import { settingsPost } from "~/http/settings-post.server";
import { translatorOf } from "~/http/translator.server";
import { requireViewer } from "~/http/viewer.server";
import { useT } from "~/i18n/context";
import { pageTitle } from "~/i18n/page-title";
import { payeeHistory, payeeNow } from "~/models/payee.server";

const CHANGES_SHOWN = 20;

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("settings.title"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const [payee, payeeChanges] = await Promise.all([
    payeeNow(viewer.id),
    payeeHistory(viewer.id, CHANGES_SHOWN),
  ]);
  return { viewer: { id: viewer.id, name: viewer.name }, payee, payeeChanges };
}

/** Every section's form; `intent` says which (http/settings-post.server.ts). */
export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const form = await readForm(request);
  return settingsPost({ form, viewer, at: new Date(), t: await translatorOf(request, context) });
}

export default function Settings() {
  const t = useT();
  const { viewer, payee, payeeChanges } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() as SettingsAnswer | undefined;
  const answerTo = (intent: string) => (answer?.intent === intent ? answer : undefined);
  return (
    <>
      <PageHeader title={t("settings.title")} />
      <PayeeSection
        viewer={viewer}
        payee={payee}
        changes={payeeChanges}
        answer={answerTo("payee")}
      />
    </>
  );
}
