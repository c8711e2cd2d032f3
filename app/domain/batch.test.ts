import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  batchContent,
  type BatchPost,
  groupIntoTransfers,
  type PayableItem,
  type TransferDetails,
} from "./batch";
import { CURRENCIES, sumByCurrency } from "./money";

const item = (issueId: number, testerId: number, amount: number): PayableItem => ({
  issueId,
  testerId,
  money: { currency: "KZT", amount },
});
const anyItems = fc.uniqueArray(
  fc.record({
    issueId: fc.integer({ min: 1, max: 10_000 }),
    testerId: fc.integer({ min: 1, max: 5 }),
    money: fc.record({
      currency: fc.constantFrom(...CURRENCIES),
      amount: fc.integer({ min: 1, max: 1_000_000_000 }),
    }),
  }),
  { selector: (i) => i.issueId },
);

describe("groupIntoTransfers", () => {
  it("makes one per tester and currency, sorted, with its items", () => {
    const dollars: PayableItem = {
      issueId: 4,
      testerId: 10,
      money: { currency: "USD", amount: 5 },
    };
    expect(groupIntoTransfers([dollars, item(9, 10, 2), item(3, 10, 1), item(8, 9, 7)])).toEqual([
      {
        testerId: 9,
        currency: "KZT",
        count: 1,
        total: 7,
        items: [{ issueId: 8, amount: 7 }],
      },
      {
        testerId: 10,
        currency: "KZT",
        count: 2,
        total: 3,
        items: [
          { issueId: 3, amount: 1 },
          { issueId: 9, amount: 2 },
        ],
      },
      {
        testerId: 10,
        currency: "USD",
        count: 1,
        total: 5,
        items: [{ issueId: 4, amount: 5 }],
      },
    ]);
    expect(groupIntoTransfers([])).toEqual([]);
  });

  it("refuses an issue twice, and a total beyond safe integers", () => {
    expect(() => groupIntoTransfers([item(1, 1, 5), item(1, 1, 5)])).toThrow(RangeError);
    const huge = [item(1, 1, Number.MAX_SAFE_INTEGER), item(2, 1, 1)];
    expect(() => groupIntoTransfers(huge)).toThrow(RangeError);
  });

  it("loses nothing, adds nothing up wrongly and does not depend on order", () => {
    fc.assert(
      fc.property(anyItems, (items) => {
        const transfers = groupIntoTransfers(items);
        expect(groupIntoTransfers(items.toReversed())).toEqual(transfers);
        for (const { count, total, items: own } of transfers) {
          expect(count).toBe(own.length);
          expect(total).toBe(own.reduce((sum, i) => sum + i.amount, 0));
        }
        const back = transfers.flatMap(({ testerId, currency, items: own }) =>
          own.map(({ issueId, amount }) => ({ issueId, testerId, money: { currency, amount } })),
        );
        const byIssue = (a: PayableItem, b: PayableItem) => a.issueId - b.issueId;
        expect(back.toSorted(byIssue)).toEqual(items.toSorted(byIssue));
        expect(
          sumByCurrency(transfers.map(({ currency, total }) => ({ currency, amount: total }))),
        ).toEqual(sumByCurrency(items.map((i) => i.money)));
      }),
    );
  });
});

describe("batchContent", () => {
  const details: TransferDetails = {
    testerId: 3,
    currency: "KZT",
    method: "kaspi",
    reference: "8841",
    paidOn: "2026-11-22",
  };
  const other: TransferDetails = { ...details, testerId: 4, reference: "8842" };
  const confirm = (...transfers: TransferDetails[]): BatchPost => ({
    operation: "confirm",
    batchId: 12,
    transfers,
  });

  it("does not depend on order", () => {
    expect(batchContent(confirm(details, other))).toBe(batchContent(confirm(other, details)));
    const lines = [
      { testerId: 1, currency: "KZT", count: 2, total: 3 },
      { testerId: 2, currency: "USD", count: 1, total: 5 },
    ] as const;
    const choices = [
      { issueId: 10, expected: 5 },
      { issueId: 9, expected: 7 },
    ];
    expect(batchContent({ operation: "prepare", lines, choices })).toBe(
      batchContent({
        operation: "prepare",
        lines: lines.toReversed(),
        choices: choices.toReversed(),
      }),
    );
    const pay = (issues: typeof choices): BatchPost => ({
      operation: "batch-pay",
      payments: [{ ...details, issues }],
    });
    expect(batchContent(pay(choices))).toBe(batchContent(pay(choices.toReversed())));
  });

  it("differs as soon as anything posted differs", () => {
    const posts: BatchPost[] = [
      confirm(details),
      confirm(details, other),
      confirm({ ...details, testerId: 4 }),
      confirm({ ...details, currency: "USD" }),
      confirm({ ...details, method: "bank" }),
      confirm({ ...details, reference: "8841 " }),
      confirm({ ...details, reference: null }),
      confirm({ ...details, paidOn: "2026-11-21" }),
      confirm({ ...details, paidOn: null }),
      { operation: "confirm", batchId: 13, transfers: [details] },
      { operation: "prepare", lines: [], choices: [] },
      { operation: "prepare", lines: [], choices: [{ issueId: 1, expected: 5 }] },
      { operation: "prepare", lines: [], choices: [{ issueId: 1, expected: 6 }] },
      {
        operation: "prepare",
        lines: [{ testerId: 1, currency: "KZT", count: 1, total: 5 }],
        choices: [],
      },
      { operation: "batch-pay", payments: [{ ...details, issues: [] }] },
      { operation: "batch-pay", payments: [{ ...details, issues: [{ issueId: 1, expected: 5 }] }] },
    ];
    expect(new Set(posts.map(batchContent)).size).toBe(posts.length);
  });

  it("takes a blank reference for none", () => {
    const cash: TransferDetails = { ...details, method: "cash", reference: null };
    expect(batchContent(confirm({ ...cash, reference: " " }))).toBe(batchContent(confirm(cash)));
  });

  it("cannot be forged by what is typed into a reference", () => {
    const reference = fc.string({ unit: fc.constantFrom(...'",[]\\:x1') });
    const pair = fc.tuple(reference, reference);
    fc.assert(
      fc.property(pair, pair, ([a, b], [c, d]) => {
        const post = (x: string, y: string) =>
          batchContent(confirm({ ...details, reference: x }, { ...other, reference: y }));
        expect(post(a, b) === post(c, d)).toBe(a === c && b === d);
      }),
    );
  });
});
