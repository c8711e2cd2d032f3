import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { randomUUID } from "node:crypto";
import { MoneyList } from "~/components/Money";
import { Notice } from "~/components/Notice";
import { PageHeader } from "~/components/PageHeader";
import { BatchHistory } from "~/components/payouts/BatchHistory";
import { BatchStatusBadge } from "~/components/payouts/BatchStatusBadge";
import { CancelBatch } from "~/components/payouts/CancelBatch";
import { ConfirmForm, FIRST_METHOD } from "~/components/payouts/ConfirmForm";
import { TransferList } from "~/components/payouts/TransferList";
import { type BatchRefusal, batchPost } from "~/http/batch-post.server";
import { notFound } from "~/http/errors.server";
import { readForm } from "~/http/form-data";
import type { PageHandle } from "~/http/page-handle";
import { batchesPath } from "~/http/paths";
import { rowIdParameter } from "~/http/row-id-parameter.server";
import { translatorOf } from "~/http/translator.server";
import { requireAdmin } from "~/http/viewer.server";
import { useT } from "~/i18n/context";
import { pageTitle } from "~/i18n/page-title";
import { batchView, warningsOfPrepared } from "~/models/batch-view.server";
import { settings } from "~/settings.server";

export const handle: PageHandle = { wide: true };

export const meta: MetaFunction<typeof loader> = ({ matches, data }) =>
  pageTitle(matches, (t) => t("payouts.batchTitle", { id: String(data?.batch.id ?? "") }));

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  await requireAdmin(request, context);
  const batch = await batchView(rowIdParameter(params.id));
  if (!batch) throw notFound();
  const zone = settings().TEAM_TIME_ZONE;
  const warnings =
    batch.status === "prepared"
      ? await warningsOfPrepared(batch, FIRST_METHOD, new Date(), zone)
      : [];
  return { batch, warnings, key: randomUUID() };
}

/** Step 2 of DESIGN 5: confirm, cancel, or leave one line out. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const viewer = await requireAdmin(request, context);
  const batch = await batchView(rowIdParameter(params.id));
  if (!batch) throw notFound();
  const act = { actorId: viewer.id, at: new Date(), zone: settings().TEAM_TIME_ZONE };
  const t = await translatorOf(request, context);
  return batchPost(await readForm(request), batch, act, t);
}

export default function Batch() {
  const t = useT();
  const { batch, warnings, key } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>() as BatchRefusal | undefined;
  const isPrepared = batch.status === "prepared";
  return (
    <>
      <PageHeader
        title={t("payouts.batchTitle", { id: String(batch.id) })}
        back={{ to: batchesPath(), label: t("payouts.batches") }}
        actions={isPrepared ? <CancelBatch batchId={batch.id} /> : null}
      >
        <BatchStatusBadge status={batch.status} />
        <strong>
          <MoneyList list={batch.totals} />
        </strong>
        <BatchHistory batch={batch} />
      </PageHeader>
      {refused?.text ? <Notice tone="error">{refused.text}</Notice> : null}
      <TransferList batch={batch} />
      {isPrepared ? (
        <ConfirmForm
          batch={batch}
          warnings={refused?.warnings ?? warnings}
          formKey={refused?.values.key ?? key}
          refused={refused}
        />
      ) : null}
    </>
  );
}
