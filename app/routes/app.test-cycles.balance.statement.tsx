import { data, type LoaderFunctionArgs, type MetaFunction } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { ButtonLink } from "~/components/Button";
import { ErrorSummary } from "~/components/ErrorSummary";
import { PageHeader } from "~/components/PageHeader";
import { PageLink } from "~/components/PageLink";
import { PeriodForm } from "~/components/balance/PeriodForm";
import { Signatures } from "~/components/balance/Signatures";
import { StatementAccounts } from "~/components/balance/StatementAccounts";
import { StatementParties } from "~/components/balance/StatementParties";
import { YearLinks } from "~/components/balance/YearLinks";
import { dateInZone } from "~/domain/team-date";
import { readStatementPeriod } from "~/filters/statement-period";
import { balanceCsvPath, balancePath } from "~/http/paths";
import { translatorOf } from "~/http/translator.server";
import { requireViewer } from "~/http/viewer.server";
import { useT } from "~/i18n/context";
import { pageTitle } from "~/i18n/page-title";
import { payeeOf, statementOf, yearsPaid } from "~/models/statement.server";
import { settings } from "~/settings.server";

export const meta: MetaFunction = ({ matches }) =>
  pageTitle(matches, (t) => t("balance.statement"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const t = await translatorOf(request, context);
  const today = dateInZone(new Date(), settings().TEAM_TIME_ZONE);
  const period = readStatementPeriod(new URL(request.url).searchParams, today, t);
  const [statement, payee, years] = await Promise.all([
    statementOf(viewer.id, period),
    payeeOf(viewer.id),
    yearsPaid(viewer.id),
  ]);
  return data({ period, statement, payee, years }, { status: period.errors ? 422 : 200 });
}

/** A statement of account for both sides to sign: printed, nothing of the page around it is left. */
export default function StatementPage() {
  const t = useT();
  const { period, statement, payee, years } = useLoaderData<typeof loader>();
  const { from, to } = period;
  return (
    <>
      <p className="text-sm print:hidden">
        <PageLink to={balancePath()}>{t("balance.title")}</PageLink>
      </p>
      <PageHeader
        title={t("balance.statement")}
        actions={
          <ButtonLink to={balanceCsvPath({ from, to })} download>
            {t("balance.downloadCsv")}
          </ButtonLink>
        }
      />
      <div className="stack print:hidden">
        <ErrorSummary errors={period.errors} />
        <PeriodForm period={period} />
        <YearLinks years={years} period={period} />
        <p className="hint">{t("balance.statement.print")}</p>
      </div>
      <StatementParties payee={payee} period={period} />
      <StatementAccounts statement={statement} period={period} />
      <Signatures />
    </>
  );
}
