/** Batches, payments and reversals by plain SQL, each legal unless told otherwise; see rules-fixture.ts. */
import {
  type IssueRow,
  type ItemRow,
  move,
  type Step,
  type TransferRow,
  type World,
} from "./rules-fixture";
import { all, type Columns, insert, insertOne, one, update } from "./rules-sql";

export const PAID_ON = "2026-05-10";
export const SENT = { method: "kaspi", reference: "8841", paid_on: PAID_ON };

// pg reads a date as a local Date, which would shift it: dates stay text.
const TRANSFERS = "SELECT *, paid_on::text FROM payout_transfers WHERE batch_id = $1 ORDER BY id";

export function transfersOf(world: World, batchId: number): Promise<TransferRow[]> {
  return all<TransferRow>(world, TRANSFERS, batchId);
}

export function transferOf(world: World, batchId: number): Promise<TransferRow> {
  return one<TransferRow>(world, TRANSFERS, batchId);
}

export type PrepareChange = {
  readonly batch?: Columns;
  readonly transfer?: Columns;
  readonly item?: Columns;
};

/** Reserves approved issues in a new batch, one transfer per tester and currency. Returns the batch. */
export async function prepare(
  world: World,
  issueIds: readonly number[],
  change: PrepareChange = {},
): Promise<number> {
  const batchId = await insertOne(world, "payout_batches", {
    prepared_by: world.admin,
    ...change.batch,
  });
  await reserve(world, batchId, issueIds, change);
  return batchId;
}

export async function reserve(
  world: World,
  batchId: number,
  issueIds: readonly number[],
  change: PrepareChange = {},
): Promise<void> {
  const issues = await all<IssueRow>(world, "SELECT * FROM issues WHERE id = ANY ($1)", issueIds);
  const keyOf = (issue: IssueRow) => `${issue.tester_id} ${issue.approved_currency}`;
  for (const key of new Set(issues.map(keyOf))) {
    const line = issues.filter((issue) => keyOf(issue) === key);
    await reserveLine(world, batchId, line, change);
  }
}

async function reserveLine(
  world: World,
  batchId: number,
  issues: readonly IssueRow[],
  change: PrepareChange,
): Promise<void> {
  const [first] = issues;
  if (!first) return;
  const line = {
    batch_id: batchId,
    tester_id: first.tester_id,
    currency: first.approved_currency ?? "KZT",
  };
  const amounts = issues.map((issue) => Number(issue.approved_amount ?? 1000));
  const transferId = await insertOne(world, "payout_transfers", {
    ...line,
    issue_count: issues.length,
    total_amount: amounts.reduce((sum, amount) => sum + amount, 0),
    ...change.transfer,
  });
  const items = issues.map((issue, at) => ({
    transfer_id: transferId,
    issue_id: issue.id,
    amount: amounts[at] ?? 0,
    ...line,
    ...change.item,
  }));
  await insert(world, "payout_batch_items", ...items);
}

/** What of a confirmation is written otherwise; null is not written at all. */
export type ConfirmChange = {
  readonly transfer?: Columns | null;
  readonly item?: Columns | null;
  readonly issue?: Partial<Step> | null;
  readonly payment?: Columns | null;
  readonly batch?: Columns | null;
};

/** Confirms a prepared batch: everything in it that was not left out becomes paid. */
export async function confirm(
  world: World,
  batchId: number,
  change: ConfirmChange = {},
): Promise<void> {
  if (change.transfer !== null) await settleTransfers(world, batchId, change.transfer);
  const items = await all<ItemRow>(
    world,
    "SELECT * FROM payout_batch_items WHERE batch_id = $1 AND state = 'reserved' ORDER BY issue_id",
    batchId,
  );
  for (const item of items) await settleItem(world, item, change);
  if (change.batch !== null) await closeBatch(world, batchId, "confirmed", change.batch);
}

async function settleTransfers(world: World, batchId: number, change: Columns = {}): Promise<void> {
  const how = { ...SENT, ...change };
  for (const transfer of await transfersOf(world, batchId)) {
    if (transfer.left_out_at === null) await update(world, "payout_transfers", transfer.id, how);
  }
}

/** Pays one reserved item, in the transaction that confirms its batch. */
export async function settleItem(
  world: World,
  item: ItemRow,
  change: ConfirmChange = {},
): Promise<void> {
  const paid: Step = { kind: "paid", payout: "paid", batch: item.batch_id };
  if (change.item !== null) await settle(world, item.issue_id, "paid");
  if (change.issue !== null) await move(world, item.issue_id, { ...paid, ...change.issue });
  if (change.payment !== null) await pay(world, item, change.payment);
}

/** Turns the reserved items of one issue into `state`. */
export async function settle(world: World, issueId: number, state: string): Promise<void> {
  await world.sql.query(
    "UPDATE payout_batch_items SET state = $2 WHERE issue_id = $1 AND state = 'reserved'",
    [issueId, state],
  );
}

/** The payment of one item, as its transfer says. */
export async function pay(world: World, item: ItemRow, change: Columns = {}): Promise<void> {
  const transfers = await transfersOf(world, item.batch_id);
  const transfer = transfers.find((it) => it.id === item.transfer_id);
  const { seq } = await one<{ seq: number }>(
    world,
    "SELECT coalesce(max(seq), 0)::int + 1 AS seq FROM issue_payouts WHERE issue_id = $1",
    item.issue_id,
  );
  await insert(world, "issue_payouts", {
    issue_id: item.issue_id,
    seq,
    tester_id: item.tester_id,
    batch_id: item.batch_id,
    transfer_id: item.transfer_id,
    amount: item.amount,
    currency: item.currency,
    method: transfer?.method ?? "kaspi",
    reference: transfer?.reference ?? null,
    paid_on: transfer?.paid_on ?? PAID_ON,
    recorded_by: world.admin,
    ...{ cycle_name: "Hackorda", issue_title: "Payment fails", severity: "high" },
    ...change,
  });
}

export async function closeBatch(
  world: World,
  batchId: number,
  status: "confirmed" | "cancelled",
  change: Columns = {},
): Promise<void> {
  const now = new Date().toISOString();
  const who = { [`${status}_by`]: world.admin, [`${status}_at`]: now };
  await update(world, "payout_batches", batchId, { status, ...who, ...change });
}

export async function cancel(world: World, batchId: number): Promise<void> {
  const text = "UPDATE payout_batch_items SET state = 'released' WHERE batch_id = $1";
  await world.sql.query(`${text} AND state = 'reserved'`, [batchId]);
  await closeBatch(world, batchId, "cancelled");
}

/** Leaves one line out; its issues are back in the queue. */
export async function leaveOut(world: World, transferId: number): Promise<void> {
  const text = "UPDATE payout_batch_items SET state = 'released' WHERE transfer_id = $1";
  await world.sql.query(text, [transferId]);
  const who = { left_out_at: "2026-05-09T09:00:00Z", left_out_by: world.admin };
  await update(world, "payout_transfers", transferId, who);
}

export const bounced: Step = { kind: "reversed", payout: "approved", reason: "Card closed" };

/** Negates the last payment row. */
export async function writeReversal(
  world: World,
  issueId: number,
  change: Columns = {},
): Promise<void> {
  const last = await one<Record<string, string | number | null>>(
    world,
    "SELECT *, paid_on::text FROM issue_payouts WHERE issue_id = $1 ORDER BY seq DESC LIMIT 1",
    issueId,
  );
  const {
    id: _id,
    previous_seq: _p,
    reversed_amount: _r,
    item_amount: _i,
    recorded_at: _at,
    ...row
  } = last;
  const opposite = {
    seq: Number(last.seq) + 1,
    amount: -Number(last.amount),
    paid_on: "2026-05-12",
  };
  const why = { kind: "bounced", reason: "Card closed" };
  await insert(world, "issue_payouts", { ...row, ...opposite, ...why, ...change });
}

/** paid → approved with its reversal. */
export async function reverse(world: World, issueId: number): Promise<void> {
  await move(world, issueId, bounced);
  await writeReversal(world, issueId);
}
