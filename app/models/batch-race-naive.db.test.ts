import { beforeAll, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { buildPreparedBatch } from "../../prisma/builders";
import { buildRound, CLIENTS, doublePayments, outcomes, type Round } from "./batch-race.fixture";

// The control of batch-race.db.test.ts: the harness there must catch what it is made to catch.

useTestDatabase();

/** Read, check, write, each by itself: how a payout page is often written. */
async function confirmNaively(batchId: number, admin: number): Promise<void> {
  const batch = await db().payoutBatch.findUniqueOrThrow({ where: { id: batchId } });
  if (batch.status !== "prepared") return;
  const items = await db().batchItem.findMany({ where: { batchId }, include: { issue: true } });
  for (const { issue, transferId, amount, currency } of items) {
    if (issue.payoutStatus !== "approved") continue;
    await db().$executeRaw`
      INSERT INTO issue_payouts (issue_id, seq, tester_id, batch_id, transfer_id, amount, currency, method, reference,
                                 paid_on, recorded_by, cycle_name, issue_title, severity)
      VALUES (${issue.id}, 1, ${issue.testerId}, ${batchId}, ${transferId}, ${amount}, ${currency}::currency,
              'kaspi', '1', current_date, ${admin}, 'c', 't', 'high')`;
    await db().$executeRaw`
      UPDATE issues SET payout_status = 'paid', version = version + 1 WHERE id = ${issue.id}`;
  }
  await db().$executeRaw`
    UPDATE payout_batches SET status = 'confirmed', confirmed_by = ${admin}, confirmed_at = now() WHERE id = ${batchId}`;
}

async function race(round: Round): Promise<{ unexpected: unknown[] }> {
  const [admin] = round.admins;
  const { batchId } = await buildPreparedBatch({ admin, issueIds: round.issueIds });
  return outcomes(Array.from({ length: CLIENTS }, () => confirmNaively(batchId, admin.id)));
}

let guarded: { round: Round; refused: number };
beforeAll(async () => {
  const round = await buildRound();
  guarded = { round, refused: (await race(round)).unexpected.length };
});

test("a naive confirm is refused by the database itself, every time", async () => {
  expect(guarded.refused).toBe(CLIENTS);
  expect(await doublePayments(guarded.round)).toBe(0);
});

test("without the database's guards the naive confirm pays twice, and the harness sees it", async () => {
  for (const statement of [
    "ALTER TABLE issue_payouts DROP CONSTRAINT issue_payouts_seq_fkey",
    "ALTER TABLE issue_payouts DROP CONSTRAINT issue_payouts_opposite_fkey",
    "DROP INDEX issue_payouts_seq_key, issue_payouts_opposite_key, issue_payouts_once_per_transfer",
    "ALTER TABLE issue_payouts DISABLE TRIGGER USER",
    "ALTER TABLE issues DISABLE TRIGGER USER",
  ]) {
    await db().$executeRawUnsafe(statement);
  }
  const round = await buildRound();
  await race(round);
  expect(await doublePayments(round)).toBeGreaterThan(0);
});
