import type pg from "pg";
import type { BenchCluster } from "./bench-cluster";

export const PAYMENTS = 1_000_000;
const TESTERS = 2_000;
const CYCLES = 500;

/** Sees that the database `payments` is there: a million payments, a thousandth of them corrected since. */
export function keepPayments(cluster: BenchCluster): Promise<void> {
  return cluster.keep("payments", ["scripts/bench/payments.ts"], write);
}

/** With the triggers off, and without the issues and batches that an export does not read. */
async function write(superuser: pg.Client): Promise<void> {
  await superuser.query("SET session_replication_role = replica");
  await superuser.query(`
    INSERT INTO users (id, name, email, role)
      SELECT n, CASE n WHEN 1 THEN 'Nazira' ELSE 'Айгүл Тестер ' || n END, 'user' || n || '@example.com',
             (CASE n WHEN 1 THEN 'admin' ELSE 'tester' END)::user_role
        FROM generate_series(1, ${TESTERS + 1}) n;
    SELECT setval('users_id_seq', ${TESTERS + 1})`);
  await superuser.query(`
    INSERT INTO issue_payouts (issue_id, seq, tester_id, batch_id, transfer_id, amount, currency, method, reference,
                               paid_on, recorded_at, recorded_by, cycle_name, issue_title, severity, kind, reason)
      SELECT n - (n % 100 = 0)::int, 1 + (n % 100 = 0)::int, 2 + n % ${TESTERS}, 1 + n / 400, 1 + n / 8,
             CASE WHEN n % 100 = 0 THEN -1 ELSE 1 END * (100000 * (1 + n % 15)), (CASE n % 20 WHEN 7 THEN 'USD' ELSE 'KZT' END)::currency,
             (ARRAY['kaspi','kaspi','kaspi','bank','cash'])[1 + n % 5]::payout_method, CASE n % 5 WHEN 4 THEN NULL ELSE 'REF-' || n / 8 END,
             current_date - ((${PAYMENTS} - n) / 900)::int, now() - interval '3 years' * (1 - n / ${PAYMENTS}.0), 1,
             'Цикл ' || 1 + n % ${CYCLES} || ' — Pre-launch sweep',
             -- Quotes or commas in one title of twelve, as in the Eclipse file.
             CASE n % 24 WHEN 7 THEN 'Cart, total and "promo" disagree' WHEN 19 THEN 'Profile: photo, then save, crashes'
               ELSE (ARRAY['Оплата зависает после обновления','Checkout is empty on Safari','Төлем қате береді',
                           'Search forgets the last filter'])[1 + n % 4] END || ' #' || n,
             (ARRAY['low','medium','high','critical'])[1 + n % 4]::severity,
             CASE WHEN n % 100 = 0 THEN 'bounced'::reversal_kind END, CASE WHEN n % 100 = 0 THEN 'Sent back.' END
        FROM generate_series(1, ${PAYMENTS}) n;
    INSERT INTO payment_corrections (payment_id, tester_id, reference, paid_on, reason, corrected_by)
      SELECT id, tester_id, reference, paid_on - 1, 'Mistyped.', 1 FROM issue_payouts WHERE id % 1000 = 501`);
  await superuser.query("SET session_replication_role = DEFAULT");
  await superuser.query("VACUUM ANALYZE");
}
