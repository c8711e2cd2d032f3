import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { randomUUID } from "node:crypto";
import { PageHeader } from "~/components/PageHeader";
import { MatchingForm } from "~/components/review/MatchingForm";
import { asIssueFilter, readReviewFilter, reviewFilterQuery } from "~/filters/review-filter";
import { readForm } from "~/http/form-data";
import { type MatchingAnswer, matchingPost } from "~/http/matching-post.server";
import { reviewPath } from "~/http/paths";
import { translatorOf } from "~/http/translator.server";
import { requireAdmin } from "~/http/viewer.server";
import { useT } from "~/i18n/context";
import { pageTitle } from "~/i18n/page-title";
import { issueFilterOptions } from "~/models/issue-filter-options.server";
import { reviewTotals } from "~/models/review.server";
import { settings } from "~/settings.server";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("review.allTitle"));

/** What "approve all that match" would do, to be looked at before it is done: GET changes nothing. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const { id, role } = await requireAdmin(request, context);
  const reader = { id, role, zone: settings().TEAM_TIME_ZONE };
  const filter = readReviewFilter(new URL(request.url).searchParams);
  const asOf = new Date();
  const [totals, options] = await Promise.all([
    reviewTotals(filter, asOf, reader),
    issueFilterOptions(asIssueFilter(filter), reader),
  ]);
  return { filter, totals, options, asOf, viewerId: id, formKey: randomUUID() };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireAdmin(request, context);
  const t = await translatorOf(request, context);
  const filter = readReviewFilter(new URL(request.url).searchParams);
  const next = reviewPath(reviewFilterQuery(filter));
  const about = { filter, zone: settings().TEAM_TIME_ZONE, next };
  return matchingPost(await readForm(request), about, { actorId: viewer.id, at: new Date() }, t);
}

export default function ReviewAll() {
  const t = useT();
  const loaded = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() as MatchingAnswer | undefined;
  const back = { to: reviewPath(reviewFilterQuery(loaded.filter)), label: t("review.title") };
  return (
    <>
      <PageHeader title={t("review.allTitle")} back={back} />
      <MatchingForm {...loaded} answer={answer} />
    </>
  );
}
