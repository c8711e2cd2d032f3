import type {
  ActionFunctionArgs,
  LinksFunction,
  LoaderFunctionArgs,
  MetaFunction,
} from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { CycleFrame } from "~/components/cycles/CycleFrame";
import { CycleSummary } from "~/components/suggestions/CycleSummary";
import { KeptReports } from "~/components/suggestions/KeptReports";
import { ReportForm } from "~/components/suggestions/ReportForm";
import { cycleReportPage, hasReportPage } from "~/http/cycle-report-page.server";
import { cycleReportPost, type ReportAnswer } from "~/http/cycle-report-post.server";
import { notFound } from "~/http/errors.server";
import { readForm } from "~/http/form-data";
import { rowIdParameter } from "~/http/row-id-parameter.server";
import { translatorOf } from "~/http/translator.server";
import { requireAdmin } from "~/http/viewer.server";
import { pageTitle } from "~/i18n/page-title";
import { cycleOf } from "~/models/cycle.server";
import stylesheet from "~/styles/issue.css?url";

export const links: LinksFunction = () => [{ rel: "stylesheet", href: stylesheet }];

export const meta: MetaFunction<typeof loader> = ({ matches, data }) =>
  pageTitle(matches, (t) => data?.cycle.name ?? t("cycles.part.report"));

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  await requireAdmin(request, context);
  const cycle = await cycleOf(rowIdParameter(params.id));
  if (!cycle || !(await hasReportPage(cycle.id))) throw notFound();
  const t = await translatorOf(request, context);
  return { cycle, ...(await cycleReportPage(cycle, t)) };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const { id: actorId } = await requireAdmin(request, context);
  const id = rowIdParameter(params.id);
  const t = await translatorOf(request, context);
  return cycleReportPost(await readForm(request), id, actorId, t);
}

export default function CycleReportPage() {
  const { cycle, view, reports, draft, key } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() as ReportAnswer | undefined;
  return (
    <CycleFrame cycle={cycle} part="report" hasReport>
      {view ? <CycleSummary cycleId={cycle.id} view={view} /> : null}
      {draft === null ? null : (
        <ReportForm cycleId={cycle.id} draft={draft} formKey={key} answer={answer} />
      )}
      <KeptReports reports={reports} />
    </CycleFrame>
  );
}
