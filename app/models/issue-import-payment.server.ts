import type { Tx } from "~/database/transaction.server";
import {
  groupIntoBatches,
  type ImportedPayment,
  type ImportedTransfer,
} from "~/domain/import-transfers";
import { advance, type FiledRow, type Step } from "./issue-import-history.server";

/** One that is kept, with the batch it goes through. */
export type PreparedTransfer = ImportedTransfer & { readonly batchId: number };

/** The past payments among these rows. */
export function paymentsOf(rows: readonly FiledRow[]): ImportedPayment[] {
  return rows.flatMap(({ row, issueId, testerId, events }) => {
    const paid = events.find(({ event }) => event.kind === "paid")?.after.approved;
    if (row.payout.status !== "paid" || !paid) return [];
    const { paidOn, method, reference } = row.payout;
    return [{ issueId, testerId, money: paid, paidOn, method, reference }];
  });
}

/** Opens as many batches of kind `import` as these payments take. */
export async function prepareBatches(
  tx: Tx,
  payments: readonly ImportedPayment[],
  actorId: number | null,
): Promise<PreparedTransfer[]> {
  const transfers = groupIntoBatches(payments);
  const count = Math.max(...transfers.map((transfer) => transfer.batch)) + 1;
  const batches = await tx.$queryRaw<{ id: number }[]>`
    INSERT INTO payout_batches (kind, prepared_by)
    SELECT 'import', ${actorId}::int FROM generate_series(1, ${count}::int)
    RETURNING id`;
  const ids = batches.map((batch) => batch.id).sort((a, b) => a - b);
  return transfers.map((transfer) => {
    const batchId = ids[transfer.batch];
    if (batchId === undefined) throw new Error("The database opened fewer batches than asked.");
    return { ...transfer, batchId };
  });
}

/**
 * Takes the approved issues of these transfers to paid, through the steps that the rules ask of every batch: items
 * reserved, transfers told how they were paid, items and issues paid, payments written, batches confirmed. `steps` are
 * the payments of those issues.
 */
export async function settleBatches(
  tx: Tx,
  steps: readonly Step[],
  transfers: readonly PreparedTransfer[],
  actorId: number | null,
): Promise<number> {
  const batchIds = [...new Set(transfers.map((transfer) => transfer.batchId))];
  await insertTransfers(tx, transfers);
  await insertItems(tx, transfers);
  await tellHowPaid(tx, transfers);
  await tx.$executeRaw`
    UPDATE payout_batch_items i SET state = 'paid'
      FROM payout_transfers t
      WHERE t.batch_id = ANY(${batchIds}::int[]) AND i.transfer_id = t.id`;
  const payments = await insertPayments(tx, batchIds, actorId);
  const issues = await advance(tx, steps, actorId);
  if (issues !== payments) throw new Error(`${payments} payments written, ${issues} issues paid`);
  await tx.$executeRaw`
    UPDATE payout_batches SET status = 'confirmed', confirmed_by = ${actorId}::int, confirmed_at = now()
      WHERE id = ANY(${batchIds}::int[])`;
  return payments;
}

// Whose account it went to then, the file does not say: only the name is kept.
async function insertTransfers(tx: Tx, transfers: readonly PreparedTransfer[]): Promise<void> {
  const totals = transfers.map((t) => t.items.reduce((sum, item) => sum + item.amount, 0));
  await tx.$executeRaw`
    INSERT INTO payout_transfers (batch_id, tester_id, currency, issue_count, total_amount, payee_name)
    SELECT x.batch_id, u.id, x.currency, x.count, x.total, coalesce(u.payee_name, u.name)
      FROM unnest(
        ${transfers.map((t) => t.batchId)}::int[],
        ${transfers.map((t) => t.testerId)}::int[],
        ${transfers.map((t) => t.currency)}::currency[],
        ${transfers.map((t) => t.items.length)}::int[],
        ${totals}::bigint[]) WITH ORDINALITY AS x (batch_id, tester_id, currency, count, total, place)
      JOIN users u ON u.id = x.tester_id
      ORDER BY x.place`;
}

async function insertItems(tx: Tx, transfers: readonly PreparedTransfer[]): Promise<void> {
  const items = transfers.flatMap(({ batchId, testerId, currency, items: its }) =>
    its.map((item) => ({ batchId, testerId, currency, ...item })),
  );
  await tx.$executeRaw`
    INSERT INTO payout_batch_items (transfer_id, issue_id, batch_id, tester_id, currency, amount)
    SELECT t.id, x.issue_id, t.batch_id, t.tester_id, t.currency, x.amount
      FROM unnest(
        ${items.map((i) => i.batchId)}::int[],
        ${items.map((i) => i.testerId)}::int[],
        ${items.map((i) => i.currency)}::currency[],
        ${items.map((i) => i.issueId)}::int[],
        ${items.map((i) => i.amount)}::bigint[]) AS x (batch_id, tester_id, currency, issue_id, amount)
      JOIN payout_transfers t
        ON t.batch_id = x.batch_id AND t.tester_id = x.tester_id AND t.currency = x.currency`;
}

async function tellHowPaid(tx: Tx, transfers: readonly PreparedTransfer[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE payout_transfers t SET method = x.method, reference = x.reference, paid_on = x.paid_on
      FROM unnest(
        ${transfers.map((d) => d.batchId)}::int[],
        ${transfers.map((d) => d.testerId)}::int[],
        ${transfers.map((d) => d.currency)}::currency[],
        ${transfers.map((d) => d.method)}::payout_method[],
        ${transfers.map((d) => d.reference)}::text[],
        ${transfers.map((d) => d.paidOn)}::date[]) AS x (batch_id, tester_id, currency, method, reference, paid_on)
      WHERE t.batch_id = x.batch_id AND t.tester_id = x.tester_id AND t.currency = x.currency`;
}

// Each one is the issue's first payment. The snapshot of cycle, title and severity is as in every other (DESIGN 3).
function insertPayments(
  tx: Tx,
  batchIds: readonly number[],
  actorId: number | null,
): Promise<number> {
  return tx.$executeRaw`
    INSERT INTO issue_payouts
      (issue_id, seq, tester_id, batch_id, transfer_id, amount, currency, method, reference, paid_on,
       recorded_by, cycle_name, issue_title, severity)
    SELECT s.id, 1, s.tester_id, t.batch_id, t.id, i.amount, i.currency, t.method, t.reference, t.paid_on,
           ${actorId}::int, c.name, s.title, s.severity
      FROM payout_transfers t
      JOIN payout_batch_items i ON i.transfer_id = t.id
      JOIN issues s ON s.id = i.issue_id
      JOIN test_cycles c ON c.id = s.cycle_id
      WHERE t.batch_id = ANY(${batchIds}::int[])
      ORDER BY t.paid_on, s.id`;
}
