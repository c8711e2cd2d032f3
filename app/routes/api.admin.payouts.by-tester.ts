import { apiLoader } from "~/http/api-handler.server";
import { payQueueAsJson } from "~/http/pay-queue-json";
import { payQueue, queueIssues } from "~/models/pay-queue.server";

/** GET /api/admin/payouts/by-tester (DESIGN 6). */
export const loader = apiLoader("admin", async () => {
  const [lines, issues] = await Promise.all([payQueue(), queueIssues(null)]);
  return { queue: payQueueAsJson(lines, issues) };
});
