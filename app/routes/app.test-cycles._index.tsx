import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { TesterCycleTable } from "~/components/balance/TesterCycleTable";
import { EmptyState } from "~/components/EmptyState";
import { PageHeader } from "~/components/PageHeader";
import { balancePath } from "~/http/paths";
import { requireViewer } from "~/http/viewer.server";
import { useT } from "~/i18n/context";
import { pageTitle } from "~/i18n/page-title";
import { testerCycles } from "~/models/tester-cycle.server";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("balance.cycles"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  return { cycles: await testerCycles(viewer.id) };
}

export default function TesterCyclesPage() {
  const t = useT();
  const { cycles } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        title={t("balance.cycles")}
        back={{ to: balancePath(), label: t("balance.title") }}
      />
      {cycles.length === 0 ? (
        <EmptyState title={t("balance.cycles.empty")}>{t("balance.cycles.empty.body")}</EmptyState>
      ) : (
        <>
          <TesterCycleTable cycles={cycles} />
          <p className="hint">{t("balance.cycles.archivedNote")}</p>
        </>
      )}
    </>
  );
}
