/** Bulk decisions in plain SQL; see rules-fixture.ts. */
import { approve, issueRow, move, type World } from "./rules-fixture";
import { type Columns, insertOne } from "./rules-sql";

/** Minor tenge of each issue that is approved in bulk. */
export const BULK_AMOUNT = 1000;
const AT = "2026-05-02T09:00:00Z";

export type BulkChange = {
  /** What a broken program writes instead. */
  readonly record?: Columns;
  readonly event?: Columns;
};

/** Approves these pending issues for 1,000 minor tenge each, with the record that says so, in the caller's transaction. */
export async function approveInBulk(
  world: World,
  issueIds: readonly number[],
  change: BulkChange = {},
): Promise<number> {
  const bulkId = await insertOne(world, "bulk_decisions", {
    ...{ admin_id: world.admin, key: `bulk of ${issueIds.join()}`, content_hash: "h1" },
    ...{ intent: "approve", detail: "{}", count: issueIds.length, at: AT },
    totals: JSON.stringify({ KZT: issueIds.length * BULK_AMOUNT }),
    ...change.record,
  });
  for (const issueId of issueIds) {
    const { status } = await issueRow(world, issueId);
    const step = { ...approve(status === "open" ? "triaged" : status), amount: BULK_AMOUNT };
    await move(world, issueId, { ...step, event: { bulk_id: bulkId, at: AT, ...change.event } });
  }
  return bulkId;
}
