import { db } from "~/database/client.server";

// The control of the races: what is caught there must be something that goes wrong without the guards.

/** Read, check, write, each by itself: how a payout page is often written. */
export async function confirmNaively(batchId: number, admin: number): Promise<void> {
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

/** Takes away what makes the database refuse a naive confirm. For a database that is thrown away afterwards. */
export async function dropPaymentGuards(): Promise<void> {
  for (const statement of [
    "ALTER TABLE issue_payouts DROP CONSTRAINT issue_payouts_seq_fkey",
    "ALTER TABLE issue_payouts DROP CONSTRAINT issue_payouts_opposite_fkey",
    "DROP INDEX issue_payouts_seq_key, issue_payouts_opposite_key, issue_payouts_once_per_transfer",
    "ALTER TABLE issue_payouts DISABLE TRIGGER USER",
    "ALTER TABLE issues DISABLE TRIGGER USER",
  ]) {
    await db().$executeRawUnsafe(statement);
  }
}
