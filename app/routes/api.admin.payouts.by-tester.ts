import { apiLoader } from "~/http/api-handler.server";
import { payQueueAsJson } from "~/http/pay-queue-json";
import { payQueue } from "~/models/pay-queue.server";
import { queueIssues } from "~/models/queue-issues.server";

/** GET /api/admin/payouts/by-tester (DESIGN 6). */
export const loader = apiLoader("admin", async () => {
  const [lines, issues] = await Promise.all([payQueue(), queueIssues(null)]);
  return { queue: payQueueAsJson(lines, issues) };
});
