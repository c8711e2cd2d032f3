import { data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { ButtonLink } from "~/components/Button";
import { EmptyState } from "~/components/EmptyState";
import { MoneyList } from "~/components/Money";
import { Notice } from "~/components/Notice";
import { PageHeader } from "~/components/PageHeader";
import { PageLink } from "~/components/PageLink";
import { Pagination } from "~/components/Pagination";
import { LedgerFilterForm } from "~/components/payouts/LedgerFilterForm";
import { LedgerTable } from "~/components/payouts/LedgerTable";
import { ledgerPlaceText, parseLedgerPlace } from "~/filters/ledger-place";
import { paymentFilterQuery, readPaymentFilter } from "~/filters/payment-filter";
import { methodNotAllowed } from "~/http/method-not-allowed.server";
import type { PageHandle } from "~/http/page-handle";
import { paymentsPath, payoutsCsvPath, payoutsPath } from "~/http/paths";
import { translatorOf } from "~/http/translator.server";
import { requireAdmin } from "~/http/viewer.server";
import { useT } from "~/i18n/context";
import { pageTitle } from "~/i18n/page-title";
import { testersToChoose } from "~/models/issue-filter-options.server";
import { ledger, ledgerSum } from "~/models/payment-ledger.server";

const PAGE = 50;

export const handle: PageHandle = { wide: true };

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("ledger.title"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireAdmin(request, context);
  const { searchParams } = new URL(request.url);
  const read = readPaymentFilter(searchParams, await translatorOf(request, context));
  const { filter } = read;
  const before = parseLedgerPlace(searchParams.get("before"));
  const [entries, sum, testers] = await Promise.all([
    ledger(filter, before, PAGE + 1),
    ledgerSum(filter),
    testersToChoose(filter.testerId),
  ]);
  const shown = entries.slice(0, PAGE);
  const last = entries.length > PAGE ? shown.at(-1) : undefined;
  const page = (place?: string) => paymentsPath({ ...paymentFilterQuery(filter), before: place });
  const body = {
    ...{ read, entries: shown, sum, ...testers },
    newer: before ? page() : null,
    older: last ? page(ledgerPlaceText(last)) : null,
  };
  return data(body, { status: read.errors ? 422 : 200 });
}

export const action = methodNotAllowed("GET", "HEAD");

/** What "Paid (lifetime)" sums up; the accountant's CSV is the same list as a file. */
export default function Payments() {
  const t = useT();
  const { read, entries, testers, chosenTester, newer, older } = useLoaderData<typeof loader>();
  const { filter, errors } = read;
  const isFiltered = Object.values(filter).some((value) => value !== null);
  return (
    <>
      <PageHeader
        title={t("ledger.title")}
        back={{ to: payoutsPath(), label: t("payouts.title") }}
        actions={
          <ButtonLink to={payoutsCsvPath(paymentFilterQuery(filter))} download>
            {t("ledger.csv")}
          </ButtonLink>
        }
      >
        {t("ledger.lead")}
      </PageHeader>
      <LedgerFilterForm read={read} testers={testers} chosenTester={chosenTester} />
      {errors ? <Notice tone="warning">{t("ledger.notFiltered")}</Notice> : null}
      {entries.length === 0 ? (
        <EmptyState title={t(isFiltered ? "ledger.emptyFiltered" : "ledger.empty")} />
      ) : (
        <>
          <Sum />
          <LedgerTable entries={entries} filter={filter} />
        </>
      )}
      <Pagination newer={newer} older={older} />
    </>
  );
}

function Sum() {
  const t = useT();
  const { sum, read } = useLoaderData<typeof loader>();
  const query = { ...paymentFilterQuery(read.filter), separator: "semicolon" };
  const semicolons = (
    <PageLink to={payoutsCsvPath(query)} reloadDocument download>
      {t("ledger.csvSemicolons")}
    </PageLink>
  );
  return (
    <div>
      <p className="row">
        <strong>{t.rich("ledger.sum", { amount: <MoneyList list={sum.money} /> })}</strong>
        <span className="meta">{t("ledger.count", { count: sum.count })}</span>
      </p>
      <p className="hint print:hidden">{t.rich("ledger.csvHint", { semicolons })}</p>
    </div>
  );
}
