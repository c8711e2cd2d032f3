import { Prisma } from "~/generated/prisma/client";

// The table kept_totals (docs/decisions/017): triggers keep it, in the transaction that changes what it counts. Zeros stay
// behind in it and mean nothing: every query leaves them out.

/** Of payments and of reversals by their kind; reversals are negative. */
export const KEPT_PAYMENTS = ["payment", "bounced", "never_sent", "returned"] as const;

/** Filed issues by their payout status; `amount` is what is approved for them. */
export const KEPT_ISSUES = ["pending", "approved", "rejected", "paid", "void"] as const;

export type KeptWhat =
  | (typeof KEPT_PAYMENTS)[number]
  | (typeof KEPT_ISSUES)[number]
  /** Commitments voided before anything was paid. */
  | "cancelled";

/** `k.what` is one of these, said so that an index is asked once for each. */
export function keptAs(whats: readonly KeptWhat[]): Prisma.Sql {
  return Prisma.sql`k.what = ANY (${[...whats]}::kept_what[]) AND k.issues <> 0`;
}

/** The totals `k` of whole cycles, of whoever filed in them. */
export const OF_CYCLES = Prisma.sql`k.tester_id IS NULL`;

/** The totals `k` of testers, whatever cycle it was in. */
export const OF_TESTERS = Prisma.sql`k.cycle_id IS NULL`;

export function isKeptPayment(what: KeptWhat): boolean {
  return KEPT_PAYMENTS.some((payment) => payment === what);
}

export function isKeptIssue(what: KeptWhat): boolean {
  return KEPT_ISSUES.some((status) => status === what);
}
