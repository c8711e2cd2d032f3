import type pg from "pg";

/** Issues filed one after the other are paid together. */
const BATCH_OF = 5_000;

/** Writes what happened to the issues of the table `made` (many-issues.ts): events, batches, payments, corrections. */
export async function writeManyPayments(superuser: pg.Client): Promise<void> {
  await makeParts(superuser);
  await writeBatches(superuser);
  await writeEvents(superuser);
  await writePaymentRows(superuser);
  await superuser.query("DROP TABLE parts, transfers");
}

/**
 * The tables `parts`, an issue's part in a batch, and `transfers`: the confirmed batches in the order of time, then one
 * that was cancelled, and one that is prepared now.
 */
async function makeParts(superuser: pg.Client): Promise<void> {
  await superuser.query(`
    CREATE UNLOGGED TABLE parts AS
      SELECT n, tester_id, currency, amount, 1 AS seq, 'paid'::batch_item_state AS state, 1 + n / ${BATCH_OF} AS batch_id
        FROM made WHERE story IN ('paid', 'paid again', 'returned', 'kept')
      UNION ALL
      SELECT n, tester_id, currency, amount, 3, 'paid', 2 + n / ${BATCH_OF} FROM made WHERE story = 'paid again'
      UNION ALL
      SELECT n, tester_id, currency, amount, 0, (CASE tester_id % 40 WHEN 10 THEN 'reserved' ELSE 'released' END)::batch_item_state,
             (SELECT max(n) FROM made) / ${BATCH_OF} + CASE tester_id % 40 WHEN 10 THEN 4 ELSE 3 END
        FROM made WHERE story = 'approved' AND tester_id % 40 IN (10, 11);
    CREATE UNLOGGED TABLE transfers AS
      SELECT (row_number() OVER (ORDER BY batch_id, tester_id, currency))::int AS id, batch_id, tester_id, currency, state,
             count(*)::int AS issues, sum(amount)::bigint AS total,
             -- Of every ten, seven by Kaspi, two by the bank, one in cash.
             (CASE WHEN tester_id % 10 < 7 THEN 'kaspi' WHEN tester_id % 10 < 9 THEN 'bank' ELSE 'cash' END)::payout_method AS method,
             least(max(b.last_at) + interval '6 days', now() - interval '1 day') AS at
        FROM parts p JOIN (SELECT 1 + n / ${BATCH_OF} AS batch_id, max(at) AS last_at FROM made GROUP BY 1) b USING (batch_id)
        GROUP BY batch_id, tester_id, currency, state
      UNION ALL
      SELECT (SELECT count(*) FROM (SELECT DISTINCT batch_id, tester_id, currency FROM parts
                JOIN (SELECT DISTINCT 1 + n / ${BATCH_OF} AS batch_id FROM made) known USING (batch_id)) d)::int
               + (row_number() OVER (ORDER BY batch_id, tester_id, currency))::int,
             batch_id, tester_id, currency, state, count(*)::int, sum(amount)::bigint, 'kaspi', now() - interval '1 day'
        FROM parts WHERE batch_id > (SELECT max(1 + n / ${BATCH_OF}) FROM made)
        GROUP BY batch_id, tester_id, currency, state;
    CREATE UNIQUE INDEX ON transfers (batch_id, tester_id, currency);
    ANALYZE parts, transfers`);
}

async function writeBatches(superuser: pg.Client): Promise<void> {
  await superuser.query(`
    INSERT INTO payout_batches (id, status, prepared_by, prepared_at, confirmed_by, confirmed_at, cancelled_by, cancelled_at)
      SELECT batch_id, (CASE state WHEN 'paid' THEN 'confirmed' WHEN 'reserved' THEN 'prepared' ELSE 'cancelled' END)::batch_status,
             1, max(at), CASE state WHEN 'paid' THEN 1 END, CASE state WHEN 'paid' THEN max(at) END,
             CASE state WHEN 'released' THEN 1 END, CASE state WHEN 'released' THEN max(at) END
        FROM transfers GROUP BY batch_id, state;
    INSERT INTO payout_transfers (id, batch_id, tester_id, currency, issue_count, total_amount, method, reference, paid_on)
      SELECT id, batch_id, tester_id, currency, issues, total, CASE state WHEN 'paid' THEN method END,
             CASE WHEN state = 'paid' AND method <> 'cash' THEN 'R' || id END, CASE state WHEN 'paid' THEN at::date END
        FROM transfers;
    INSERT INTO payout_batch_items (transfer_id, issue_id, batch_id, tester_id, currency, amount, state)
      SELECT t.id, p.n, p.batch_id, p.tester_id, p.currency, p.amount, p.state
        FROM parts p JOIN transfers t USING (batch_id, tester_id, currency);
    SELECT setval('payout_batches_id_seq', (SELECT max(id) FROM payout_batches)),
           setval('payout_transfers_id_seq', (SELECT max(id) FROM payout_transfers))`);
}

const APPROVED = ["approved", "triaged", "approved"] as const;
const PAID = ["paid", "triaged", "paid"] as const;
const ENDED = (payout: string) => ["status_changed", "its own", payout] as const;

/** What followed the filing: kind, status and payout status that it led to; "its own" is the last one. */
const STORIES: Readonly<Record<string, readonly (readonly [string, string, string])[]>> = {
  approved: [APPROVED],
  rejected: [["rejected", "its own", "rejected"]],
  paid: [APPROVED, PAID, ENDED("paid")],
  cancelled: [APPROVED, ["voided", "triaged", "void"], ENDED("void")],
  returned: [APPROVED, PAID, ["voided", "triaged", "void"], ENDED("void")],
  kept: [APPROVED, PAID, ["voided", "triaged", "void"], ENDED("void")],
  "paid again": [APPROVED, PAID, ["reversed", "triaged", "approved"], PAID, ENDED("paid")],
};

async function writeEvents(superuser: pg.Client): Promise<void> {
  const steps = Object.entries(STORIES).flatMap(([story, told]) =>
    told.map(([kind, status, payout], at) => {
      const [, wasStatus = "open", wasPayout = "pending"] = told[at - 1] ?? [];
      // The first payment of an issue, or the second.
      const seq = kind === "paid" ? (at > 1 ? 3 : 1) : null;
      return `('${story}', ${at + 2}, '${kind}', '${wasStatus}', '${status}', '${wasPayout}', '${payout}', ${seq}::int)`;
    }),
  );
  await superuser.query(`
    INSERT INTO issue_events (issue_id, version, kind, at, to_status, to_payout_status)
      SELECT n, 1, 'filed', at, 'open', 'pending' FROM made ORDER BY n;
    INSERT INTO issue_events (issue_id, version, kind, at, actor_id, from_status, to_status, from_payout_status, to_payout_status,
                              amount, currency, reason, batch_id)
      SELECT m.n, s.version, s.kind::issue_event_kind, m.at + (s.version - 1) * interval '1 day', 1, s.was::issue_status,
             (CASE s.status WHEN 'its own' THEN m.status::text ELSE s.status END)::issue_status,
             s.was_payout::payout_status, s.payout::payout_status, m.amount, m.currency,
             CASE s.kind WHEN 'rejected' THEN m.status::text WHEN 'voided' THEN 'Not ours' WHEN 'reversed' THEN 'Wrong card' END,
             p.batch_id
        FROM made m JOIN (VALUES ${steps.join(",")}) s (story, version, kind, was, status, was_payout, payout, seq) USING (story)
        LEFT JOIN parts p ON p.n = m.n AND p.seq = s.seq AND p.state = 'paid'
        ORDER BY m.n, s.version;
    INSERT INTO issue_events (issue_id, version, kind, at, actor_id, from_status, to_status, from_payout_status, to_payout_status, amount, currency)
      SELECT n, CASE story WHEN 'approved' THEN 3 ELSE 2 END, 'status_changed', at + interval '3 days', 1,
             (CASE story WHEN 'approved' THEN 'triaged' ELSE 'open' END)::issue_status, status, payout_status, payout_status, amount, currency
        FROM made WHERE status = 'in_progress'`);
}

/** A reversal is of the same instant as its event, the fourth of its issue. One transfer in a hundred was corrected. */
async function writePaymentRows(superuser: pg.Client): Promise<void> {
  await superuser.query(`
    INSERT INTO issue_payouts (issue_id, seq, tester_id, batch_id, transfer_id, amount, currency, method, reference, paid_on,
                               recorded_at, recorded_by, cycle_name, issue_title, severity, kind, reason)
      SELECT i.id, p.seq + r.n, i.tester_id, t.batch_id, t.id, CASE r.n WHEN 0 THEN p.amount ELSE -p.amount END, p.currency,
             t.method, CASE WHEN t.method <> 'cash' THEN 'R' || t.id END, t.at::date,
             CASE r.n WHEN 0 THEN t.at ELSE m.at + interval '3 days' END, 1, c.name, i.title, i.severity,
             CASE r.n WHEN 1 THEN (CASE m.story WHEN 'returned' THEN 'returned' ELSE 'bounced' END)::reversal_kind END,
             CASE r.n WHEN 1 THEN 'Wrong card' END
        FROM parts p
        JOIN transfers t USING (batch_id, tester_id, currency)
        JOIN made m ON m.n = p.n
        JOIN issues i ON i.id = p.n
        JOIN test_cycles c ON c.id = i.cycle_id
        JOIN generate_series(0, 1) r (n) ON r.n = 0 OR p.seq = 1 AND m.story IN ('paid again', 'returned')
        WHERE p.state = 'paid'
        ORDER BY t.batch_id, i.id, p.seq + r.n;
    INSERT INTO payment_corrections (payment_id, reference, paid_on, reason, corrected_by, tester_id)
      SELECT id, CASE WHEN method <> 'cash' THEN reference || 'A' END, paid_on, 'Mistyped', 1, tester_id
        FROM issue_payouts WHERE transfer_id % 100 = 0`);
}
