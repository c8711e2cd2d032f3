import { randomUUID } from "node:crypto";
import {
  type ActionFunctionArgs,
  data,
  type LinksFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { useActionData, useLoaderData, useNavigation } from "@remix-run/react";
import { useHotkeysOn } from "~/components/Kbd";
import { TriageView } from "~/components/triage/TriageView";
import { dateInZone, startOfDateInZone } from "~/domain/team-date";
import { useHotkeys } from "~/enhancements/hotkeys";
import { useTriageDesk } from "~/enhancements/use-triage-desk";
import { parseTriageExtras, parseTriageFilter } from "~/filters/triage-filter";
import type { DecisionAnswer } from "~/forms/decision-form";
import type { BulkAnswer } from "~/http/bulk-triage-post.server";
import { readForm } from "~/http/form-data";
import type { PageHandle } from "~/http/page-handle";
import { translatorOf } from "~/http/translator.server";
import { triagePost } from "~/http/triage-post.server";
import { requireAdmin } from "~/http/viewer.server";
import { pageTitle } from "~/i18n/page-title";
import { triagePage } from "~/models/triage-page.server";
import { settings } from "~/settings.server";
import issueSheet from "~/styles/issue.css?url";
import stylesheet from "~/styles/triage.css?url";

export const handle: PageHandle = { scripts: true, wide: true, ownFlash: true };
export const links: LinksFunction = () => [
  { rel: "stylesheet", href: issueSheet },
  { rel: "stylesheet", href: stylesheet },
];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireAdmin(request, context);
  const { searchParams } = new URL(request.url);
  const extras = parseTriageExtras(searchParams);
  const zone = settings().TEAM_TIME_ZONE;
  const today = startOfDateInZone(dateInZone(new Date(), zone), zone);
  const page = await triagePage(
    { ...parseTriageFilter(searchParams), ...extras },
    viewer.id,
    today,
    settings().SUGGESTIONS !== null,
  );
  return data(
    {
      ...page,
      viewerId: viewer.id,
      help: extras.help,
      asksSimilar: extras.similar,
      duplicate: extras.duplicate,
      asksLacks: extras.lacks,
      decisionKey: randomUUID(),
    },
    { status: page.missingId === null ? 200 : 404 },
  );
}

export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireAdmin(request, context);
  const t = await translatorOf(request, context);
  const filter = parseTriageFilter(new URL(request.url).searchParams);
  return triagePost({ form: await readForm(request), filter, viewer, at: new Date(), t });
}

/** Also after a refusal, which is about something that changed: the page shows it as it now is. */
export const shouldRevalidate = () => true;

export const meta: MetaFunction<typeof loader> = ({ matches, data: page }) =>
  pageTitle(matches, (t) => page?.selected?.title ?? t("triage.title"));

export default function Triage() {
  const posted = useActionData<typeof action>() as DecisionAnswer | BulkAnswer | undefined;
  const bulk = posted && "bulk" in posted ? posted : undefined;
  const decision = posted && !("bulk" in posted) ? posted : undefined;
  const desk = useTriageDesk(useLoaderData<typeof loader>(), decision);
  // A link that is followed while a form is posted as a page would leave before what became of it is told.
  const isPosting = (useNavigation().formMethod ?? "GET") !== "GET";
  useHotkeys(useHotkeysOn() && !isPosting);
  return <TriageView {...desk} bulk={bulk} />;
}
