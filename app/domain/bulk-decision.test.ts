import { describe, expect, test } from "vitest";
import {
  type ApproveRow,
  bulkContent,
  type BulkIssue,
  type BulkPost,
  committedBy,
  judgeApproval,
  judgeMatching,
  judgeRejection,
  sameTotals,
} from "./bulk-decision";

const HIGH = { currency: "KZT", amount: 800_000 } as const;
const issue: BulkIssue = {
  ...{ id: 12, testerId: 3, version: 2, severity: "high", payoutRates: {}, heldBy: null },
  state: { status: "open", payoutStatus: "pending", approved: null },
};
const row: ApproveRow = { issueId: 12, version: 2, expected: HIGH };
const by = { actorId: 1, note: null };

const problemOf = (of: BulkIssue | undefined, more: Partial<ApproveRow> = {}) => {
  const judgement = judgeApproval(of, { ...row, ...more }, by);
  return judgement.ok ? null : judgement.problem;
};

describe("approving a row", () => {
  test("leads where approving the issue alone leads", () => {
    expect(judgeApproval(issue, row, { ...by, note: "Well found" })).toEqual({
      ok: true,
      move: {
        ok: true,
        next: { status: "triaged", payoutStatus: "approved", approved: HIGH },
        event: { kind: "approved", money: HIGH, reason: null, note: "Well found" },
      },
    });
  });

  test("with an amount of its own takes the cycle's currency", () => {
    const usd = { ...issue, payoutRates: { currency: "USD" } as const };
    const judgement = judgeApproval(usd, { ...row, expected: null, amount: 5_000 }, by);
    expect(judgement).toMatchObject({
      move: { next: { approved: { currency: "USD", amount: 5_000 } } },
    });
  });

  const changed = (state: Partial<BulkIssue["state"]>) => ({
    ...issue,
    state: { ...issue.state, ...state },
  });
  test.each<[string, BulkIssue | undefined, Partial<ApproveRow>, string]>([
    ["an issue that is not there", undefined, {}, "unknown"],
    ["a draft", changed({ status: "draft" }), {}, "unknown"],
    ["one's own", { ...issue, testerId: 1 }, {}, "own_issue"],
    ["one that a batch holds", { ...issue, heldBy: 7 }, {}, "in_batch"],
    ["one decided before", changed({ payoutStatus: "rejected" }), {}, "decided_before"],
    ["one edited meanwhile", issue, { version: 1 }, "stale"],
    ["another rate", { ...issue, payoutRates: { high: 1 } }, {}, "suggestion_changed"],
    [
      "another currency of the same number",
      { ...issue, payoutRates: { high: 800_000, currency: "USD" } },
      {},
      "suggestion_changed",
    ],
    [
      "another currency beside a typed amount",
      { ...issue, payoutRates: { currency: "USD" } },
      { expected: null, currency: "KZT", amount: 5 },
      "suggestion_changed",
    ],
    [
      "no rate and no amount",
      { ...issue, payoutRates: { currency: "USD" } },
      { expected: null },
      "no_suggestion",
    ],
    ["an amount of nothing", issue, { amount: 0 }, "amount"],
    ["an amount beyond the cap", issue, { amount: 1_000_000_001 }, "amount"],
  ])("refuses %s", (_, of, more, problem) => {
    expect(problemOf(of, more)).toBe(problem);
  });

  test("without a version takes whatever the issue now is", () => {
    expect(problemOf(issue, { version: undefined })).toBeNull();
  });
});

describe("rejecting a row", () => {
  const why = { reason: "duplicate", note: null, duplicateOf: 5 } as const;
  test("closes an open issue with the reason", () => {
    expect(judgeRejection(issue, row, why)).toMatchObject({
      ok: true,
      move: { next: { status: "duplicate", payoutStatus: "rejected" } },
    });
  });

  test("leaves the original out", () => {
    expect(judgeRejection({ ...issue, id: 5 }, row, why)).toEqual({
      ...{ ok: false, problem: "is_original" },
    });
  });
});

test("of all that match, one's own and the unpriced stay out", () => {
  expect(judgeMatching(issue, by)?.next.approved).toEqual(HIGH);
  expect(judgeMatching({ ...issue, testerId: 1 }, by)).toBeNull();
  expect(judgeMatching({ ...issue, payoutRates: { currency: "USD" } }, by)).toBeNull();
});

test("what is committed is never added across currencies", () => {
  const usd = { ...issue, payoutRates: { high: 5_000, currency: "USD" } as const };
  const moves = [issue, usd, issue].flatMap((one) => judgeMatching(one, by) ?? []);
  const totals = [
    { currency: "KZT", amount: 1_600_000 },
    { currency: "USD", amount: 5_000 },
  ] as const;
  expect(committedBy(moves)).toEqual(totals);
  expect(sameTotals(committedBy(moves), [...totals].reverse())).toBe(true);
  expect(sameTotals(committedBy(moves), totals.slice(0, 1))).toBe(false);
});

describe("the content of a post", () => {
  const post = { intent: "approve", mode: "all", note: null, rows: [row, { ...row, issueId: 13 }] };
  const content = (more: object) => bulkContent({ ...post, ...more } as BulkPost);

  test("is the same in any order of its rows", () => {
    expect(content({ rows: [...post.rows].reverse() })).toBe(content({}));
  });

  test("is another one for anything else", () => {
    const others = [
      ...[
        { rows: [row] },
        { mode: "each" },
        { note: "x" },
        { intent: "reject", reason: "rejected" },
      ],
      { rows: [{ ...row, amount: 1 }, post.rows[1]] },
      { rows: [{ ...row, expected: { currency: "USD", amount: 800_000 } }, post.rows[1]] },
      { rows: [{ ...row, version: 3 }, post.rows[1]] },
    ];
    const all = [{}, ...others].map(content);
    expect(new Set(all).size).toBe(all.length);
  });

  test("of all that match holds the filter, whatever is not filtered by", () => {
    const matching = (filter: Record<string, string | null>) =>
      bulkContent({
        ...{ intent: "approve_matching", asOf: new Date(0), note: null, filter },
        expected: { count: 1, totals: [HIGH] },
      });
    expect(matching({ q: null, cycle: "1" })).toBe(matching({ cycle: "1" }));
    expect(matching({ q: "1", cycle: null })).not.toBe(matching({ cycle: "1" }));
  });
});
