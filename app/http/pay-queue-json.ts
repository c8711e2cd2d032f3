import type { QueueLine } from "~/models/pay-queue.server";
import type { QueueIssue } from "~/models/queue-issues.server";

/** The queue as GET /api/admin/payouts and /by-tester show it (DESIGN 6). Amounts in minor units. */
export function payQueueAsJson(lines: readonly QueueLine[], issues: readonly QueueIssue[]) {
  const ofLine = new Map<string, { id: number; amount: number }[]>();
  for (const { testerId, currency, id, amount } of issues) {
    const key = `${testerId}:${currency}`;
    const known = ofLine.get(key);
    if (known) known.push({ id, amount });
    else ofLine.set(key, [{ id, amount }]);
  }
  return lines.map(({ testerId, name, currency, oldestApprovedAt }) => {
    const inLine = ofLine.get(`${testerId}:${currency}`) ?? [];
    // The two queries may see a decision apart: the amount is the sum of what is listed beside it.
    const amount = inLine.reduce((sum, issue) => sum + issue.amount, 0);
    return { testerId, name, currency, amount, issues: inLine, oldestApprovedAt };
  });
}
