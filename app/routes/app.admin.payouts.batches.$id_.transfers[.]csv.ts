import type { LoaderFunctionArgs } from "@remix-run/node";
import { dateInZone } from "~/domain/team-date";
import { csvSeparator } from "~/filters/csv-separator";
import { csvResponse } from "~/http/csv-response.server";
import { notFound } from "~/http/errors.server";
import { redirectWithFlash } from "~/http/flash.server";
import { methodNotAllowed } from "~/http/method-not-allowed.server";
import { batchPath } from "~/http/paths";
import { rowIdParameter } from "~/http/row-id-parameter.server";
import { transferColumns } from "~/http/transfer-csv";
import { translatorOf } from "~/http/translator.server";
import { requireAdmin } from "~/http/viewer.server";
import { recordAudit } from "~/models/audit.server";
import { isPrepared, transfersToSend } from "~/models/transfer-export.server";
import { settings } from "~/settings.server";

/** The transfers of a prepared batch for the bank. One that is closed has no such file: it would be sent again. */
export async function loader({ request, context, params }: LoaderFunctionArgs) {
  const viewer = await requireAdmin(request, context);
  const batchId = rowIdParameter(params.id);
  const t = await translatorOf(request, context);
  const waits = await isPrepared(batchId);
  if (waits === null) throw notFound();
  if (!waits) {
    return redirectWithFlash(batchPath(batchId), { tone: "error", text: t("batch.csvClosed") });
  }
  const asked = new URL(request.url).searchParams.get("separator") ?? undefined;
  return csvResponse(request, {
    name: `tiyn-transfers-batch-${batchId}`,
    date: dateInZone(new Date(), settings().TEAM_TIME_ZONE),
    // As in every list of the app, what is not understood falls to the default.
    separator: csvSeparator().catch("comma").parse(asked),
    columns: transferColumns(batchId, t),
    open: async () => {
      await recordAudit({
        kind: "exported",
        actorId: viewer.id,
        detail: { file: "transfers", batchId },
        address: context.clientAddress,
      });
      return transfersToSend(batchId);
    },
  });
}

export const action = methodNotAllowed("GET", "HEAD");
