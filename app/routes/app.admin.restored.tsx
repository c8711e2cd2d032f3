import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useActionData, useLoaderData } from "@remix-run/react";
import { EmptyState } from "~/components/EmptyState";
import { Notice } from "~/components/Notice";
import { PageHeader } from "~/components/PageHeader";
import { CompareForm } from "~/components/restored/CompareForm";
import { LastTransfers } from "~/components/restored/LastTransfers";
import { WaitingBatches } from "~/components/restored/WaitingBatches";
import { When } from "~/components/When";
import { readForm } from "~/http/form-data";
import type { PageHandle } from "~/http/page-handle";
import { payoutsPath } from "~/http/paths";
import { type CompareRefused, restoredPost } from "~/http/restored-post.server";
import { translatorOf } from "~/http/translator.server";
import { requireAdmin } from "~/http/viewer.server";
import { useT } from "~/i18n/context";
import { pageTitle } from "~/i18n/page-title";
import { batchList } from "~/models/batch-list.server";
import { lastTransfers } from "~/models/last-transfers.server";
import { openRestoration } from "~/models/restoration.server";

/** Of each method: enough to find the place in a bank's history. */
const LAST = 10;
const MOST_BATCHES = 50;

export const handle: PageHandle = { scripts: true };

export const meta: MetaFunction = ({ matches }) => pageTitle(matches, (t) => t("restored.title"));

export async function loader({ request, context }: LoaderFunctionArgs) {
  await requireAdmin(request, context);
  const restoration = await openRestoration();
  if (!restoration) return { restoration, last: [], waiting: [] };
  const [last, waiting] = await Promise.all([
    lastTransfers(LAST),
    batchList({ status: "prepared", limit: MOST_BATCHES }),
  ]);
  return { restoration, last, waiting };
}

export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await requireAdmin(request, context);
  const by = { id: viewer.id, address: context.clientAddress };
  return restoredPost(await readForm(request), by, await translatorOf(request, context));
}

/** What the backup knows last, to be compared with the bank before anything is paid. */
export default function RestoredPage() {
  const t = useT();
  const { restoration, last, waiting } = useLoaderData<typeof loader>();
  const refused = useActionData<typeof action>() as CompareRefused | undefined;
  const back = { to: payoutsPath(), label: t("payouts.title") };
  return (
    <div className="stack max-w-200">
      <PageHeader title={t("restored.title")} back={back} />
      {restoration ? (
        <>
          <Notice tone="error">{t("restored.blocked")}</Notice>
          <p>
            {t.rich("restored.since", {
              at: <When value={restoration.at} as="dateTime" />,
              backupAt: <When value={restoration.backupAt} as="dateTime" />,
            })}
          </p>
          <p>{t("restored.howTo")}</p>
          {last.map(({ method, transfers }) => (
            <LastTransfers key={method} method={method} transfers={transfers} />
          ))}
          <WaitingBatches batches={waiting} />
          <CompareForm
            restorationId={restoration.id}
            errors={refused?.errors ?? {}}
            values={refused?.values ?? {}}
          />
        </>
      ) : refused ? (
        <CompareForm restorationId={null} errors={refused.errors} values={refused.values} />
      ) : (
        <EmptyState title={t("restored.none")} />
      )}
    </div>
  );
}
