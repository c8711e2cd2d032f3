import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { ButtonLink } from "~/components/Button";
import { CycleLines } from "~/components/cycles/CycleLines";
import { EmptyState } from "~/components/EmptyState";
import { PageHeader } from "~/components/PageHeader";
import { PageLink } from "~/components/PageLink";
import { CYCLE_STATUSES } from "~/forms/cycle-form";
import { methodNotAllowed } from "~/http/method-not-allowed.server";
import { adminCyclesPath, newCyclePath } from "~/http/paths";
import { requireAdmin } from "~/http/viewer.server";
import { useFormat, useT } from "~/i18n/context";
import { pageTitle } from "~/i18n/page-title";
import { cycleCounts, cycleLines } from "~/models/cycle-list.server";

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("cycles.title"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireAdmin(request, context);
  const asked = new URL(request.url).searchParams.get("status");
  const status = CYCLE_STATUSES.find((known) => known === asked) ?? null;
  const [cycles, counts] = await Promise.all([cycleLines(status), cycleCounts()]);
  return { cycles, counts, status };
}

export const action = methodNotAllowed("GET", "HEAD");

export default function CyclesPage() {
  const t = useT();
  const { cycles } = useLoaderData<typeof loader>();
  return (
    <>
      <PageHeader
        title={t("cycles.title")}
        actions={
          <ButtonLink tone="primary" to={newCyclePath()}>
            {t("cycles.new")}
          </ButtonLink>
        }
      />
      <StatusTabs />
      {cycles.length === 0 ? (
        <EmptyState title={t("cycles.empty")}>{t("cycles.empty.body")}</EmptyState>
      ) : (
        <CycleLines cycles={cycles} />
      )}
    </>
  );
}

function StatusTabs() {
  const t = useT();
  const { number } = useFormat();
  const { counts, status } = useLoaderData<typeof loader>();
  const all = counts.open + counts.closed + counts.archived;
  const tabs = [
    { of: null, word: t("cycles.all"), count: all },
    ...CYCLE_STATUSES.map((of) => ({ of, word: t(`words.cycle.${of}`), count: counts[of] })),
  ];
  return (
    <nav aria-label={t("cycles.tabs.label")}>
      <ul className="row">
        {tabs.map(({ of, word, count }) => (
          <li key={word}>
            <PageLink
              className={of === status ? "btn btn-primary" : "btn"}
              to={adminCyclesPath({ status: of })}
              aria-current={of === status ? "page" : undefined}
            >
              {t("cycles.tab", { status: word, number: number(count) })}
            </PageLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}
