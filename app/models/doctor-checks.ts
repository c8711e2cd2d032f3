import type { CheckName } from "~/domain/doctor-check";
import { legalEvents, legalEventText } from "~/domain/legal-event";

/** An invariant of the money (DESIGN 3), as SQL whose rows are what breaks it; `offender` names each. */
export type Check = {
  readonly name: CheckName;
  readonly sql: string;
  readonly values?: unknown[];
};

/** Per issue: what stands, and how many rows say so. Read by several checks. */
const STANDING = `
  SELECT issue_id, count(*) FILTER (WHERE seq % 2 = 1) - count(*) FILTER (WHERE seq % 2 = 0) AS live, max(seq) AS last
    FROM issue_payouts GROUP BY issue_id`;

const PAYMENTS: readonly Check[] = [
  {
    name: "paid_once",
    sql: `SELECT 'issue ' || issue_id AS offender FROM (${STANDING}) s WHERE live > 1`,
  },
  {
    name: "paid_means_payment",
    sql: `SELECT 'issue ' || i.id AS offender FROM issues i LEFT JOIN (${STANDING}) s ON s.issue_id = i.id
           WHERE i.payout_status = 'paid' AND coalesce(s.live, 0) < 1
              OR i.payout_status NOT IN ('paid', 'void') AND s.live > 0`,
  },
  {
    name: "paid_as_approved",
    sql: `SELECT 'payment ' || p.id AS offender FROM issue_payouts p JOIN issues i ON i.id = p.issue_id
           WHERE p.tester_id <> i.tester_id
              OR p.seq % 2 = 1 AND i.payout_status IN ('paid', 'void')
                 AND NOT EXISTS (SELECT FROM issue_payouts r WHERE r.issue_id = p.issue_id AND r.seq = p.seq + 1)
                 AND (p.amount, p.currency) IS DISTINCT FROM (i.approved_amount, i.approved_currency)`,
  },
  {
    name: "payments_take_turns",
    sql: `SELECT 'issue ' || issue_id AS offender FROM (
            SELECT issue_id, seq, amount, kind, row_number() OVER (PARTITION BY issue_id ORDER BY seq) AS place
              FROM issue_payouts) p
           GROUP BY issue_id
           HAVING bool_or(seq <> place OR (seq % 2 = 1) <> (amount > 0) OR (seq % 2 = 0) <> (kind IS NOT NULL))`,
  },
  {
    name: "reversals_opposite",
    sql: `SELECT 'payment ' || r.id AS offender
            FROM issue_payouts r JOIN issue_payouts p ON p.issue_id = r.issue_id AND p.seq = r.seq - 1
           WHERE r.seq % 2 = 0 AND (-r.amount, r.currency, r.tester_id, r.transfer_id, r.method)
                 IS DISTINCT FROM (p.amount, p.currency, p.tester_id, p.transfer_id, p.method)`,
  },
  {
    name: "payments_through_batch",
    sql: `SELECT 'payment ' || p.id AS offender
            FROM issue_payouts p
            LEFT JOIN payout_batch_items i ON i.transfer_id = p.transfer_id AND i.issue_id = p.issue_id
            LEFT JOIN payout_batches b ON b.id = i.batch_id
           WHERE (i.batch_id, i.currency, i.amount, i.state, b.status)
                 IS DISTINCT FROM (p.batch_id, p.currency, abs(p.amount), 'paid', 'confirmed')`,
  },
  {
    name: "references_present",
    sql: `SELECT 'payment ' || id AS offender FROM issue_payouts
           WHERE method <> 'cash' AND coalesce(reference, '') !~ '\\S'
          UNION ALL
          SELECT 'transfer ' || id FROM payout_transfers
           WHERE method <> 'cash' AND coalesce(reference, '') !~ '\\S'
          UNION ALL
          SELECT 'correction ' || c.id FROM payment_corrections c JOIN issue_payouts p ON p.id = c.payment_id
           WHERE p.method <> 'cash' AND coalesce(c.reference, '') !~ '\\S'`,
  },
  {
    name: "not_own_money",
    sql: `SELECT 'issue ' || id AS offender FROM issues WHERE approved_by = tester_id
          UNION ALL
          SELECT 'payment ' || id FROM issue_payouts WHERE recorded_by = tester_id
          UNION ALL
          SELECT 'transfer ' || t.id FROM payout_transfers t JOIN payout_batches b ON b.id = t.batch_id
           WHERE t.left_out_at IS NULL AND b.confirmed_by = t.tester_id
          UNION ALL
          SELECT 'correction ' || c.id FROM payment_corrections c JOIN issue_payouts p ON p.id = c.payment_id
           WHERE c.corrected_by = p.tester_id`,
  },
  {
    name: "corrections_belong",
    sql: `SELECT 'correction ' || c.id AS offender FROM payment_corrections c
           WHERE NOT EXISTS (SELECT FROM issue_payouts p WHERE p.id = c.payment_id AND p.tester_id = c.tester_id)`,
  },
  {
    name: "dates_in_order",
    sql: `SELECT 'payment ' || r.id AS offender
            FROM issue_payouts r LEFT JOIN issue_payouts p ON p.issue_id = r.issue_id AND p.seq = r.seq - 1
           WHERE payment_paid_on(r) > latest_possible_date()
              OR r.seq % 2 = 0 AND payment_paid_on(p) > payment_paid_on(r)`,
  },
];

const BATCHES: readonly Check[] = [
  {
    name: "batches_add_up",
    sql: `SELECT 'transfer ' || t.id AS offender FROM payout_transfers t
            LEFT JOIN (SELECT transfer_id, count(*) AS issues, sum(amount) AS total
                         FROM payout_batch_items GROUP BY transfer_id) s ON s.transfer_id = t.id
           WHERE (s.issues, s.total) IS DISTINCT FROM (t.issue_count::bigint, t.total_amount::numeric)
          UNION ALL
          SELECT 'batch ' || b.id FROM payout_batches b
           WHERE NOT EXISTS (SELECT FROM payout_transfers t WHERE t.batch_id = b.id)`,
  },
  {
    name: "items_match_issues",
    sql: `SELECT 'issue ' || i.issue_id AS offender FROM payout_batch_items i
            JOIN payout_transfers t ON t.id = i.transfer_id
            LEFT JOIN issues s ON s.id = i.issue_id
           WHERE (i.tester_id, i.tester_id, i.currency, i.batch_id)
                 IS DISTINCT FROM (s.tester_id, t.tester_id, t.currency, t.batch_id)
              OR i.state = 'reserved' AND ('approved', i.amount, i.currency)
                 IS DISTINCT FROM (s.payout_status, s.approved_amount, s.approved_currency)`,
  },
  {
    name: "reserved_once",
    sql: `SELECT 'issue ' || issue_id AS offender FROM payout_batch_items WHERE state = 'reserved'
           GROUP BY issue_id HAVING count(*) > 1`,
  },
  {
    name: "batches_settled",
    sql: `SELECT DISTINCT 'batch ' || b.id AS offender
            FROM payout_batches b JOIN payout_transfers t ON t.batch_id = b.id
            LEFT JOIN payout_batch_items i ON i.transfer_id = t.id
           WHERE i.state <> (CASE WHEN t.left_out_at IS NOT NULL OR b.status = 'cancelled' THEN 'released'
                                  WHEN b.status = 'confirmed' THEN 'paid' ELSE 'reserved' END)::batch_item_state
              OR (b.status = 'confirmed' AND t.left_out_at IS NULL) <> (t.method IS NOT NULL)`,
  },
  {
    name: "items_have_payments",
    sql: `SELECT 'issue ' || i.issue_id AS offender FROM payout_batch_items i
           WHERE i.state = 'paid' AND NOT EXISTS (
             SELECT FROM issue_payouts p
              WHERE p.issue_id = i.issue_id AND p.transfer_id = i.transfer_id AND p.seq % 2 = 1)`,
  },
];

const EVENTS: readonly Check[] = [
  {
    name: "events_unbroken",
    sql: `SELECT 'issue ' || issue_id AS offender FROM (
            SELECT issue_id, version, from_status, from_payout_status,
                   row_number() OVER w AS place, lag(to_status) OVER w AS was, lag(to_payout_status) OVER w AS paid
              FROM issue_events WINDOW w AS (PARTITION BY issue_id ORDER BY version)) e
           GROUP BY issue_id
           HAVING bool_or(version <> place OR (from_status, from_payout_status) IS DISTINCT FROM (was, paid))`,
  },
  {
    name: "events_tell_state",
    sql: `SELECT 'issue ' || i.id AS offender FROM issues i
            LEFT JOIN LATERAL (SELECT * FROM issue_events e WHERE e.issue_id = i.id ORDER BY e.version DESC LIMIT 1) e ON true
           WHERE (e.version, e.to_status, e.to_payout_status) IS DISTINCT FROM (i.version, i.status, i.payout_status)
              OR i.approved_amount IS NOT NULL
                 AND (e.amount, e.currency) IS DISTINCT FROM (i.approved_amount, i.approved_currency)`,
  },
  {
    name: "events_legal",
    sql: `SELECT 'issue ' || issue_id || ' version ' || version AS offender FROM issue_events
           WHERE kind || ' ' || coalesce(from_status || '/' || from_payout_status, '-')
                 || ' ' || to_status || '/' || to_payout_status <> ALL ($1::text[])`,
    values: [legalEvents().map(legalEventText)],
  },
  {
    name: "payments_told",
    sql: `SELECT 'payment ' || p.id AS offender FROM issue_payouts p
           WHERE NOT EXISTS (SELECT FROM issue_events e WHERE e.issue_id = p.issue_id AND CASE
             WHEN p.seq % 2 = 1 THEN e.kind = 'paid' AND e.batch_id = p.batch_id
             ELSE e.kind IN ('reversed', 'voided') AND e.from_payout_status = 'paid' AND e.at = p.recorded_at END)
          UNION ALL
          SELECT 'issue ' || e.issue_id FROM issue_events e
           WHERE e.kind = 'paid' AND NOT EXISTS (
             SELECT FROM issue_payouts p WHERE p.issue_id = e.issue_id AND p.batch_id = e.batch_id AND p.seq % 2 = 1)
          UNION ALL
          SELECT 'issue ' || e.issue_id FROM issue_events e
           WHERE e.kind = 'reversed' AND NOT EXISTS (
             SELECT FROM issue_payouts p WHERE p.issue_id = e.issue_id AND p.recorded_at = e.at AND p.seq % 2 = 0)`,
  },
];

const ALL_ELSE: readonly Check[] = [
  {
    name: "sums_agree",
    sql: `WITH by_issue AS (
            SELECT i.tester_id, i.approved_currency AS currency, sum(i.approved_amount) AS total FROM issues i
             WHERE i.payout_status = 'paid'
                OR i.payout_status = 'void' AND EXISTS (SELECT FROM issue_payouts p WHERE p.issue_id = i.id)
                   AND NOT EXISTS (SELECT FROM issue_payouts r WHERE r.issue_id = i.id AND r.seq % 2 = 0
                     AND r.seq = (SELECT max(m.seq) FROM issue_payouts m WHERE m.issue_id = i.id))
             GROUP BY i.tester_id, i.approved_currency),
          by_payment AS (
            SELECT tester_id, currency, sum(amount) AS total FROM issue_payouts GROUP BY tester_id, currency)
          SELECT 'tester ' || tester_id || ' ' || currency AS offender
            FROM by_issue i FULL JOIN by_payment p USING (tester_id, currency)
           WHERE coalesce(i.total, 0) <> coalesce(p.total, 0)`,
  },
  {
    // One currency in any level that is off by anything shows as a sum that is not zero.
    name: "totals_kept",
    sql: `SELECT concat_ws(' ', 'tester ' || tester_id, 'cycle ' || cycle_id, what, severity, currency) AS offender FROM (
            SELECT tester_id, cycle_id, what, severity, currency, count(*) AS issues, coalesce(sum(amount), 0) AS amount FROM (
              SELECT tester_id, cycle_id, payout_status::text AS what, CASE payout_status WHEN 'pending' THEN severity END AS severity,
                     approved_currency AS currency, approved_amount AS amount
                FROM issues WHERE filed_at IS NOT NULL
              UNION ALL
              SELECT i.tester_id, i.cycle_id, 'cancelled', NULL, e.currency, e.amount
                FROM issue_events e JOIN issues i ON i.id = e.issue_id
               WHERE e.to_payout_status = 'void' AND e.from_payout_status = 'approved'
              UNION ALL
              SELECT i.tester_id, i.cycle_id, CASE WHEN p.seq % 2 = 1 THEN 'payment' ELSE p.kind::text END, NULL, p.currency, p.amount
                FROM issue_payouts p JOIN issues i ON i.id = p.issue_id) one
             GROUP BY what, severity, currency, GROUPING SETS ((tester_id, cycle_id), (tester_id), (cycle_id))
            UNION ALL
            SELECT tester_id, cycle_id, what::text, severity, currency, -issues, -amount FROM kept_totals) compared
           GROUP BY tester_id, cycle_id, what, severity, currency HAVING sum(issues) <> 0 OR sum(amount) <> 0
          UNION ALL
          SELECT 'change ' || id FROM kept_changes`,
  },
  {
    name: "bulk_adds_up",
    sql: `SELECT 'bulk decision ' || b.id AS offender FROM bulk_decisions b
           WHERE b.count <> (SELECT count(*) FROM issue_events e WHERE e.bulk_id = b.id)`,
  },
  {
    name: "no_session_left",
    sql: `SELECT 'session ' || s.id AS offender FROM sessions s JOIN users u ON u.id = s.user_id
           WHERE u.deactivated_at IS NOT NULL AND s.ended_at IS NULL AND s.expires_at > now()`,
  },
  {
    name: "screenshots_whole",
    sql: `SELECT 'screenshot ' || id AS offender FROM screenshots
           WHERE bytes <> octet_length(picture) OR octet_length(picture) = 0 OR octet_length(thumbnail) = 0`,
  },
];

/** All of them; i18n/en/doctor.ts says each in words. */
export const CHECKS: readonly Check[] = [...PAYMENTS, ...BATCHES, ...EVENTS, ...ALL_ELSE];
