import type { CheckName } from "~/domain/doctor-check";

/** Issues of one tester, all at the same rate. */
export type Examples = {
  paid: number[];
  again: number;
  returned: number;
  held: number[];
  waiting: number;
};

export type Break = {
  check: CheckName;
  /** Checks that cannot but tell too: the one implies the others. */
  also?: CheckName[];
  statements: (ids: Examples) => string[];
};

const drop = (table: string, name: string) => `ALTER TABLE ${table} DROP CONSTRAINT ${name}`;
const PAYMENT_COLUMNS = `tester_id, batch_id, transfer_id, amount, currency, method, reference, paid_on,
  recorded_by, cycle_name, issue_title, severity`;

export const BREAKS: readonly Break[] = [
  {
    check: "paid_once",
    also: ["payments_take_turns", "sums_agree", "totals_kept"],
    statements: (ids) => [
      "DROP INDEX issue_payouts_once_per_transfer",
      `INSERT INTO issue_payouts (issue_id, seq, ${PAYMENT_COLUMNS})
         SELECT issue_id, 3, ${PAYMENT_COLUMNS} FROM issue_payouts WHERE issue_id = ${ids.paid[0]}`,
    ],
  },
  {
    check: "paid_means_payment",
    also: ["events_tell_state", "sums_agree", "totals_kept"],
    statements: (ids) => [`UPDATE issues SET payout_status = 'paid' WHERE id = ${ids.waiting}`],
  },
  {
    // A tester's sum stays the same: one more here, one less there.
    check: "paid_as_approved",
    statements: (ids) =>
      [1, -1].flatMap((more, at) => [
        `UPDATE issues SET approved_amount = approved_amount + ${more} WHERE id = ${ids.paid[at]}`,
        `UPDATE issue_events SET amount = amount + ${more} WHERE issue_id = ${ids.paid[at]}`,
      ]),
  },
  {
    check: "payments_take_turns",
    statements: (ids) => [
      `UPDATE issue_payouts SET seq = 5 WHERE issue_id = ${ids.again} AND seq = 3`,
    ],
  },
  {
    check: "reversals_opposite",
    statements: (ids) => [
      `UPDATE issue_payouts SET method = 'bank' WHERE issue_id = ${ids.again} AND seq = 2`,
    ],
  },
  {
    check: "payments_through_batch",
    statements: (ids) =>
      ["issue_payouts", "issue_events"].map(
        (table) =>
          `UPDATE ${table} SET batch_id = (SELECT max(id) FROM payout_batches)
            WHERE issue_id = ${ids.paid[0]} AND batch_id IS NOT NULL`,
      ),
  },
  {
    check: "references_present",
    statements: (ids) => [
      drop("issue_payouts", "issue_payouts_reference_unless_cash"),
      `UPDATE issue_payouts SET reference = NULL WHERE issue_id = ${ids.paid[0]}`,
    ],
  },
  {
    check: "not_own_money",
    statements: (ids) => [
      drop("issue_payouts", "issue_payouts_not_recorded_by_own_tester"),
      `UPDATE issue_payouts SET recorded_by = tester_id WHERE issue_id = ${ids.paid[0]}`,
    ],
  },
  {
    check: "corrections_belong",
    statements: () => [
      `INSERT INTO payment_corrections (payment_id, reference, paid_on, reason, corrected_by, tester_id)
         SELECT 999999, 'REF', '2026-05-10', 'Typo', id, id FROM users WHERE role = 'admin'`,
    ],
  },
  {
    check: "dates_in_order",
    statements: (ids) => [
      `UPDATE issue_payouts SET paid_on = '2999-01-01' WHERE issue_id = ${ids.paid[0]}`,
    ],
  },
  {
    check: "batches_add_up",
    statements: (ids) => [
      `UPDATE payout_transfers SET total_amount = total_amount + 1
        WHERE id = (SELECT transfer_id FROM issue_payouts WHERE issue_id = ${ids.paid[0]})`,
    ],
  },
  {
    check: "items_match_issues",
    statements: (ids) => [
      `UPDATE payout_batch_items SET tester_id = (SELECT id FROM users WHERE name = 'Dana')
        WHERE issue_id = ${ids.paid[0]}`,
    ],
  },
  {
    check: "reserved_once",
    statements: (ids) => [
      "DROP INDEX payout_batch_items_reserved_once",
      `UPDATE payout_batch_items SET issue_id = ${ids.held[0]} WHERE issue_id = ${ids.held[1]}`,
    ],
  },
  {
    check: "batches_settled",
    statements: (ids) => [
      `UPDATE payout_batches SET status = 'cancelled', cancelled_at = now(), cancelled_by = prepared_by
        WHERE id = (SELECT batch_id FROM payout_batch_items WHERE issue_id = ${ids.held[0]})`,
    ],
  },
  {
    check: "items_have_payments",
    also: ["payments_told", "totals_kept"],
    statements: (ids) => [`DELETE FROM issue_payouts WHERE issue_id = ${ids.returned}`],
  },
  {
    check: "events_unbroken",
    statements: (ids) => [
      `DELETE FROM issue_events WHERE issue_id = ${ids.paid[0]} AND kind = 'approved'`,
    ],
  },
  {
    check: "events_tell_state",
    statements: (ids) => [`UPDATE issues SET version = version + 1 WHERE id = ${ids.paid[0]}`],
  },
  {
    check: "events_legal",
    statements: (ids) => [
      `UPDATE issue_events SET kind = 'edited' WHERE issue_id = ${ids.paid[0]} AND kind = 'approved'`,
    ],
  },
  {
    check: "payments_told",
    statements: (ids) => [
      `UPDATE issue_events SET batch_id = (SELECT max(id) FROM payout_batches)
        WHERE issue_id = ${ids.paid[0]} AND kind = 'paid'`,
    ],
  },
  {
    check: "sums_agree",
    also: ["paid_as_approved", "totals_kept"],
    statements: (ids) => [
      `UPDATE issues SET approved_amount = approved_amount + 1 WHERE id = ${ids.paid[0]}`,
      `UPDATE issue_events SET amount = amount + 1 WHERE issue_id = ${ids.paid[0]}`,
    ],
  },
  {
    check: "totals_kept",
    statements: () => [
      "UPDATE kept_totals SET amount = amount + 1 WHERE tester_id IS NULL AND what = 'payment'",
    ],
  },
  {
    check: "bulk_adds_up",
    statements: () => [
      `INSERT INTO bulk_decisions (admin_id, key, content_hash, intent, detail, count, totals)
         SELECT id, 'a key of some length', 'hash', 'reject', '{}', 2, '{}' FROM users WHERE role = 'admin'`,
    ],
  },
  {
    check: "no_session_left",
    statements: () => [
      `INSERT INTO sessions (token_hash, user_id, expires_at)
         SELECT repeat('a', 64), id, now() + interval '1 day' FROM users WHERE name = 'Dana'`,
      "UPDATE users SET deactivated_at = now() WHERE name = 'Dana'",
    ],
  },
  {
    check: "screenshots_whole",
    statements: (ids) => [
      drop("screenshots", "screenshots_size"),
      `INSERT INTO screenshots (issue_id, position, uploaded_by, hash, width, height, bytes, picture,
                                thumbnail_width, thumbnail_height, thumbnail)
         SELECT id, 1, tester_id, repeat('a', 64), 1, 1, 9, '\\x00', 1, 1, '\\x00'
           FROM issues WHERE id = ${ids.waiting}`,
    ],
  },
];
