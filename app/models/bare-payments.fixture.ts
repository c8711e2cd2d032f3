import { db } from "~/database/client.server";

/**
 * Payments by the thousand, without the rules that tie each to its issue, batch and transfer: for tests of which only
 * the number matters. The test's own database is no good for anything else afterwards.
 */
export async function insertBarePayments(testerId: number, count: number): Promise<void> {
  await db().$executeRaw`ALTER TABLE issue_payouts DISABLE TRIGGER USER`;
  await db().$executeRaw`
    DO $$ DECLARE key text; BEGIN
      FOR key IN SELECT conname FROM pg_constraint WHERE conrelid = 'issue_payouts'::regclass AND contype = 'f'
      LOOP EXECUTE format('ALTER TABLE issue_payouts DROP CONSTRAINT %I', key); END LOOP;
    END $$`;
  await db().$executeRaw`
    INSERT INTO issue_payouts (issue_id, seq, tester_id, batch_id, transfer_id, amount, currency, method,
                               reference, paid_on, cycle_name, issue_title, severity)
      SELECT 1000000 + n, 1, ${testerId}, 1, 1, 100, 'KZT', 'kaspi', 'REF-' || n, current_date - 2 - n / 100,
             'A cycle', 'Payment fails on mobile Safari, number ' || n, 'high'
        FROM generate_series(1, ${count}::int) n`;
  await db().$executeRaw`ANALYZE issue_payouts`;
}
