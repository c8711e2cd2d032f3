import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { PageHeader } from "~/components/PageHeader";
import { BatchTable } from "~/components/payouts/BatchTable";
import { PrepareRefused } from "~/components/payouts/PrepareRefused";
import { parseRowId } from "~/filters/row-id";
import { parseForm } from "~/forms/parse-form";
import { prepareForm } from "~/forms/prepare-form";
import { unprocessable } from "~/http/errors.server";
import { redirectWithFlash } from "~/http/flash.server";
import { readForm } from "~/http/form-data";
import { preparePost, type PrepareRefusal, prepareRefusal } from "~/http/prepare-post.server";
import { batchesPath, batchPath, payoutsPath } from "~/http/paths";
import { translatorOf } from "~/http/translator.server";
import { requireAdmin } from "~/http/viewer.server";
import { Pagination } from "~/components/Pagination";
import { useT } from "~/i18n/context";
import { pageTitle } from "~/i18n/page-title";
import { prepareBatch } from "~/models/batch.server";
import { batchList } from "~/models/batch-list.server";
import { settings } from "~/settings.server";

const PAGE = 50;

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("payouts.batches"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireAdmin(request, context);
  const before = parseRowId(new URL(request.url).searchParams.get("before"));
  const batches = await batchList({ before: before ?? undefined, limit: PAGE + 1 });
  const shown = batches.slice(0, PAGE);
  const older = batches.length > PAGE ? batchesPath({ before: shown.at(-1)?.id }) : null;
  return { batches: shown, older, newer: before === null ? null : batchesPath() };
}

/** Step 1 of DESIGN 5: prepares a batch of what was ticked in the pay queue. */
export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireAdmin(request, context);
  const t = await translatorOf(request, context);
  const parsed = parseForm(prepareForm, await readForm(request), t);
  if (!parsed.ok)
    return unprocessable<PrepareRefusal>({ text: t("refusals.choice.none"), changed: null });
  const post = preparePost(parsed.value);
  const zone = settings().TEAM_TIME_ZONE;
  try {
    const done = await prepareBatch(post, { actorId: viewer.id, at: new Date(), zone });
    const text = done.replayed
      ? t("payouts.alreadyPrepared")
      : t("payouts.preparedNow", { id: String(done.batchId) });
    return await redirectWithFlash(batchPath(done.batchId), { tone: "success", text });
  } catch (error) {
    return prepareRefusal(error, post, t);
  }
}

export default function Batches() {
  const t = useT();
  const { batches, older, newer } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>() as PrepareRefusal | undefined;
  if (refused) return <PrepareRefused refused={refused} />;
  return (
    <>
      <PageHeader
        title={t("payouts.batches")}
        back={{ to: payoutsPath(), label: t("payouts.title") }}
      />
      <BatchTable batches={batches} />
      <Pagination newer={newer} older={older} />
    </>
  );
}
