import type {
  ActionFunctionArgs,
  LinksFunction,
  LoaderFunctionArgs,
  MetaFunction,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { PageHeader } from "~/components/PageHeader";
import { HomeScreenSection } from "~/components/settings/HomeScreenSection";
import { KeysSection } from "~/components/settings/KeysSection";
import { LanguageSection } from "~/components/settings/LanguageSection";
import { PasswordSection } from "~/components/settings/PasswordSection";
import { PayeeSection } from "~/components/settings/PayeeSection";
import { SessionsSection } from "~/components/settings/SessionsSection";
import { SuggestionsSection } from "~/components/settings/SuggestionsSection";
import { mayDo } from "~/domain/permission";
import { readForm } from "~/http/form-data";
import type { SettingsAnswer } from "~/http/settings-answer";
import { settingsPost } from "~/http/settings-post.server";
import { suggestionStanding } from "~/http/suggestion-standing.server";
import { translatorOf } from "~/http/translator.server";
import { requireViewer } from "~/http/viewer.server";
import { useT } from "~/i18n/context";
import { negotiateLocale } from "~/i18n/locale";
import { pageTitle } from "~/i18n/page-title";
import { ownAccess } from "~/models/own-password.server";
import { payeeWithHistory } from "~/models/payee.server";

const CHANGES_SHOWN = 20;

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("settings.title"));

/** Only here: Balance is not to pay for what is needed once. */
export const links: LinksFunction = () => [
  { rel: "manifest", href: "/manifest.webmanifest" },
  { rel: "apple-touch-icon", href: "/apple-touch-icon.png" },
];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const { id, name, sessionId, locale, role } = viewer;
  const seesSuggestions = mayDo(role, "seeSuggestions");
  const [{ payee, changes: payeeChanges }, account, suggestions] = await Promise.all([
    payeeWithHistory(id, CHANGES_SHOWN),
    ownAccess(id),
    seesSuggestions ? suggestionStanding() : null,
  ]);
  const hasKeys = mayDo(role, "useTriageKeys");
  const shown = { id, name, sessionId, locale, hasKeys, seesSuggestions };
  return { viewer: shown, payee, payeeChanges, account, suggestions };
}

/** Every section's form; `intent` says which (http/settings-post.server.ts). */
export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const form = await readForm(request);
  const t = await translatorOf(request, context);
  const address = context.clientAddress;
  const browserLocale = negotiateLocale(null, request.headers.get("accept-language"));
  return settingsPost({ form, viewer, at: new Date(), t, address, browserLocale });
}

export default function Settings() {
  const t = useT();
  const { viewer, payee, payeeChanges, account, suggestions } = useLoaderData<typeof loader>();
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
      {viewer.hasKeys ? <KeysSection /> : null}
      {viewer.seesSuggestions ? <SuggestionsSection standing={suggestions} /> : null}
      <HomeScreenSection />
    </>
  );
}
