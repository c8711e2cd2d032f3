import { describe, expect, test } from "vitest";
import { formatDay, formatMoney } from "~/i18n/format";
import { translator } from "~/i18n/translator";
import { type EventRow, issueHistory } from "~/domain/issue-history";
import type { PaymentRow } from "~/domain/payment";
import { historyQuotes, historyText, type Tongue } from "./history-text";

const tongue: Tongue = {
  t: translator("en"),
  money: (money) => formatMoney(money, "en").replaceAll("\u00a0", " "),
  day: (value) => formatDay(value, "en", "Asia/Almaty", "2026-11-22"),
};

/** An event of an open, pending issue, by Nazira at noon (in Almaty) of that day of May. */
function event(day: number, rest: Partial<EventRow>): EventRow {
  return {
    version: day,
    kind: "edited",
    at: new Date(Date.UTC(2026, 4, day, 7)),
    actor: { name: "Nazira" },
    fromStatus: "open",
    toStatus: "open",
    fromPayoutStatus: "pending",
    toPayoutStatus: "pending",
    amount: null,
    currency: null,
    reason: null,
    note: null,
    detail: null,
    ...rest,
  };
}

const FILED = event(1, { kind: "filed", fromStatus: null, fromPayoutStatus: null });
const EIGHT = { amount: 800_000n, currency: "KZT" } as const;
const triaged = { fromStatus: "triaged", toStatus: "triaged" } as const;
const APPROVED = event(3, {
  kind: "approved",
  toStatus: "triaged",
  toPayoutStatus: "approved",
  ...EIGHT,
});
const PAID = event(10, {
  ...triaged,
  kind: "paid",
  fromPayoutStatus: "approved",
  toPayoutStatus: "paid",
  ...EIGHT,
});
const payment: PaymentRow = {
  seq: 1,
  paidOn: "2026-05-10",
  method: "kaspi",
  reference: "8841",
  reversalKind: null,
};
const bounced: PaymentRow = { ...payment, seq: 2, paidOn: "2026-05-12", reversalKind: "bounced" };

function told(events: EventRow[], payments: PaymentRow[] = []): string[] {
  return issueHistory(events, payments).map((entry) => historyText(entry, tongue));
}

function lastTold(last: EventRow, payments: PaymentRow[] = []): string | undefined {
  return told([FILED, last], payments).at(-1);
}

describe("the history of an issue, in words", () => {
  test("from filing to payment", () => {
    expect(told([FILED, APPROVED, PAID], [payment])).toEqual([
      "Nazira filed this issue on 1 May",
      "Nazira approved ₸ 8,000 on 3 May",
      "Nazira paid ₸ 8,000 on 10 May, Kaspi, ref. 8841",
    ]);
  });

  test("a draft that was filed, edited and decided by the import", () => {
    const draft = { ...FILED, toStatus: "draft" } as const;
    const submitted = event(2, { kind: "submitted", fromStatus: "draft" });
    expect(told([draft, submitted, event(4, {}), { ...APPROVED, actor: null }])).toEqual([
      "Nazira began this draft on 1 May",
      "Nazira filed the draft on 2 May",
      "Nazira edited the text on 4 May",
      "The import approved ₸ 8,000 on 3 May",
    ]);
  });

  test("a payment that bounced and was made again tells each its own payment", () => {
    const reversed = event(12, {
      ...triaged,
      kind: "reversed",
      fromPayoutStatus: "paid",
      toPayoutStatus: "approved",
      ...EIGHT,
      reason: "The account was closed",
    });
    const again = { ...payment, seq: 3, paidOn: "2026-05-20", reference: "9127" };
    const events = [
      FILED,
      APPROVED,
      PAID,
      reversed,
      { ...PAID, at: new Date("2026-05-21T07:00Z") },
    ];
    expect(told(events, [payment, bounced, again]).slice(2)).toEqual([
      "Nazira paid ₸ 8,000 on 10 May, Kaspi, ref. 8841",
      "Nazira reversed the payment of ₸ 8,000 on 12 May: transfer bounced",
      "Nazira recorded on 21 May the payment of ₸ 8,000 on 20 May, Kaspi, ref. 9127",
    ]);
    expect(issueHistory(events, []).map(historyQuotes)[3]).toEqual(["The account was closed"]);
  });

  test("a rejected duplicate names its original, if it is known", () => {
    const rejected = {
      kind: "rejected",
      toStatus: "duplicate",
      toPayoutStatus: "rejected",
    } as const;
    const duplicate = event(4, { ...rejected, reason: "duplicate" });
    expect(lastTold(duplicate)).toBe("Nazira rejected the payout on 4 May: Duplicate");
    expect(lastTold({ ...duplicate, detail: { duplicateOf: 12 } })).toBe(
      "Nazira rejected the payout on 4 May: Duplicate (#12)",
    );
  });

  test("voids: before any money moved, returned, kept", () => {
    const voided = { ...triaged, kind: "voided", toPayoutStatus: "void", ...EIGHT } as const;
    const cancelled = event(5, { ...voided, fromPayoutStatus: "approved" });
    const ofPaid = event(12, { ...voided, fromPayoutStatus: "paid" });
    const returned: PaymentRow = { ...bounced, reversalKind: "returned" };
    expect(lastTold(cancelled)).toBe("Nazira cancelled the approved ₸ 8,000 on 5 May");
    expect(told([FILED, PAID, ofPaid], [payment, returned]).at(-1)).toBe(
      "Nazira voided the paid ₸ 8,000 on 12 May: money returned",
    );
    expect(told([FILED, PAID, ofPaid], [payment]).at(-1)).toBe(
      "Nazira voided the paid ₸ 8,000 on 12 May; the money was kept",
    );
  });

  test("a rejection says why, with its note beside it", () => {
    const rejected = event(4, {
      kind: "rejected",
      toStatus: "duplicate",
      toPayoutStatus: "rejected",
      reason: "duplicate",
      note: "#7 says the same",
    });
    expect(lastTold(rejected)).toBe("Nazira rejected the payout on 4 May: Duplicate");
    expect(issueHistory([rejected], []).map(historyQuotes)).toEqual([["#7 says the same"]]);
  });

  test("an amount that was changed, and decisions that were taken back", () => {
    const changed = event(4, {
      ...triaged,
      kind: "amount_changed",
      fromPayoutStatus: "approved",
      toPayoutStatus: "approved",
      amount: 950_050n,
      currency: "KZT",
    });
    expect(told([FILED, APPROVED, changed]).at(-1)).toBe(
      "Nazira changed the amount from ₸ 8,000 to ₸ 9,500.50 on 4 May",
    );
    expect(lastTold(event(4, { kind: "undone", fromPayoutStatus: "approved", ...EIGHT }))).toBe(
      "Nazira took back the approval of ₸ 8,000 on 4 May",
    );
    expect(lastTold(event(4, { kind: "undone", fromPayoutStatus: "rejected" }))).toBe(
      "Nazira took back the rejection on 4 May",
    );
  });

  test("a status change says what it did to the money", () => {
    const moved = { kind: "status_changed", toStatus: "duplicate" } as const;
    const from = (payout: EventRow["toPayoutStatus"], to: EventRow["toPayoutStatus"], more = {}) =>
      lastTold(event(4, { ...moved, fromPayoutStatus: payout, toPayoutStatus: to, ...more }));
    const sentence = "Nazira changed the status from Open to Duplicate on 4 May";
    expect(lastTold(event(4, { kind: "status_changed", toStatus: "in_progress" }))).toBe(
      "Nazira changed the status from Open to In progress on 4 May",
    );
    expect(from("pending", "rejected")).toBe(`${sentence}; the payout was rejected`);
    expect(from("approved", "rejected", EIGHT)).toBe(
      `${sentence}; the approved ₸ 8,000 was withdrawn`,
    );
    expect(from("paid", "paid", EIGHT)).toBe(`${sentence}; it stays paid`);
    expect(from("rejected", "pending", { fromStatus: "duplicate", toStatus: "open" })).toBe(
      "Nazira changed the status from Duplicate to Open on 4 May; the payout waits for a decision again",
    );
  });

  test("severity and cycle, as far as the event knows", () => {
    const severity = { kind: "severity_changed", detail: { from: "high", to: "low" } } as const;
    expect(lastTold(event(4, severity))).toBe(
      "Nazira changed the severity from High to Low on 4 May",
    );
    expect(lastTold(event(4, { ...severity, detail: null }))).toBe(
      "Nazira changed the severity on 4 May",
    );
    expect(lastTold(event(4, { kind: "cycle_changed", detail: { from: "A", to: "B" } }))).toBe(
      "Nazira moved it from A to B on 4 May",
    );
  });
});
