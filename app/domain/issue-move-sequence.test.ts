import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  approve,
  changeApprovedAmount,
  changeStatus,
  type IssueMove,
  type IssueMoveEvent,
  type IssueState,
  markPaid,
  rejectPayout,
  reverse,
  submitDraft,
  undo,
  VOIDED_MONEY,
  voidCommitment,
  voidPaid,
} from "./issue-move";
import { isNegativeClosing, ISSUE_STATUSES, NEGATIVE_CLOSINGS } from "./issue-status";
import { CURRENCIES } from "./money";
import { hasApprovedAmount, isLegalPayoutMove, PAYOUT_STATUSES } from "./payout-status";

const draft: IssueState = { status: "draft", payoutStatus: "pending", approved: null };
const open: IssueState = { status: "open", payoutStatus: "pending", approved: null };

describe("any sequence of moves", () => {
  type Past = { readonly previous: IssueState; readonly event: IssueMoveEvent };
  type Move = (state: IssueState, past: Past | null) => IssueMove | null;
  const anyMoney = fc.record({
    currency: fc.constantFrom(...CURRENCIES),
    amount: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer()),
  });
  const reason = fc.constantFrom("because", "", " ");
  const anyMove = fc.oneof(
    anyMoney.map(
      (m): Move =>
        (state) =>
          approve(state, { money: m }),
    ),
    fc.constantFrom(...NEGATIVE_CLOSINGS).map(
      (why): Move =>
        (state) =>
          rejectPayout(state, { reason: why }),
    ),
    fc.tuple(anyMoney, reason).map(
      ([m, note]): Move =>
        (state) =>
          changeApprovedAmount(state, { money: m, note }),
    ),
    fc.constantFrom(...ISSUE_STATUSES).map(
      (to): Move =>
        (state) =>
          changeStatus(state, { to }),
    ),
    fc.constantFrom<Move>(submitDraft, markPaid),
    reason.map(
      (why): Move =>
        (state) =>
          voidCommitment(state, { reason: why }),
    ),
    reason.map(
      (why): Move =>
        (state) =>
          reverse(state, { kind: "bounced", reason: why }),
    ),
    fc.tuple(fc.constantFrom(...VOIDED_MONEY), reason).map(
      ([kind, why]): Move =>
        (state) =>
          voidPaid(state, { money: kind, reason: why }),
    ),
    fc.constant<Move>((state, past) => past && undo(state, past.previous, past.event)),
  );

  function expectLegalStep(from: IssueState, to: IssueState, event: IssueMoveEvent) {
    const stays = from.payoutStatus === to.payoutStatus;
    expect(stays || isLegalPayoutMove(from.payoutStatus, to.payoutStatus)).toBe(true);
    expect(to.approved !== null).toBe(hasApprovedAmount(to.payoutStatus));
    expect(to.payoutStatus === "pending" && isNegativeClosing(to.status)).toBe(false);
    expect(to.status).not.toBe("draft");
    expect(event.money).toEqual(to.approved ?? from.approved);
    if (to.approved !== null && from.approved !== null) {
      expect(to.approved.currency).toBe(from.approved.currency);
      if (event.kind !== "amount_changed") expect(to.approved).toEqual(from.approved);
    }
    if (from.payoutStatus === "void") expect(to.payoutStatus).toBe("void");
    if (event.kind === "undone") expect(isNegativeClosing(to.status)).toBe(false);
  }

  it("moves money only along the table, and keeps state and amount in agreement", () => {
    const reached = new Set<string>();
    const starts = fc.constantFrom(draft, open);
    fc.assert(
      fc.property(starts, fc.array(anyMove, { minLength: 1, maxLength: 60 }), (start, moves) => {
        let state = start;
        let past: Past | null = null;
        for (const move of moves) {
          const result: IssueMove | null = move(state, past);
          if (result === null || !result.ok) continue;
          expectLegalStep(state, result.next, result.event);
          reached.add(result.next.payoutStatus);
          past = { previous: state, event: result.event };
          state = result.next;
        }
      }),
      { numRuns: 500 },
    );
    expect([...reached].toSorted()).toEqual([...PAYOUT_STATUSES].toSorted());
  });
});
