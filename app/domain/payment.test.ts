import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  BrokenPaymentHistoryError,
  isPayoutMethod,
  isReversalKind,
  isReversalSeq,
  livePayment,
  type MoneyFacts,
  moneyStanding,
  type PaymentRow,
  PAYOUT_METHODS,
  problemWithReference,
  storedReference,
} from "./payment";

const since = new Date("2026-05-03T06:00:00Z");
const payment: PaymentRow = {
  seq: 1,
  paidOn: "2026-05-10",
  method: "kaspi",
  reference: "8841",
  reversalKind: null,
};
const bounced: PaymentRow = { ...payment, seq: 2, paidOn: "2026-05-12", reversalKind: "bounced" };
const again: PaymentRow = { ...payment, seq: 3, paidOn: "2026-05-13", reference: "8902" };
const facts: MoneyFacts = {
  status: "triaged",
  payoutStatus: "pending",
  since,
  reason: null,
  note: null,
  payments: [],
};

describe("the sequence of payments", () => {
  it("pays on odd and reverses on even numbers", () => {
    expect([1, 2, 3, 4].map(isReversalSeq)).toEqual([false, true, false, true]);
  });

  it("has a live payment unless the last row is a reversal", () => {
    expect(livePayment([])).toBeNull();
    expect(livePayment([payment])).toBe(payment);
    expect(livePayment([payment, bounced])).toBeNull();
    expect(livePayment([payment, bounced, again])).toBe(again);
  });

  it("does not care for the order of the rows", () => {
    const rows = fc.nat(9).map((n) => Array.from({ length: n }, (_, i) => ({ seq: i + 1 })));
    const shuffled = rows.chain((list) =>
      fc.shuffledSubarray(list, { minLength: list.length, maxLength: list.length }),
    );
    fc.assert(
      fc.property(shuffled, (list) => {
        const live = livePayment(list);
        expect(live?.seq ?? null).toBe(list.length % 2 === 1 ? list.length : null);
      }),
    );
  });
});

describe("problemWithReference", () => {
  it.each(["", " ", "\u00a0\t"])("asks for one with Kaspi and bank, not with cash: %j", (blank) => {
    expect(problemWithReference("kaspi", blank)).toBe("required");
    expect(problemWithReference("bank", blank)).toBe("required");
    expect(problemWithReference("cash", blank)).toBeNull();
    expect(storedReference(blank)).toBeNull();
  });

  it("takes up to a hundred characters", () => {
    for (const method of PAYOUT_METHODS) {
      expect(problemWithReference(method, "8841")).toBeNull();
      expect(problemWithReference(method, "Квитанция № 8841")).toBeNull();
      expect(problemWithReference(method, "𝟖".repeat(100))).toBeNull();
      expect(problemWithReference(method, "x".repeat(101))).toBe("too_long");
    }
  });

  it.each(["88\u000041", "88\n41", "88\t41", "88\u007f41", "88\u200b41", "\u202e88", "88\ud800"])(
    "refuses control and invisible characters: %j",
    (reference) => {
      expect(problemWithReference("bank", reference)).toBe("control_characters");
    },
  );

  it("keeps what is typed exactly", () => {
    expect(storedReference(" 8841 ")).toBe(" 8841 ");
    expect(storedReference(null)).toBeNull();
  });
});

describe("moneyStanding", () => {
  it("knows drafts, waiting and approved issues", () => {
    expect(moneyStanding({ ...facts, status: "draft" })).toEqual({ kind: "draft" });
    expect(moneyStanding(facts)).toEqual({ kind: "awaiting", since });
    expect(moneyStanding({ ...facts, payoutStatus: "approved" })).toEqual({
      kind: "approved",
      since,
    });
  });

  it("says why a payout was rejected", () => {
    const said = { ...facts, payoutStatus: "rejected", reason: "wont_fix", note: "by design" };
    expect(moneyStanding({ ...said, payoutStatus: "rejected" })).toEqual({
      kind: "rejected",
      since,
      reason: "wont_fix",
      note: "by design",
    });
    const imported: MoneyFacts = { ...facts, payoutStatus: "rejected", status: "duplicate" };
    expect(moneyStanding(imported)).toMatchObject({ reason: "duplicate" });
    expect(moneyStanding({ ...imported, status: "closed" })).toMatchObject({ reason: null });
  });

  it("names day, method and reference of a payment", () => {
    const particulars = { paidOn: "2026-05-10", method: "kaspi", reference: "8841" };
    const paid: MoneyFacts = { ...facts, payoutStatus: "paid", payments: [payment] };
    expect(moneyStanding(paid)).toEqual({ kind: "paid", closedAs: null, ...particulars });
    expect(moneyStanding({ ...paid, status: "duplicate" })).toEqual({
      kind: "paid",
      closedAs: "duplicate",
      ...particulars,
    });
  });

  it("tells of the latest payment after one that bounced", () => {
    const paid: MoneyFacts = {
      ...facts,
      payoutStatus: "paid",
      payments: [again, bounced, payment],
    };
    expect(moneyStanding(paid)).toMatchObject({ paidOn: "2026-05-13", reference: "8902" });
  });

  it("says when a payment was reversed and that it is due again", () => {
    const reversed = { paidOn: "2026-05-10", reversedOn: "2026-05-12", reversalKind: "bounced" };
    const payments = [payment, bounced];
    expect(moneyStanding({ ...facts, payoutStatus: "approved", payments })).toEqual({
      kind: "reversed",
      ...reversed,
    });
  });

  it("tells three kinds of void apart", () => {
    const voided: MoneyFacts = { ...facts, payoutStatus: "void", reason: "filed twice" };
    const common = { since, reason: "filed twice" };
    expect(moneyStanding(voided)).toEqual({ kind: "voided", ...common });
    expect(moneyStanding({ ...voided, payments: [payment] })).toEqual({
      kind: "voided_money_kept",
      ...common,
      paidOn: "2026-05-10",
      method: "kaspi",
      reference: "8841",
    });
    const returned: PaymentRow = { ...bounced, reversalKind: "returned" };
    expect(moneyStanding({ ...voided, payments: [payment, returned] })).toEqual({
      kind: "voided_after_reversal",
      ...common,
      paidOn: "2026-05-10",
      reversedOn: "2026-05-12",
      reversalKind: "returned",
    });
  });

  it("does not make up a story for rows that contradict each other", () => {
    const broken: MoneyFacts[] = [
      { ...facts, payoutStatus: "paid" },
      { ...facts, payoutStatus: "paid", payments: [payment, bounced] },
      { ...facts, payoutStatus: "approved", payments: [bounced] },
      { ...facts, payoutStatus: "void", payments: [payment, { ...bounced, reversalKind: null }] },
    ];
    for (const contradiction of broken) {
      expect(() => moneyStanding(contradiction)).toThrow(BrokenPaymentHistoryError);
    }
  });
});

it("knows its words and nothing else", () => {
  expect(PAYOUT_METHODS.every(isPayoutMethod)).toBe(true);
  expect(["Kaspi", "paypal", ""].some(isPayoutMethod)).toBe(false);
  expect(["bounced", "never_sent", "returned"].every(isReversalKind)).toBe(true);
  expect(isReversalKind("kept")).toBe(false);
});
