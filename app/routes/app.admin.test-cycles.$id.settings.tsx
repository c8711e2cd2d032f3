import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { CycleFrame } from "~/components/cycles/CycleFrame";
import { CycleNameForm, CycleStatusForm } from "~/components/cycles/CycleSettings";
import { RatesForm, RatesReview } from "~/components/cycles/RatesForm";
import { ErrorSummary } from "~/components/ErrorSummary";
import { SEVERITIES } from "~/domain/severity";
import { type CycleAnswer, cycleSettingsPost } from "~/http/cycle-post.server";
import { hasReportPage } from "~/http/cycle-report-page.server";
import { notFound } from "~/http/errors.server";
import { readForm } from "~/http/form-data";
import { rowIdParameter } from "~/http/row-id-parameter.server";
import { translatorOf } from "~/http/translator.server";
import { requireAdmin } from "~/http/viewer.server";
import { useT } from "~/i18n/context";
import { pageTitle } from "~/i18n/page-title";
import { cycleOf, ratesText } from "~/models/cycle.server";

export const meta: MetaFunction<typeof loader> = ({ matches, data }) =>
  pageTitle(matches, (t) => data?.cycle.name ?? t("cycles.part.settings"));

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  await requireAdmin(request, context);
  const cycle = await cycleOf(rowIdParameter(params.id));
  if (!cycle) throw notFound();
  const hasReport = await hasReportPage(cycle.id);
  return { cycle, hasReport, shown: ratesText(cycle.payoutRates) };
}

export async function action({ request, context, params }: ActionFunctionArgs) {
  const { id: actorId } = await requireAdmin(request, context);
  const id = rowIdParameter(params.id);
  const t = await translatorOf(request, context);
  return cycleSettingsPost({ form: await readForm(request), id, actorId, t });
}

export default function CycleSettingsPage() {
  const t = useT();
  const { cycle, hasReport, shown } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() as CycleAnswer | undefined;
  const labels = {
    name: t("cycles.name"),
    ...Object.fromEntries(SEVERITIES.map((s) => [s, t(`words.severity.${s}`)])),
  };
  const of = (...intents: string[]) =>
    answer && intents.includes(answer.intent) ? answer : undefined;
  return (
    <CycleFrame cycle={cycle} part="settings" hasReport={hasReport}>
      <ErrorSummary errors={answer?.errors} labels={labels} />
      {answer?.review ? (
        <RatesReview cycleId={cycle.id} {...answer.review} values={answer.values} />
      ) : (
        <RatesForm
          cycleId={cycle.id}
          rates={cycle.payoutRates}
          shown={shown}
          answer={of("reviewRates", "saveRates")}
        />
      )}
      <CycleNameForm cycle={cycle} answer={of("rename")} />
      <CycleStatusForm cycle={cycle} answer={of("status")} />
    </CycleFrame>
  );
}
