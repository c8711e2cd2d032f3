import type { LinksFunction, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { randomUUID } from "node:crypto";
import { ButtonLink } from "~/components/Button";
import { MoneyInDoubt } from "~/components/doctor/MoneyInDoubt";
import { PageHeader } from "~/components/PageHeader";
import { PayQueue } from "~/components/payouts/PayQueue";
import { PayoutFigures } from "~/components/payouts/PayoutFigures";
import { PendingReview } from "~/components/payouts/PendingReview";
import { PreparedBatches } from "~/components/payouts/PreparedBatches";
import { RestoredBackup } from "~/components/restored/RestoredBackup";
import { parseOpenLines } from "~/filters/open-line";
import type { PageHandle } from "~/http/page-handle";
import { batchesPath } from "~/http/paths";
import { requireAdmin } from "~/http/viewer.server";
import { useT } from "~/i18n/context";
import { pageTitle } from "~/i18n/page-title";
import { doctorStanding } from "~/models/doctor-standing.server";
import { payoutsPage } from "~/models/payouts-page.server";
import { openRestoration } from "~/models/restoration.server";
import { settings } from "~/settings.server";
import stylesheet from "~/styles/payouts.css?url";

export const handle: PageHandle = { scripts: true, wide: true };

export const links: LinksFunction = () => [{ rel: "stylesheet", href: stylesheet }];

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("payouts.title"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireAdmin(request, context);
  const { searchParams } = new URL(request.url);
  const open = parseOpenLines(searchParams.get("open"));
  const isAllTicked = searchParams.get("select") === "all";
  const isReviewTicked = searchParams.get("review") === "all";
  const now = new Date();
  const reader = { id: viewer.id, zone: settings().TEAM_TIME_ZONE };
  const [page, { blocked: moneyInDoubt }, restoration] = await Promise.all([
    payoutsPage(open, reader, now),
    doctorStanding(),
    openRestoration(),
  ]);
  const isRestored = restoration !== null;
  const shown = {
    moneyInDoubt,
    isRestored,
    open,
    isAllTicked,
    isReviewTicked,
    viewerId: viewer.id,
    now,
  };
  // One key a form: each may be sent once.
  return { ...page, ...shown, key: randomUUID(), reviewKey: randomUUID() };
}

export default function Payouts() {
  const page = useLoaderData<typeof loader>();
  const t = useT();
  return (
    <>
      <PageHeader
        title={t("payouts.title")}
        actions={<ButtonLink to={batchesPath()}>{t("payouts.batches")}</ButtonLink>}
      />
      {page.isRestored ? <RestoredBackup /> : null}
      {page.moneyInDoubt ? <MoneyInDoubt /> : null}
      <PayoutFigures totals={page.totals} voided={page.voided} />
      <PreparedBatches batches={page.prepared} />
      <PayQueue
        lines={page.queue}
        issues={page.issues}
        open={page.open}
        isAllTicked={page.isAllTicked}
        formKey={page.key}
        viewerId={page.viewerId}
        now={page.now}
      />
      <PendingReview
        issues={page.pending}
        totals={page.review}
        formKey={page.reviewKey}
        viewerId={page.viewerId}
        allTicked={page.isReviewTicked}
      />
    </>
  );
}
