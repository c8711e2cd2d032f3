import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BalanceFigures } from "~/components/balance/BalanceFigures";
import { CycleTable } from "~/components/balance/CycleTable";
import { ExcelHint, ExportLinks } from "~/components/balance/ExportLinks";
import { IssueHistory } from "~/components/balance/IssueHistory";
import { ButtonLink } from "~/components/Button";
import { Card } from "~/components/Card";
import { EmptyState } from "~/components/EmptyState";
import { PageHeader } from "~/components/PageHeader";
import { Pagination } from "~/components/Pagination";
import { historyPlace, newerHistory, olderHistory } from "~/filters/history-place";
import { balancePath, newIssuePath } from "~/http/paths";
import { requireViewer } from "~/http/viewer.server";
import { useT } from "~/i18n/context";
import { pageTitle } from "~/i18n/page-title";
import { balanceHistory } from "~/models/balance-history.server";
import { balanceOf } from "~/models/balance.server";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("balance.title"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const place = historyPlace(new URL(request.url).searchParams);
  const [balance, history] = await Promise.all([
    balanceOf(viewer.id),
    balanceHistory(viewer.id, place),
  ]);
  return { balance, history };
}

export default function BalancePage() {
  const t = useT();
  const { balance } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader title={t("balance.title")} />
      <BalanceFigures balance={balance} />
      {balance.issues.filed === 0 ? <NothingFiled /> : <Filed />}
    </>
  );
}

function NothingFiled() {
  const t = useT();
  return (
    <EmptyState title={t("balance.empty.title")}>
      <p>{t("balance.empty.body")}</p>
      <p className="mt-4">
        <ButtonLink tone="primary" to={newIssuePath()}>
          {t("app.nav.fileIssue")}
        </ButtonLink>
      </p>
    </EmptyState>
  );
}

function Filed() {
  const t = useT();
  const { balance, history } = useLoaderData<typeof loader>();
  return (
    <>
      <Card title={t("balance.byCycle")}>
        <CycleTable cycles={balance.cycles} />
      </Card>
      <Card title={t("balance.history")} actions={<ExportLinks />}>
        <ExcelHint />
        <IssueHistory caption={t("balance.history")} lines={history.lines} />
        <Pagination
          newer={history.newer && balancePath(newerHistory(history.newer))}
          older={history.older && balancePath(olderHistory(history.older))}
        />
      </Card>
    </>
  );
}
