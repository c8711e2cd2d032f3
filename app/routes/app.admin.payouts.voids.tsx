import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { EmptyState } from "~/components/EmptyState";
import { PageHeader } from "~/components/PageHeader";
import { Pagination } from "~/components/Pagination";
import { VoidTable } from "~/components/payouts/VoidTable";
import { keysetText, parseKeyset } from "~/filters/keyset";
import type { PageHandle } from "~/http/page-handle";
import { payoutsPath, voidsPath } from "~/http/paths";
import { requireAdmin } from "~/http/viewer.server";
import { useT } from "~/i18n/context";
import { pageTitle } from "~/i18n/page-title";
import { voidsAndReversals } from "~/models/voided-money.server";

const PAGE = 50;

export const handle: PageHandle = { wide: true };

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("payouts.voided"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireAdmin(request, context);
  const after = parseKeyset(new URL(request.url).searchParams.get("after"));
  const rows = await voidsAndReversals(after, PAGE + 1);
  const shown = rows.slice(0, PAGE);
  const last = shown.at(-1);
  const hasOlder = rows.length > PAGE && last !== undefined;
  return {
    voids: shown,
    newer: after ? voidsPath() : null,
    older: hasOlder ? voidsPath({ after: keysetText({ at: last.at, id: last.eventId }) }) : null,
  };
}

export default function Voids() {
  const t = useT();
  const { voids, newer, older } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        title={t("payouts.voided")}
        back={{ to: payoutsPath(), label: t("payouts.title") }}
      />
      {voids.length === 0 ? (
        <EmptyState title={t("payouts.voidsEmpty")} />
      ) : (
        <VoidTable voids={voids} />
      )}
      <Pagination newer={newer} older={older} />
    </>
  );
}
