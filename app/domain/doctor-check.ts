/** The invariants that `npm run doctor` asks (DESIGN 6), by name; models/doctor-checks.ts has their SQL. */
export const CHECK_NAMES = [
  "paid_once",
  "paid_means_payment",
  "paid_as_approved",
  "payments_take_turns",
  "reversals_opposite",
  "payments_through_batch",
  "references_present",
  "not_own_money",
  "corrections_belong",
  "dates_in_order",
  "batches_add_up",
  "items_match_issues",
  "reserved_once",
  "batches_settled",
  "items_have_payments",
  "events_unbroken",
  "events_tell_state",
  "events_legal",
  "payments_told",
  "sums_agree",
  "totals_kept",
  "bulk_adds_up",
  "no_session_left",
  "screenshots_whole",
] as const;
export type CheckName = (typeof CHECK_NAMES)[number];

/** An invariant that was asked: how many things break it, 0 if all is well, and the first of them by name. */
export type Examined = {
  readonly check: CheckName;
  readonly offenders: number;
  readonly examples: readonly string[];
};
