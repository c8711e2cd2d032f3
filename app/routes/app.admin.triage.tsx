import {
  type ActionFunctionArgs,
  data,
  type LinksFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { TriageView } from "~/components/triage/TriageView";
import { dateInZone, startOfDateInZone } from "~/domain/team-date";
import { parseTriageFilter } from "~/filters/triage-filter";
import { type DecisionAnswer, readDecision } from "~/forms/decision-form";
import { badRequest, unprocessable } from "~/http/errors.server";
import { readForm } from "~/http/form-data";
import type { PageHandle } from "~/http/page-handle";
import { translatorOf } from "~/http/translator.server";
import { decidedAnswer, refusedAnswer } from "~/http/triage-answers.server";
import { requireAdmin } from "~/http/viewer.server";
import { pageTitle } from "~/i18n/page-title";
import { decideOnce } from "~/models/triage-decision.server";
import { triagePage } from "~/models/triage-page.server";
import { settings } from "~/settings.server";
import issueSheet from "~/styles/issue.css?url";
import stylesheet from "~/styles/triage.css?url";

export const handle: PageHandle = { scripts: true, wide: true };
export const links: LinksFunction = () => [
  { rel: "stylesheet", href: issueSheet },
  { rel: "stylesheet", href: stylesheet },
];

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireAdmin(request, context);
  const filter = parseTriageFilter(new URL(request.url).searchParams);
  const zone = settings().TEAM_TIME_ZONE;
  const today = startOfDateInZone(dateInZone(new Date(), zone), zone);
  const page = await triagePage(filter, viewer.id, today);
  const status = page.missingId === null ? 200 : 404;
  return data({ ...page, viewerId: viewer.id }, { status });
}

export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireAdmin(request, context);
  const t = await translatorOf(request, context);
  const filter = parseTriageFilter(new URL(request.url).searchParams);
  const read = readDecision(await readForm(request), t);
  if (!read) throw badRequest();
  if (!read.ok) return unprocessable(read.answer);
  try {
    const done = await decideOnce(read.decision, { actorId: viewer.id, at: new Date() });
    return await decidedAnswer(read.decision, done, filter, t);
  } catch (error) {
    return refusedAnswer(error, read, t);
  }
}

/** Also after a refusal, which is about something that changed: the page shows it as it now is. */
export const shouldRevalidate = () => true;

export const meta: MetaFunction<typeof loader> = ({ matches, data: page }) =>
  pageTitle(matches, (t) => page?.selected?.title ?? t("triage.title"));

export default function Triage() {
  const answer = useActionData<typeof action>() as DecisionAnswer | undefined;
  return <TriageView page={useLoaderData<typeof loader>()} answer={answer} />;
}
