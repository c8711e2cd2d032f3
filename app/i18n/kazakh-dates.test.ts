import { expect, test } from "vitest";
import {
  formatAge,
  formatAgo,
  formatDay,
  formatMoney,
  formatNumber,
  formatPercent,
} from "./format";
import { formatBytes } from "./format-bytes";

const firsts = Array.from({ length: 12 }, (_, month) => new Date(Date.UTC(2026, month, 1)));

// Node knows Kazakh, Chromium does not: what we write without asking for it must not differ.

test("months are called what CLDR calls them", () => {
  const inNode = new Intl.DateTimeFormat("kk-KZ", {
    day: "numeric",
    month: "long",
    timeZone: "UTC",
  });
  for (const first of firsts) {
    expect(formatDay(first, "kk", "UTC", first)).toBe(inNode.format(first));
  }
});

test("another year is told, in front", () => {
  expect(formatDay("2025-12-30", "kk", "UTC", "2026-05-03")).toBe("2025 ж. 30 желтоқсан");
  const late = new Date("2025-12-31T20:30:00Z");
  expect(formatDay(late, "kk", "Asia/Almaty", "2026-05-03")).toBe("1 қаңтар");
});

test("ages are days, as CLDR writes them", () => {
  const inNode = new Intl.RelativeTimeFormat("kk-KZ", { numeric: "auto" });
  for (const days of [0, 1, 2, 3, 12, 1234]) {
    expect(formatAgo(days, "kk")).toBe(inNode.format(0 - days, "day"));
  }
  expect(formatAge(0, "kk")).toBe("бүгін");
  expect(formatAge(12, "kk")).toBe("12 күн");
});

test("numbers, shares and sums are those of kk-KZ", () => {
  for (const value of [0, 7, 999, 1000, 12_345, 1_234_567]) {
    expect(formatNumber(value, "kk")).toBe(new Intl.NumberFormat("kk-KZ").format(value));
  }
  for (const share of [0, 0.714, 1]) {
    const inNode = new Intl.NumberFormat("kk-KZ", { style: "percent" });
    expect(formatPercent(share, "kk")).toBe(inNode.format(share));
  }
  for (const [currency, sign] of [
    ["KZT", "₸"],
    ["USD", "$"],
  ] as const) {
    expect(formatMoney({ currency, amount: 125_000_050 }, "kk")).toBe(
      `1\u00a0250\u00a0000,50\u00a0${sign}`,
    );
  }
});

test("sizes of files are in one alphabet", () => {
  expect(formatBytes(10 * 1024, "kk").replace("\u00a0", " ")).toBe("10 кБ");
  expect(formatBytes(1.5 * 1024 * 1024, "kk").replace("\u00a0", " ")).toBe("1,5 МБ");
});
