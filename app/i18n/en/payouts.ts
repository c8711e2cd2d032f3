/** Payouts, batches, voids and reversals. */
export const payouts = {
  title: "Payouts",
} as const;
