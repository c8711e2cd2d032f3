import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  ibanInGroups,
  isPayeeNews,
  parseKaspiPhone,
  parseKzIban,
  phoneInGroups,
  problemWithPayeeName,
} from "./payee";

describe("parseKaspiPhone", () => {
  it.each([
    "+77015550100",
    "87015550100",
    "77015550100",
    "7015550100",
    "8 701 555 01 00",
    "+7 (701) 555-01-00",
    "+7\u00a0701\u00a0555\u00a001\u00a000",
    "8-701-555–01–00",
    " +7.701.555.01.00 ",
  ])("reads %j", (text) => {
    expect(parseKaspiPhone(text)).toBe("+77015550100");
  });

  it.each([
    "",
    "701 555 01 0",
    "8 701 555 01 000",
    "+380 50 123 45 67",
    "+7 916 123 45 67", // no number of Kazakhstan
    "++77015550100",
    "7701555O100",
    "７０１５５５０１００",
    "+7 701 555 01 00, 02",
    "kaspi",
    "87015550100\u200b",
  ])("refuses %j", (text) => {
    expect(parseKaspiPhone(text)).toBeNull();
  });

  it("reads its own groups back", () => {
    expect(phoneInGroups("+77015550100")).toBe("+7 701 555 01 00");
    expect(parseKaspiPhone(phoneInGroups("+77015550100"))).toBe("+77015550100");
  });
});

describe("parseKzIban", () => {
  const IBAN = "KZ86125KZT5004100100";

  it.each([IBAN, "kz86 125k zt50 0410 0100", " KZ86 125K-ZT50-0410-0100 "])("reads %j", (text) => {
    expect(parseKzIban(text)).toEqual({ ok: true, iban: IBAN });
  });

  it.each([
    "",
    IBAN.slice(1),
    `${IBAN}0`,
    "DE89370400440532013000",
    "ҚZ86125KZT5004100100",
    "КZ86125KZT5004100100", // a Cyrillic К
    "KZ86ABCKZT5004100100",
    "KZ86125KZT500410010\u0660",
    "KZ86125ıZT5004100100", // a dotless i, which toUpperCase would make an I
  ])("refuses the form of %j", (text) => {
    expect(parseKzIban(text)).toEqual({ ok: false, problem: "format" });
  });

  it("notices every single wrong digit and every two neighbours exchanged", () => {
    for (let at = 2; at < IBAN.length; at++) {
      for (const digit of "0123456789") {
        if (digit === IBAN[at] || (at > 6 && !/\d/.test(IBAN[at] ?? ""))) continue;
        const mistyped = IBAN.slice(0, at) + digit + IBAN.slice(at + 1);
        expect(parseKzIban(mistyped).ok).toBe(false);
      }
      const [a = "", b = ""] = IBAN.slice(at, at + 2);
      if (a === b || b === "") continue;
      expect(parseKzIban(IBAN.slice(0, at) + b + a + IBAN.slice(at + 2)).ok).toBe(false);
    }
  });

  it("accepts exactly one pair of check digits, by the arithmetic of ISO 13616", () => {
    const bban = fc.stringMatching(/^[0-9]{3}[A-Z0-9]{13}$/);
    fc.assert(
      fc.property(bban, (account) => {
        const digits = [...`${account}KZ00`].map((c) => parseInt(c, 36)).join("");
        const check = String(98n - (BigInt(digits) % 97n)).padStart(2, "0");
        expect(parseKzIban(`KZ${check}${account}`).ok).toBe(true);
        const other = String((Number(check) % 97) + 1).padStart(2, "0");
        if (other !== check) expect(parseKzIban(`KZ${other}${account}`).ok).toBe(false);
      }),
    );
  });

  it("is written in groups of four, and read back from them", () => {
    expect(ibanInGroups(IBAN)).toBe("KZ86 125K ZT50 0410 0100");
    expect(parseKzIban(ibanInGroups(IBAN))).toEqual({ ok: true, iban: IBAN });
  });
});

describe("isPayeeNews", () => {
  const now = new Date("2026-05-20T06:00:00Z");
  // 01:30 of the next day in Almaty.
  const changed = new Date("2026-05-09T20:30:00Z");
  it.each([
    ["never changed", null, "2026-05-01", false],
    ["changed within a week", new Date("2026-05-14T00:00:00Z"), "2026-05-15", true],
    ["changed longer ago, and paid since", changed, "2026-05-11", false],
    ["changed longer ago, on the day of the last payment", changed, "2026-05-10", true],
    ["changed longer ago, and not paid since", changed, "2026-05-09", true],
    ["changed longer ago, and never paid", changed, null, false],
  ] as const)("%s", (_, changedAt, lastPaidOn, news) => {
    expect(isPayeeNews(changedAt, lastPaidOn, now, "Asia/Almaty")).toBe(news);
  });
});

describe("problemWithPayeeName", () => {
  it.each([
    ["Айгерім Тілеубергенова", null],
    ["x".repeat(100), null],
    ["x".repeat(101), "too_long"],
    ["Aibek\u0007", "control_characters"],
    ["Aibek\u200b", "control_characters"],
    ["Aibek\u202e", "control_characters"],
  ])("of %j", (name, problem) => {
    expect(problemWithPayeeName(name)).toBe(problem);
  });
});
