import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { randomUUID } from "node:crypto";
import { Notice } from "~/components/Notice";
import { BatchHeader } from "~/components/payouts/BatchHeader";
import { BatchHistory } from "~/components/payouts/BatchHistory";
import { ClosedBatch } from "~/components/payouts/ClosedBatch";
import { ConfirmRefused } from "~/components/payouts/ConfirmRefused";
import { LeftOutLines } from "~/components/payouts/LeftOutLines";
import { FIRST_METHOD, PreparedBatch } from "~/components/payouts/PreparedBatch";
import { PrintedSignature } from "~/components/payouts/PrintedSignature";
import { UntickedWarnings } from "~/components/payouts/UntickedWarnings";
import { parseRowId } from "~/filters/row-id";
import { type BatchRefusal, batchPost } from "~/http/batch-post.server";
import { notFound } from "~/http/errors.server";
import { readForm } from "~/http/form-data";
import type { PageHandle } from "~/http/page-handle";
import type { ReceiptRefusal } from "~/http/receipt-post.server";
import { rowIdParameter } from "~/http/row-id-parameter.server";
import { translatorOf } from "~/http/translator.server";
import { requireAdmin } from "~/http/viewer.server";
import { pageTitle } from "~/i18n/page-title";
import { batchActs } from "~/models/batch-history.server";
import { batchView, warningsOfPrepared } from "~/models/batch-view.server";
import { settings } from "~/settings.server";

export const handle: PageHandle = { wide: true, scripts: true };

export const meta: MetaFunction<typeof loader> = ({ matches, data }) =>
  pageTitle(matches, (t) => t("payouts.batchTitle", { id: String(data?.batch.id ?? "") }));

export async function loader({ request, context, params }: LoaderFunctionArgs) {
  await requireAdmin(request, context);
  const id = rowIdParameter(params.id);
  const open = parseRowId(new URL(request.url).searchParams.get("open"));
  const [batch, acts] = await Promise.all([batchView(id, open), batchActs(id)]);
  if (!batch) throw notFound();
  const zone = settings().TEAM_TIME_ZONE;
  const warnings =
    batch.status === "prepared"
      ? await warningsOfPrepared(batch, FIRST_METHOD, new Date(), zone)
      : [];
  return { batch, acts, open, warnings, key: randomUUID() };
}

/** Step 2 of DESIGN 5: confirm, cancel, or leave one line out; afterwards take money back, or correct. */
export async function action({ request, context, params }: ActionFunctionArgs) {
  const viewer = await requireAdmin(request, context);
  const batch = await batchView(rowIdParameter(params.id));
  if (!batch) throw notFound();
  const act = { actorId: viewer.id, at: new Date(), zone: settings().TEAM_TIME_ZONE };
  const t = await translatorOf(request, context);
  return batchPost(await readForm(request), batch, act, t);
}

/** Also after a refusal: what somebody else did meanwhile is what it tells of. */
export const shouldRevalidate = () => true;

export default function Batch() {
  const { batch, acts, open, warnings, key } = useLoaderData<typeof loader>();
  const answer = useActionData<typeof action>() as BatchRefusal | ReceiptRefusal | undefined;
  const refused = answer?.about === "confirm" ? answer : undefined;
  const receipt = answer?.about === "receipt" ? answer : undefined;
  return (
    <>
      <BatchHeader batch={batch} />
      {refused?.text ? (
        <Notice tone="error">
          {refused.text}
          {refused.warnings ? <UntickedWarnings batch={batch} refused={refused} /> : null}
        </Notice>
      ) : null}
      {refused?.code === "batch_closed" || refused?.code === "transfers_changed" ? (
        <ConfirmRefused batch={batch} refused={refused} formKey={key} />
      ) : null}
      {batch.status === "prepared" ? (
        <PreparedBatch
          batch={batch}
          warnings={refused?.warnings ?? warnings}
          formKey={refused?.values.key ?? key}
          refused={refused}
        />
      ) : (
        <ClosedBatch batch={batch} open={receipt?.transferId ?? open} refused={receipt} />
      )}
      <LeftOutLines batch={batch} />
      <BatchHistory batch={batch} acts={acts} />
      <PrintedSignature />
    </>
  );
}
