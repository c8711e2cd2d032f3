import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { CycleFigures } from "~/components/balance/CycleFigures";
import { CycleHistory } from "~/components/balance/CycleHistory";
import { CycleRates } from "~/components/balance/CycleRates";
import { ButtonLink } from "~/components/Button";
import { EmptyState } from "~/components/EmptyState";
import { PageHeader } from "~/components/PageHeader";
import { historyPlace } from "~/filters/history-place";
import { notFound } from "~/http/errors.server";
import { cyclesPath, newIssuePath } from "~/http/paths";
import { rowIdParameter } from "~/http/row-id-parameter.server";
import { requireViewer } from "~/http/viewer.server";
import { useT } from "~/i18n/context";
import { pageTitle } from "~/i18n/page-title";
import { balanceHistory } from "~/models/balance-history.server";
import { testerCycle } from "~/models/tester-cycle.server";

export const meta: MetaFunction<typeof loader> = ({ matches, data }) =>
  pageTitle(matches, (t) => data?.cycle.name ?? t("balance.cycles"));

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const cycleId = rowIdParameter(params.id);
  const query = new URL(request.url).searchParams;
  const paidOnly = query.get("paid") === "1";
  const [cycle, history] = await Promise.all([
    testerCycle(viewer.id, cycleId),
    balanceHistory(viewer.id, { cycleId, paidOnly, ...historyPlace(query) }),
  ]);
  if (!cycle) throw notFound();
  return { cycle, history, paidOnly };
}

/** What the tester did in one cycle, and exactly which of it paid. */
export default function TesterCyclePage() {
  const t = useT();
  const { cycle, history, paidOnly } = useLoaderData<typeof loader>();
  const file = (
    <ButtonLink to={newIssuePath({ cycle: cycle.id })}>{t("app.nav.fileIssue")}</ButtonLink>
  );
  return (
    <>
      <PageHeader
        title={cycle.name}
        back={{ to: cyclesPath(), label: t("balance.cycles") }}
        actions={cycle.mayFile ? file : null}
      >
        <span>{t(`words.cycle.${cycle.status}`)}</span>
        <CycleRates rates={cycle.rates} />
      </PageHeader>
      {cycle.balance.issues.filed === 0 ? (
        <EmptyState title={t("balance.cycle.empty")} />
      ) : (
        <>
          <CycleFigures balance={cycle.balance} />
          <CycleHistory cycleId={cycle.id} history={history} paidOnly={paidOnly} />
        </>
      )}
    </>
  );
}
