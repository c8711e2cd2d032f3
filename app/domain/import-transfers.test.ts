import { expect, it } from "vitest";
import { groupIntoBatches, type ImportedPayment } from "./import-transfers";

function payment(issueId: number, given: Partial<ImportedPayment> = {}): ImportedPayment {
  return {
    issueId,
    testerId: 1,
    money: { currency: "KZT", amount: issueId * 100 },
    paidOn: "2026-05-10",
    method: "kaspi",
    reference: "8841",
    ...given,
  };
}

function batchesOf(payments: readonly ImportedPayment[]) {
  return groupIntoBatches(payments).map(
    ({ batch, testerId, currency, paidOn, reference, items }) =>
      `${batch}: ${testerId} ${currency} ${paidOn} ${reference} #${items.map((item) => item.issueId).join(",")}`,
  );
}

it("makes one transfer of what was sent at once, and one batch of a day", () => {
  expect(
    batchesOf([
      payment(3),
      payment(1),
      payment(2, { testerId: 2 }),
      payment(4, { money: { currency: "USD", amount: 5 } }),
    ]),
  ).toEqual([
    "0: 1 KZT 2026-05-10 8841 #1,3",
    "0: 2 KZT 2026-05-10 8841 #2",
    "0: 1 USD 2026-05-10 8841 #4",
  ]);
});

it("opens another batch for a day only where a tester was sent two transfers in one currency", () => {
  expect(
    batchesOf([
      payment(1),
      payment(2, { reference: "8842" }),
      payment(3, { reference: null, method: "cash" }),
      payment(4, { testerId: 2, reference: "8842" }),
      payment(5, { testerId: 2, reference: "9" }),
    ]),
  ).toEqual([
    "0: 1 KZT 2026-05-10 8841 #1",
    "1: 1 KZT 2026-05-10 8842 #2",
    "2: 1 KZT 2026-05-10 null #3",
    "0: 2 KZT 2026-05-10 8842 #4",
    "1: 2 KZT 2026-05-10 9 #5",
  ]);
});

it("begins with the oldest day", () => {
  expect(batchesOf([payment(1), payment(2, { paidOn: "2026-05-03" })])).toEqual([
    "0: 1 KZT 2026-05-03 8841 #2",
    "1: 1 KZT 2026-05-10 8841 #1",
  ]);
});

it("needs nothing for nothing", () => {
  expect(groupIntoBatches([])).toEqual([]);
});
