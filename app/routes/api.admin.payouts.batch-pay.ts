import type { ActionFunctionArgs } from "@remix-run/node";
import { batchPayBody } from "~/forms/batch-pay-json";
import { apiAction } from "~/http/api-handler.server";
import { methodNotAllowed } from "~/http/method-not-allowed.server";
import { payBatch } from "~/models/batch.server";
import { batchReceipt } from "~/models/batch-list.server";
import { settings } from "~/settings.server";

export const loader = methodNotAllowed("POST");

/** POST /api/admin/payouts/batch-pay: prepares and confirms in one transaction (DESIGN 6). */
export function action(args: ActionFunctionArgs) {
  const at = new Date();
  const zone = settings().TEAM_TIME_ZONE;
  const pay = apiAction("admin", batchPayBody(at, zone), async ({ viewer, body }) => {
    const { batchId } = await payBatch(body, { actorId: viewer.id, at, zone });
    return batchReceipt(batchId);
  });
  return pay(args);
}
