import { describe, expect, test } from "vitest";
import type { IssueState } from "./issue-move";
import { isVoid, reversalKindOf, TAKE_BACKS, takeBackMove, takeBackOf } from "./take-back";

const paid: IssueState = {
  status: "fixed",
  payoutStatus: "paid",
  approved: { currency: "KZT", amount: 800_000 },
};

describe("money that is taken back", () => {
  test.each(TAKE_BACKS)("%s: the issue is void, or payable again; its status stays", (takeBack) => {
    const move = takeBackMove(paid, takeBack, "Card closed");
    expect(move).toMatchObject({
      ok: true,
      next: { ...paid, payoutStatus: isVoid(takeBack) ? "void" : "approved" },
      event: { kind: isVoid(takeBack) ? "voided" : "reversed", reason: "Card closed" },
    });
  });

  test.each(TAKE_BACKS)("%s is told from what was written", (takeBack) => {
    expect(takeBackOf(isVoid(takeBack), reversalKindOf(takeBack))).toBe(takeBack);
  });

  test("only money that is kept writes no reversal", () => {
    expect(TAKE_BACKS.filter((takeBack) => reversalKindOf(takeBack) === null)).toEqual([
      "void_kept",
    ]);
  });

  test.each(TAKE_BACKS)("%s: not without a reason, nor of what is not paid", (takeBack) => {
    expect(takeBackMove(paid, takeBack, " ")).toEqual({ ok: false, problem: "reason_required" });
    const approved: IssueState = { ...paid, payoutStatus: "approved" };
    expect(takeBackMove(approved, takeBack, "x")).toEqual({ ok: false, problem: "not_paid" });
  });
});
