import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { ButtonLink } from "~/components/Button";
import { CYCLE_PARTS, CycleFrame } from "~/components/cycles/CycleFrame";
import { CyclePayoutFigures } from "~/components/cycles/CyclePayoutFigures";
import { CycleTesters } from "~/components/cycles/CycleTesters";
import { EmptyState } from "~/components/EmptyState";
import { IssueTable } from "~/components/issues/IssueTable";
import { Pagination } from "~/components/Pagination";
import { issueFilterQuery, NO_FILTER } from "~/filters/issue-filter";
import { DEFAULT_ORDER } from "~/filters/issue-order";
import { olderThan } from "~/filters/issue-place";
import { type CycleAnswer, cycleTestersPost } from "~/http/cycle-post.server";
import { hasReportPage } from "~/http/cycle-report-page.server";
import { notFound } from "~/http/errors.server";
import { readForm } from "~/http/form-data";
import { issuesPath } from "~/http/paths";
import { rowIdParameter } from "~/http/row-id-parameter.server";
import { translatorOf } from "~/http/translator.server";
import { requireAdmin } from "~/http/viewer.server";
import { useT } from "~/i18n/context";
import { pageTitle } from "~/i18n/page-title";
import { cyclePayouts } from "~/models/cycle-payouts.server";
import { cycleOf } from "~/models/cycle.server";
import { cycleTesters } from "~/models/cycle-testers.server";
import { issueList } from "~/models/issue-list.server";
import { settings } from "~/settings.server";

export const meta: MetaFunction<typeof loader> = ({ matches, data }) =>
  pageTitle(matches, (t) => data?.cycle.name ?? t("cycles.title"));

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const { id: viewerId } = await requireAdmin(request, context);
  const cycle = await cycleOf(rowIdParameter(params.id));
  if (!cycle) throw notFound();
  const asked = new URL(request.url).searchParams.get("part");
  const part = CYCLE_PARTS.find((known) => known === asked) ?? "issues";
  const reader = { id: viewerId, role: "admin", zone: settings().TEAM_TIME_ZONE } as const;
  const filter = { ...NO_FILTER, cycle: cycle.id };
  return {
    cycle,
    part,
    hasReport: await hasReportPage(cycle.id),
    list:
      part === "issues" ? await issueList({ filter, order: DEFAULT_ORDER, reader }, null) : null,
    payouts: part === "payouts" ? await cyclePayouts(cycle.id) : null,
    testers: part === "testers" ? await cycleTesters(cycle.id) : null,
  };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const { id: actorId } = await requireAdmin(request, context);
  const id = rowIdParameter(params.id);
  const t = await translatorOf(request, context);
  return cycleTestersPost({ form: await readForm(request), id, actorId, t });
}

export default function CyclePage() {
  const { cycle, part, hasReport, payouts, testers } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() as CycleAnswer | undefined;
  return (
    <CycleFrame cycle={cycle} part={part} hasReport={hasReport}>
      {part === "issues" ? <CycleIssues /> : null}
      {payouts ? <CyclePayoutFigures cycleId={cycle.id} payouts={payouts} /> : null}
      {testers ? <CycleTesters cycleId={cycle.id} testers={testers} answer={answer} /> : null}
    </CycleFrame>
  );
}

/** The first page; every further one, and every filter, is the issue list's own. */
function CycleIssues() {
  const t = useT();
  const { cycle, list } = useLoaderData<typeof loader>();
  const filter = { ...NO_FILTER, cycle: cycle.id };
  if (!list || list.issues.length === 0) return <EmptyState title={t("cycles.noIssues")} />;
  const all = issueFilterQuery(filter);
  const older = list.older && issuesPath({ ...all, ...olderThan(list.older) });
  return (
    <>
      <p>
        <ButtonLink to={issuesPath(all)}>{t("cycles.allIssues")}</ButtonLink>
      </p>
      <IssueTable
        issues={list.issues}
        caption={t("cycles.issues")}
        filter={filter}
        order={DEFAULT_ORDER}
        withTesters
      />
      <Pagination newer={null} older={older} />
    </>
  );
}
