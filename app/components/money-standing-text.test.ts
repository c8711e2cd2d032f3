import { describe, expect, test } from "vitest";
import type { MoneyStanding } from "~/domain/payment";
import { formatDay } from "~/i18n/format";
import { translator } from "~/i18n/translator";
import { standingText } from "./money-standing-text";

const since = new Date("2026-05-03T06:00:00Z");
const paid = { paidOn: "2026-05-10", method: "kaspi", reference: "8841" } as const;
const reversed = {
  paidOn: "2026-05-10",
  reversedOn: "2026-05-12",
  reversalKind: "bounced",
} as const;

const SENTENCES: [MoneyStanding, string][] = [
  [{ kind: "draft" }, "not filed yet"],
  [{ kind: "awaiting", since }, "awaiting a decision since 3 May"],
  [{ kind: "approved", since }, "approved 3 May, not paid yet"],
  [{ kind: "rejected", since, reason: null, note: null }, "rejected 3 May"],
  [
    { kind: "rejected", since, reason: "duplicate", note: "Same as #7" },
    "rejected 3 May: Duplicate. “Same as #7”",
  ],
  [{ kind: "paid", closedAs: null, ...paid }, "paid 10 May, Kaspi, ref. 8841"],
  [{ kind: "paid", closedAs: null, ...paid, method: "cash", reference: null }, "paid 10 May, Cash"],
  [
    { kind: "paid", closedAs: "wont_fix", ...paid },
    "paid 10 May, Kaspi, ref. 8841; closed later as “Won’t fix”, the payment stays",
  ],
  [
    { kind: "reversed", ...reversed },
    "payment of 10 May reversed on 12 May: transfer bounced; waiting to be paid again",
  ],
  [{ kind: "voided", since, reason: "Filed twice" }, "cancelled 3 May: Filed twice"],
  [
    { kind: "voided_after_reversal", since, reason: "Filed twice", ...reversed },
    "payment of 10 May reversed on 12 May: transfer bounced; void since 3 May: Filed twice",
  ],
  [
    { kind: "voided_money_kept", since, reason: "Not a bug after all", ...paid },
    "paid 10 May, Kaspi, ref. 8841; void since 3 May, the money was kept: Not a bug after all",
  ],
];

describe("where an issue's money stands, in words", () => {
  const day = (value: Date | string) => formatDay(value, "en", "Asia/Almaty", "2026-11-22");
  test.each(SENTENCES)("%j", (standing, sentence) => {
    expect(standingText(standing, translator("en"), day)).toBe(sentence);
  });
});
