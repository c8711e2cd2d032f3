import type { Tx } from "~/database/transaction.server";
import type { TransferDetails } from "~/domain/batch";
import type { BatchWarning } from "~/domain/batch-warning";
import type { IsoDate } from "~/domain/team-date";
import type { Prisma } from "~/generated/prisma/client";
import type { Act } from "./issue-change.server";

/** How one transfer was sent, once "today" is a date. */
export type SettledTransfer = TransferDetails & { readonly paidOn: IsoDate };

function mustBe(what: string, written: number, expected: number): void {
  if (written !== expected) throw new Error(`${what}: ${written} written, ${expected} expected`);
}

/**
 * Turns a prepared batch into payments, in the caller's transaction: every issue of its open transfers becomes paid,
 * every payment and event is written, the batch is confirmed. The batch row must be locked. Set operations throughout:
 * the cost per issue is the database's alone. Keeps the warnings that were ticked or told. Returns the number of payments.
 */
export async function settle(
  tx: Tx,
  batchId: number,
  transfers: readonly SettledTransfer[],
  warnings: readonly BatchWarning[],
  act: Act,
): Promise<number> {
  await lockItems(tx, batchId);
  await writeDetails(tx, batchId, transfers);
  const items = await tx.$executeRaw`
    UPDATE payout_batch_items i SET state = 'paid'
      FROM payout_transfers t
      WHERE t.batch_id = ${batchId} AND i.transfer_id = t.id AND i.state = 'reserved'`;
  mustBe("payments", await writePayments(tx, batchId, act), items);
  // That each is still approved, the database sees to (issue_rules). Asked for here, it would lead the planner: with figures
  // from before the approval it expects none, and reads the batch once for each approved issue.
  const issues = await tx.$executeRaw`
    UPDATE issues s SET payout_status = 'paid', version = s.version + 1
      FROM payout_transfers t JOIN payout_batch_items i ON i.transfer_id = t.id
      WHERE t.batch_id = ${batchId} AND i.state = 'paid' AND s.id = i.issue_id`;
  mustBe("issues", issues, items);
  mustBe("events", await writeEvents(tx, batchId, act), items);
  await tx.payoutBatch.update({
    where: { id: batchId, status: "prepared" },
    data: {
      status: "confirmed",
      confirmedById: act.actorId,
      confirmedAt: act.at,
      // A plain copy: dates become the text that they are in JSON anyway.
      warnings: JSON.parse(JSON.stringify(warnings)) as Prisma.InputJsonArray,
    },
    select: { id: true },
  });
  return items;
}

async function lockItems(tx: Tx, batchId: number): Promise<void> {
  await tx.$executeRaw`
    SELECT FROM issues s
      WHERE s.id IN (SELECT i.issue_id FROM payout_transfers t JOIN payout_batch_items i ON i.transfer_id = t.id
                     WHERE t.batch_id = ${batchId} AND i.state = 'reserved')
      ORDER BY s.id FOR UPDATE`;
}

async function writeDetails(
  tx: Tx,
  batchId: number,
  transfers: readonly SettledTransfer[],
): Promise<void> {
  const written = await tx.$executeRaw`
    UPDATE payout_transfers t SET method = d.method, reference = d.reference, paid_on = d.paid_on
      FROM unnest(
        ${transfers.map((d) => d.testerId)}::int[],
        ${transfers.map((d) => d.currency)}::currency[],
        ${transfers.map((d) => d.method)}::payout_method[],
        ${transfers.map((d) => d.reference)}::text[],
        ${transfers.map((d) => d.paidOn)}::date[]) AS d (tester_id, currency, method, reference, paid_on)
      WHERE t.batch_id = ${batchId} AND t.tester_id = d.tester_id AND t.currency = d.currency
        AND t.left_out_at IS NULL`;
  mustBe("transfers", written, transfers.length);
}

// The snapshot of cycle, title and severity keeps an exported CSV the same for ever (DESIGN 3).
function writePayments(tx: Tx, batchId: number, act: Act): Promise<number> {
  return tx.$executeRaw`
    INSERT INTO issue_payouts
      (issue_id, seq, tester_id, batch_id, transfer_id, amount, currency, method, reference, paid_on,
       recorded_at, recorded_by, cycle_name, issue_title, severity)
    SELECT s.id, coalesce((SELECT max(p.seq) FROM issue_payouts p WHERE p.issue_id = s.id), 0) + 1,
           s.tester_id, t.batch_id, t.id, i.amount, i.currency, t.method, t.reference, t.paid_on,
           ${act.at}, ${act.actorId}, c.name, s.title, s.severity
      FROM payout_transfers t
      JOIN payout_batch_items i ON i.transfer_id = t.id
      JOIN issues s ON s.id = i.issue_id
      JOIN test_cycles c ON c.id = s.cycle_id
      WHERE t.batch_id = ${batchId} AND i.state = 'paid'
      ORDER BY s.id`;
}

function writeEvents(tx: Tx, batchId: number, act: Act): Promise<number> {
  return tx.$executeRaw`
    INSERT INTO issue_events
      (issue_id, version, kind, at, actor_id, from_status, to_status, from_payout_status, to_payout_status,
       amount, currency, batch_id)
    SELECT s.id, s.version, 'paid', ${act.at}, ${act.actorId}, s.status, s.status, 'approved', 'paid',
           i.amount, i.currency, ${batchId}
      FROM payout_transfers t
      JOIN payout_batch_items i ON i.transfer_id = t.id
      JOIN issues s ON s.id = i.issue_id
      WHERE t.batch_id = ${batchId} AND i.state = 'paid'
      ORDER BY s.id`;
}
