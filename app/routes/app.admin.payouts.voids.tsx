import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { EmptyState } from "~/components/EmptyState";
import { MoneyList } from "~/components/Money";
import { PageHeader } from "~/components/PageHeader";
import { Pagination } from "~/components/Pagination";
import { VoidKinds } from "~/components/payouts/VoidKinds";
import { VoidTable } from "~/components/payouts/VoidTable";
import { keysetText, parseKeyset } from "~/filters/keyset";
import { parseVoidKind } from "~/filters/void-filter";
import type { PageHandle } from "~/http/page-handle";
import { payoutsPath, voidsPath } from "~/http/paths";
import { requireAdmin } from "~/http/viewer.server";
import { useT } from "~/i18n/context";
import { pageTitle } from "~/i18n/page-title";
import { voidedTotals, voidsAndReversals } from "~/models/voided-money.server";

const PAGE = 50;

export const handle: PageHandle = { wide: true };

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("payouts.voided"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireAdmin(request, context);
  const search = new URL(request.url).searchParams;
  const after = parseKeyset(search.get("after"));
  const kind = parseVoidKind(search.get("kind"));
  const [rows, totals] = await Promise.all([
    voidsAndReversals(after, PAGE + 1, kind),
    voidedTotals(kind),
  ]);
  const shown = rows.slice(0, PAGE);
  const last = shown.at(-1);
  const hasOlder = rows.length > PAGE && last !== undefined;
  return {
    voids: shown,
    kind,
    totals,
    newer: after ? voidsPath({ kind }) : null,
    older: hasOlder
      ? voidsPath({ kind, after: keysetText({ at: last.at, id: last.eventId }) })
      : null,
  };
}

export default function Voids() {
  const t = useT();
  const { voids, kind, totals, newer, older } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        title={t("payouts.voided")}
        back={{ to: payoutsPath(), label: t("payouts.title") }}
      >
        <strong>
          <MoneyList list={totals.money} />
        </strong>
        <span>{t("payouts.issues", { count: totals.count })}</span>
      </PageHeader>
      <VoidKinds kind={kind} />
      {voids.length === 0 ? (
        <EmptyState title={t("payouts.voidsEmpty")} />
      ) : (
        <VoidTable voids={voids} />
      )}
      <Pagination newer={newer} older={older} />
    </>
  );
}
