import { describe, expect, it } from "vitest";
import { isNegativeClosing, ISSUE_STATUSES, type IssueStatus } from "./issue-status";
import {
  hasApprovedAmount,
  isAccepted,
  isLegalPayoutMove,
  isPayoutStatus,
  LEGAL_PAYOUT_MOVES,
  PAYOUT_STATUSES,
  payoutSideEffectForStatusChange,
  type PayoutStatus,
} from "./payout-status";

describe("payout moves", () => {
  it("are the ten of DESIGN 3", () => {
    const legal = PAYOUT_STATUSES.map((from) => [
      from,
      PAYOUT_STATUSES.filter((to) => isLegalPayoutMove(from, to)),
    ]);
    expect(Object.fromEntries(legal)).toEqual({
      pending: ["approved", "rejected"],
      approved: ["pending", "approved", "rejected", "paid", "void"],
      rejected: ["pending"],
      paid: ["approved", "void"],
      void: [],
    });
    expect(LEGAL_PAYOUT_MOVES).toHaveLength(10);
  });
});

describe("payoutSideEffectForStatusChange", () => {
  it.each<[IssueStatus, IssueStatus, PayoutStatus, PayoutStatus | null]>([
    ["open", "duplicate", "pending", "rejected"],
    ["fixed", "wont_fix", "approved", "rejected"],
    ["closed", "rejected", "paid", null],
    ["closed", "rejected", "void", null],
    ["triaged", "cant_reproduce", "rejected", null],
    ["duplicate", "wont_fix", "rejected", null],
    ["duplicate", "wont_fix", "approved", "rejected"], // paid, closed negative, then bounced
    ["duplicate", "open", "rejected", "pending"],
    ["rejected", "closed", "rejected", "pending"],
    ["duplicate", "open", "approved", null],
    ["duplicate", "open", "paid", null],
    ["duplicate", "open", "void", null],
    ["triaged", "fixed", "rejected", null],
    ["open", "triaged", "pending", null],
    ["draft", "open", "pending", null],
  ])("%s → %s with payout %s: %s", (from, to, payoutStatus, effect) => {
    expect(payoutSideEffectForStatusChange({ from, to, payoutStatus })).toBe(effect);
  });

  it("is always a legal move, and never leaves a pending payout in a negative closing", () => {
    for (const from of ISSUE_STATUSES) {
      for (const to of ISSUE_STATUSES) {
        for (const payoutStatus of PAYOUT_STATUSES) {
          const effect = payoutSideEffectForStatusChange({ from, to, payoutStatus });
          if (effect !== null) expect(isLegalPayoutMove(payoutStatus, effect)).toBe(true);
          expect(isNegativeClosing(to) && (effect ?? payoutStatus) === "pending").toBe(false);
        }
      }
    }
  });
});

it("says which statuses carry an amount and which count as accepted", () => {
  expect(PAYOUT_STATUSES.filter(hasApprovedAmount)).toEqual(["approved", "paid", "void"]);
  expect(PAYOUT_STATUSES.filter(isAccepted)).toEqual(["approved", "paid"]);
  expect(PAYOUT_STATUSES.every(isPayoutStatus)).toBe(true);
  expect(isPayoutStatus("open")).toBe(false);
});
