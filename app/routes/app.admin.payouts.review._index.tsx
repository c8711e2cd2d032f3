import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { randomUUID } from "node:crypto";
import { PageHeader } from "~/components/PageHeader";
import { ReviewView } from "~/components/review/ReviewView";
import { placeQuery, readIssuePage } from "~/filters/issue-place";
import { asIssueFilter, readReviewFilter } from "~/filters/review-filter";
import { readForm } from "~/http/form-data";
import type { PageHandle } from "~/http/page-handle";
import { payoutsPath, reviewPath } from "~/http/paths";
import { type ReviewAnswer, reviewPost } from "~/http/review-post.server";
import { translatorOf } from "~/http/translator.server";
import { requireAdmin } from "~/http/viewer.server";
import { useT } from "~/i18n/context";
import { pageTitle } from "~/i18n/page-title";
import { issueFilterOptions } from "~/models/issue-filter-options.server";
import { reviewPage, reviewTotals } from "~/models/review.server";
import { settings } from "~/settings.server";

export const handle: PageHandle = { scripts: true, wide: true };

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("review.title"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const { id, role } = await requireAdmin(request, context);
  const reader = { id, role, zone: settings().TEAM_TIME_ZONE };
  const { searchParams } = new URL(request.url);
  const filter = readReviewFilter(searchParams);
  const [page, totals, options] = await Promise.all([
    reviewPage(filter, readIssuePage(searchParams), reader),
    reviewTotals(filter, new Date(), reader),
    issueFilterOptions(asIssueFilter(filter), reader),
  ]);
  const allTicked = searchParams.get("select") === "all";
  return { filter, page, totals, options, allTicked, viewerId: id, formKey: randomUUID() };
}

/** Approves or rejects what was ticked, here or in the list's beginning on Payouts. */
export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireAdmin(request, context);
  const t = await translatorOf(request, context);
  const { searchParams } = new URL(request.url);
  const form = await readForm(request);
  const here = { ...readReviewFilter(searchParams), ...placeQuery(readIssuePage(searchParams)) };
  const next = form.get("from") === "payouts" ? `${payoutsPath()}#pending` : reviewPath(here);
  return reviewPost(form, next, { actorId: viewer.id, at: new Date() }, t);
}

/** Also after a refusal, which is about something that changed: the page shows it as it now is. */
export const shouldRevalidate = () => true;

export default function Review() {
  const t = useT();
  const answer = useActionData<typeof action>() as ReviewAnswer | undefined;
  return (
    <>
      <PageHeader title={t("review.title")} back={{ to: payoutsPath(), label: t("payouts.title") }}>
        {t("review.lead")}
      </PageHeader>
      <ReviewView {...useLoaderData<typeof loader>()} answer={answer} />
    </>
  );
}
