import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { PageHeader } from "~/components/PageHeader";
import { KeysSection } from "~/components/settings/KeysSection";
import { LanguageSection } from "~/components/settings/LanguageSection";
import { PasswordSection } from "~/components/settings/PasswordSection";
import { PayeeSection } from "~/components/settings/PayeeSection";
import { SessionsSection } from "~/components/settings/SessionsSection";
import { readForm } from "~/http/form-data";
import type { SettingsAnswer } from "~/http/settings-answer";
import { settingsPost } from "~/http/settings-post.server";
import { translatorOf } from "~/http/translator.server";
import { requireViewer } from "~/http/viewer.server";
import { useT } from "~/i18n/context";
import { pageTitle } from "~/i18n/page-title";
import { ownAccess } from "~/models/own-password.server";
import { payeeHistory, payeeNow } from "~/models/payee.server";

const CHANGES_SHOWN = 20;

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("settings.title"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const { id, name, sessionId, locale, role } = viewer;
  const [payee, payeeChanges, account] = await Promise.all([
    payeeNow(id),
    payeeHistory(id, CHANGES_SHOWN),
    ownAccess(id),
  ]);
  const isAdmin = role === "admin";
  return { viewer: { id, name, sessionId, locale, isAdmin }, payee, payeeChanges, account };
}

/** Every section's form; `intent` says which (http/settings-post.server.ts). */
export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const form = await readForm(request);
  const t = await translatorOf(request, context);
  const address = context.clientAddress;
  return settingsPost({ form, viewer, at: new Date(), t, address });
}

export default function Settings() {
  const t = useT();
  const { viewer, payee, payeeChanges, account } = useLoaderData<typeof loader>();
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
      <PasswordSection {...account} answer={answerTo("password")} />
      <SessionsSection sessions={account.sessions} currentId={viewer.sessionId} />
      <LanguageSection locale={viewer.locale} answer={answerTo("language")} />
      {viewer.isAdmin ? <KeysSection /> : null}
    </>
  );
}
