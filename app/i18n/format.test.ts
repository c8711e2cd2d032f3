import { describe, expect, test } from "vitest";
import type { Money } from "~/domain/money";
import {
  formatAge,
  formatDate,
  formatDateTime,
  formatDay,
  formatMoney,
  formatNumber,
  formatPercent,
  formatTime,
} from "./format";
import { LOCALES } from "./locale";

const ALMATY = "Asia/Almaty";
const kzt = (amount: number): Money => ({ currency: "KZT", amount });
const usd = (amount: number): Money => ({ currency: "USD", amount });

/** Shows the spaces that do not break. */
const spelled = (text: string) => text.replaceAll("\u00a0", "_");

describe("money", () => {
  test("is written with the currency's sign, in the language's own order", () => {
    expect(spelled(formatMoney(kzt(12_000_000), "en"))).toBe("₸_120,000");
    expect(spelled(formatMoney(kzt(12_000_000), "ru"))).toBe("120_000_₸");
    expect(spelled(formatMoney(kzt(12_000_000), "kk"))).toBe("120_000_₸");
    expect(spelled(formatMoney(usd(5_000), "en"))).toBe("$_50");
    expect(spelled(formatMoney(usd(5_000), "ru"))).toBe("50_$");
  });

  test("shows two decimals when there are tiyn, and only then", () => {
    expect(spelled(formatMoney(kzt(125_000_050), "en"))).toBe("₸_1,250,000.50");
    expect(spelled(formatMoney(kzt(125_000_050), "ru"))).toBe("1_250_000,50_₸");
    expect(spelled(formatMoney(kzt(5), "en"))).toBe("₸_0.05");
    expect(spelled(formatMoney(kzt(0), "en"))).toBe("₸_0");
  });

  test("has a true minus when it was taken back", () => {
    expect(spelled(formatMoney(kzt(-1_500_000), "en"))).toBe("−₸_15,000");
    expect(spelled(formatMoney(kzt(-1_500_050), "kk"))).toBe("−15_000,50_₸");
    expect(spelled(formatMoney(kzt(-50), "en"))).toBe("−₸_0.50");
  });

  test("marks what nobody has committed to yet, before the digits and once", () => {
    const about = { approximate: true };
    expect(spelled(formatMoney(kzt(123_456_700), "en", about))).toBe("₸_~1,234,567");
    expect(spelled(formatMoney(kzt(3_000_000), "ru", about))).toBe("~30_000_₸");
  });

  test("is exact up to the largest sum there can be", () => {
    expect(spelled(formatMoney(kzt(Number.MAX_SAFE_INTEGER), "en"))).toBe(
      "₸_90,071,992,547,409.91",
    );
  });

  test("never breaks across lines", () => {
    for (const locale of LOCALES) expect(formatMoney(kzt(123_456_789), locale)).not.toMatch(/ /);
  });
});

describe("dates", () => {
  // 01:30 of the next day in Almaty.
  const late = new Date("2026-05-03T20:30:00Z");

  test("are those of the team's time zone", () => {
    for (const locale of LOCALES) expect(formatDate(late, locale, ALMATY)).toBe("04.05.2026");
    expect(formatDate(late.toISOString(), "en", "UTC")).toBe("03.05.2026");
    expect(formatDateTime(late, "en", ALMATY)).toBe("04.05.2026, 01:30");
    expect(formatTime(late, "ru", ALMATY)).toBe("01:30");
  });

  test("know that Almaty moved from +06 to +05 on 1 March 2024", () => {
    expect(formatTime("2024-02-29T12:00:00Z", "en", ALMATY)).toBe("18:00");
    expect(formatTime("2024-03-01T12:00:00Z", "en", ALMATY)).toBe("17:00");
  });

  test("write midnight as 00:00", () => {
    expect(formatTime("2026-05-03T19:00:00Z", "en", ALMATY)).toBe("00:00");
  });

  test("without a time are the same day in every zone", () => {
    for (const zone of [ALMATY, "America/Los_Angeles", "Pacific/Kiritimati"]) {
      expect(formatDate("2026-05-10", "en", zone)).toBe("10.05.2026");
      expect(formatDay("2026-05-10", "en", zone, "2026-11-22")).toBe("10 May");
    }
  });

  test("in words carry their year only when it is another one, by the team's calendar", () => {
    expect(formatDay(late, "en", ALMATY, "2026-11-22")).toBe("4 May");
    expect(formatDay(late, "en", ALMATY, "2027-01-01")).toBe("4 May 2026");
    expect(formatDay(late, "ru", ALMATY, "2026-11-22")).toBe("4 мая");
    expect(formatDay(late, "kk", ALMATY, "2026-11-22")).toBe("4 мамыр");
    const newYear = new Date("2026-12-31T20:00:00Z");
    expect(formatDay(newYear, "en", ALMATY, "2027-02-03")).toBe("1 January");
  });
});

test("numbers, percent and ages follow the language", () => {
  expect(formatNumber(1_234_567, "en")).toBe("1,234,567");
  expect(spelled(formatNumber(1_234_567, "ru"))).toBe("1_234_567");
  expect(formatPercent(30 / 42, "en")).toBe("71%");
  expect(spelled(formatPercent(30 / 42, "ru"))).toBe("71_%");
  expect(formatPercent(null, "en")).toBe("—");
  expect(formatPercent(0, "en")).toBe("0%");
  expect(formatAge(1, "en")).toBe("1 day");
  expect(formatAge(12, "en")).toBe("12 days");
  expect(formatAge(0, "en")).toBe("today");
  expect(formatAge(3, "ru")).toBe("3 дня");
  expect(formatAge(12, "kk")).toBe("12 күн");
});
