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
import { NEGATIVE_CLOSINGS } from "./issue-status";
import { MAX_ISSUE_AMOUNT_MINOR, type Money } from "./money";

const money: Money = { currency: "KZT", amount: 1_500_000 };
const draft: IssueState = { status: "draft", payoutStatus: "pending", approved: null };
const open: IssueState = { status: "open", payoutStatus: "pending", approved: null };
const fixed: IssueState = { status: "fixed", payoutStatus: "pending", approved: null };
const approved: IssueState = { status: "triaged", payoutStatus: "approved", approved: money };
const rejected: IssueState = { status: "triaged", payoutStatus: "rejected", approved: null };
const paid: IssueState = { status: "triaged", payoutStatus: "paid", approved: money };
const voided: IssueState = { status: "triaged", payoutStatus: "void", approved: money };

function after(move: IssueMove): { next: IssueState; event: IssueMoveEvent } {
  if (!move.ok) throw new Error(`refused: ${move.problem}`);
  return { next: move.next, event: move.event };
}

function problemOf(move: IssueMove): string | null {
  return move.ok ? null : move.problem;
}

const said = (event: Partial<IssueMoveEvent>) => ({
  money: null,
  reason: null,
  note: null,
  ...event,
});

describe("approve", () => {
  it("triages an open issue and commits the amount", () => {
    expect(after(approve(open, { money, note: "good find" }))).toEqual({
      next: approved,
      event: said({ kind: "approved", money, note: "good find" }),
    });
  });

  it("keeps any other status, and a blank note is no note", () => {
    const { next, event } = after(approve(fixed, { money, note: "  " }));
    expect(next.status).toBe("fixed");
    expect(event.note).toBeNull();
  });

  it("is refused for drafts and for everything that is not pending", () => {
    expect(problemOf(approve(draft, { money }))).toBe("draft");
    for (const state of [approved, rejected, paid, voided]) {
      expect(problemOf(approve(state, { money }))).toBe("not_pending");
    }
  });

  it.each([
    [0, "amount_not_positive"],
    [-1, "amount_not_positive"],
    [MAX_ISSUE_AMOUNT_MINOR + 1, "amount_too_large"],
    [1.5, "amount_not_integer"],
    [Number.NaN, "amount_not_integer"],
  ])("refuses the amount %s", (amount, problem) => {
    expect(problemOf(approve(open, { money: { currency: "KZT", amount } }))).toBe(problem);
  });
});

describe("rejectPayout", () => {
  it.each(NEGATIVE_CLOSINGS)("closes an open issue as %s", (reason) => {
    expect(after(rejectPayout(open, { reason, note: "see #7" }))).toEqual({
      next: { status: reason, payoutStatus: "rejected", approved: null },
      event: said({ kind: "rejected", reason, note: "see #7" }),
    });
  });

  it("keeps any other status", () => {
    expect(after(rejectPayout(fixed, { reason: "duplicate" })).next).toEqual({
      ...fixed,
      payoutStatus: "rejected",
    });
  });

  it("is refused for drafts and for everything that is not pending", () => {
    expect(problemOf(rejectPayout(draft, { reason: "wont_fix" }))).toBe("draft");
    for (const state of [approved, rejected, paid, voided]) {
      expect(problemOf(rejectPayout(state, { reason: "wont_fix" }))).toBe("not_pending");
    }
  });
});

describe("changeApprovedAmount", () => {
  const less: Money = { currency: "KZT", amount: 1_000_000 };

  it("replaces the amount and says why", () => {
    expect(after(changeApprovedAmount(approved, { money: less, note: "partly known" }))).toEqual({
      next: { ...approved, approved: less },
      event: said({ kind: "amount_changed", money: less, note: "partly known" }),
    });
  });

  it.each<[string, IssueState, Money, string]>([
    ["not_approved", open, less, "why"],
    ["not_approved", paid, less, "why"],
    ["currency_changed", approved, { currency: "USD", amount: 5 }, "why"],
    ["amount_unchanged", approved, money, "why"],
    ["amount_not_positive", approved, { currency: "KZT", amount: 0 }, "why"],
    ["amount_too_large", approved, { currency: "KZT", amount: 1e9 + 1 }, "why"],
    ["note_required", approved, less, " \n"],
  ])("is refused: %s", (problem, state, amount, note) => {
    expect(problemOf(changeApprovedAmount(state, { money: amount, note }))).toBe(problem);
  });
});

describe("changeStatus", () => {
  it("leaves the money alone, and the event still names it", () => {
    expect(after(changeStatus(approved, { to: "fixed" }))).toEqual({
      next: { ...approved, status: "fixed" },
      event: said({ kind: "status_changed", money }),
    });
  });

  it("withdraws a commitment when the issue closes negative", () => {
    expect(after(changeStatus(approved, { to: "duplicate", note: "of #7" }))).toEqual({
      next: { status: "duplicate", payoutStatus: "rejected", approved: null },
      event: said({ kind: "status_changed", money, reason: "duplicate", note: "of #7" }),
    });
  });

  it("rejects a pending payout with it", () => {
    expect(after(changeStatus(open, { to: "wont_fix" })).next.payoutStatus).toBe("rejected");
  });

  it("leaves paid and void as they are", () => {
    expect(after(changeStatus(paid, { to: "duplicate" })).next).toEqual({
      ...paid,
      status: "duplicate",
    });
    expect(after(changeStatus(voided, { to: "duplicate" })).next.payoutStatus).toBe("void");
  });

  it("puts a rejected payout up for decision again when the issue is reopened", () => {
    const closed: IssueState = { ...rejected, status: "duplicate" };
    expect(after(changeStatus(closed, { to: "open" })).next).toEqual(open);
    expect(after(changeStatus(closed, { to: "wont_fix" })).next.payoutStatus).toBe("rejected");
  });

  it("neither leaves draft nor returns to it, and needs a change", () => {
    expect(problemOf(changeStatus(draft, { to: "open" }))).toBe("illegal_status_change");
    expect(problemOf(changeStatus(open, { to: "draft" }))).toBe("illegal_status_change");
    expect(problemOf(changeStatus(open, { to: "open" }))).toBe("same_status");
  });
});

describe("submitDraft", () => {
  it("opens a draft, once", () => {
    expect(after(submitDraft(draft))).toEqual({ next: open, event: said({ kind: "submitted" }) });
    expect(problemOf(submitDraft(open))).toBe("not_draft");
  });
});

describe("payment moves", () => {
  it("pays what is approved, and nothing else", () => {
    expect(after(markPaid(approved))).toEqual({ next: paid, event: said({ kind: "paid", money }) });
    for (const state of [draft, open, rejected, paid, voided]) {
      expect(problemOf(markPaid(state))).toBe("not_approved");
    }
  });

  it("puts a bounced payment back into the queue", () => {
    expect(after(reverse(paid, { kind: "bounced", reason: "card closed" }))).toEqual({
      next: approved,
      event: said({ kind: "reversed", money, reason: "card closed" }),
    });
    expect(problemOf(reverse(paid, { kind: "bounced", reason: " " }))).toBe("reason_required");
    for (const state of [draft, open, approved, rejected, voided]) {
      expect(problemOf(reverse(state, { kind: "never_sent", reason: "x" }))).toBe("not_paid");
    }
  });

  it("cancels a commitment with a reason", () => {
    expect(after(voidCommitment(approved, { reason: "filed twice" }))).toEqual({
      next: voided,
      event: said({ kind: "voided", money, reason: "filed twice" }),
    });
    expect(problemOf(voidCommitment(approved, { reason: "" }))).toBe("reason_required");
    expect(problemOf(voidCommitment(paid, { reason: "x" }))).toBe("not_approved");
  });

  it.each(VOIDED_MONEY)("voids a payment whose money was %s", (kind) => {
    expect(after(voidPaid(paid, { money: kind, reason: "fraud" }))).toEqual({
      next: voided,
      event: said({ kind: "voided", money, reason: "fraud" }),
    });
    expect(problemOf(voidPaid(paid, { money: kind, reason: "\t" }))).toBe("reason_required");
    expect(problemOf(voidPaid(approved, { money: kind, reason: "x" }))).toBe("not_paid");
  });
});

describe("undo", () => {
  it("takes back an approval and both statuses with it", () => {
    expect(after(undo(approved, open, { kind: "approved" }))).toEqual({
      next: open,
      event: said({ kind: "undone", money }),
    });
  });

  it.each([open, fixed])("takes back a rejection of what was %j", (before) => {
    const { next } = after(rejectPayout(before, { reason: "cant_reproduce" }));
    expect(after(undo(next, before, { kind: "rejected" })).next).toEqual(before);
  });

  it("takes back nothing but approvals and rejections", () => {
    for (const kind of ["paid", "voided", "undone", "status_changed", "amount_changed"] as const) {
      expect(problemOf(undo(approved, open, { kind }))).toBe("not_undoable");
    }
  });

  it("is refused once anything else happened", () => {
    const since: [IssueState, IssueState, "approved" | "rejected"][] = [
      [paid, open, "approved"],
      [rejected, open, "approved"],
      [{ ...approved, status: "fixed" }, open, "approved"],
      [approved, rejected, "approved"],
      [approved, open, "rejected"],
      [rejected, open, "rejected"],
      [open, open, "rejected"],
    ];
    for (const [state, previous, kind] of since) {
      expect(problemOf(undo(state, previous, { kind }))).toBe("changed_since");
    }
  });
});
