import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addDays,
  dateInZone,
  dayRange,
  daysBetween,
  isIsoDate,
  problemWithPaidOn,
  startOfDateInZone,
} from "./team-date";

const ALMATY = "Asia/Almaty";
const anyDate = fc
  .date({ min: new Date("1990-01-01"), max: new Date("2040-01-01"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const anyZone = fc.constantFrom(
  ALMATY,
  "UTC",
  "America/New_York",
  "America/Sao_Paulo", // clocks used to jump over midnight
  "Asia/Kathmandu",
  "Pacific/Apia", // skipped 2011-12-30
  "Pacific/Kiritimati",
);

describe("isIsoDate", () => {
  it.each(["2026-05-10", "2024-02-29", "2000-02-29", "1000-01-01", "9999-12-31"])(
    "accepts %s",
    (text) => {
      expect(isIsoDate(text)).toBe(true);
    },
  );

  it.each([
    "",
    "2026-02-29",
    "1900-02-29",
    "2026-02-30",
    "2026-04-31",
    "2026-13-01",
    "2026-00-10",
    "2026-01-00",
    "2026-1-1",
    "0999-01-01",
    "10000-01-01",
    "10.05.2026",
    "2026-05-10T00:00:00Z",
    "2026-05-10\n",
    " 2026-05-10",
    "２０２６-05-10",
  ])("refuses %j", (text) => {
    expect(isIsoDate(text)).toBe(false);
  });
});

describe("dateInZone", () => {
  it.each([
    ["2024-02-28T17:59:59Z", "2024-02-28"], // +06: the last second of the day
    ["2024-02-28T18:00:00Z", "2024-02-29"],
    ["2024-02-29T17:59:59Z", "2024-02-29"],
    ["2024-02-29T18:00:00Z", "2024-02-29"], // midnight became 23:00
    ["2024-02-29T18:59:59.999Z", "2024-02-29"],
    ["2024-02-29T19:00:00Z", "2024-03-01"], // +05 from here on
    ["2026-11-22T18:59:59Z", "2026-11-22"],
    ["2026-11-22T19:00:00Z", "2026-11-23"],
  ])("%s in Almaty is %s", (instant, date) => {
    expect(dateInZone(new Date(instant), ALMATY)).toBe(date);
  });

  it("refuses instants and zones that do not exist", () => {
    expect(() => dateInZone(new Date(Number.NaN), ALMATY)).toThrow(RangeError);
    expect(() => dateInZone(new Date(0), "Asia/Tiyn")).toThrow(RangeError);
  });
});

describe("startOfDateInZone", () => {
  it.each([
    ["2024-02-29", ALMATY, "2024-02-28T18:00:00.000Z"],
    ["2024-03-01", ALMATY, "2024-02-29T19:00:00.000Z"],
    ["2024-03-02", ALMATY, "2024-03-01T19:00:00.000Z"],
    ["2026-11-22", ALMATY, "2026-11-21T19:00:00.000Z"],
    ["2018-11-04", "America/Sao_Paulo", "2018-11-04T03:00:00.000Z"], // began at 01:00
    ["2011-12-30", "Pacific/Apia", "2011-12-30T10:00:00.000Z"], // never was: the 31st began
    ["2026-03-08", "America/New_York", "2026-03-08T05:00:00.000Z"],
    ["2026-01-01", "Pacific/Kiritimati", "2025-12-31T10:00:00.000Z"],
    ["9999-12-31", ALMATY, "9999-12-30T19:00:00.000Z"],
  ])("%s in %s begins at %s", (date, zone, instant) => {
    expect(startOfDateInZone(date, zone).toISOString()).toBe(instant);
  });

  it("is the first instant of its date", () => {
    fc.assert(
      fc.property(anyDate, anyZone, (date, zone) => {
        // These two never were.
        if (zone === "Pacific/Apia" && date === "2011-12-30") return;
        if (zone === "Pacific/Kiritimati" && date === "1994-12-31") return;
        const start = startOfDateInZone(date, zone);
        expect(dateInZone(start, zone)).toBe(date);
        expect(dateInZone(new Date(start.getTime() - 1), zone) < date).toBe(true);
      }),
    );
  });

  it("refuses text that is no date", () => {
    expect(() => startOfDateInZone("2026-02-30", ALMATY)).toThrow(RangeError);
  });
});

describe("dayRange", () => {
  it("includes both dates, also where the day had 25 hours", () => {
    const { from, before } = dayRange("2024-02-29", "2024-02-29", ALMATY);
    expect(from?.toISOString()).toBe("2024-02-28T18:00:00.000Z");
    expect(before?.toISOString()).toBe("2024-02-29T19:00:00.000Z");
  });

  it("leaves missing bounds open", () => {
    expect(dayRange(null, undefined, ALMATY)).toEqual({ from: null, before: null });
  });

  it("ends where the next date begins", () => {
    fc.assert(
      fc.property(anyDate, anyZone, (date, zone) => {
        const { before } = dayRange(null, date, zone);
        expect(before).toEqual(startOfDateInZone(addDays(date, 1), zone));
      }),
    );
  });

  it("has no end after the last date there is", () => {
    expect(dayRange(null, "9999-12-31", ALMATY).before).toBeNull();
  });
});

describe("days", () => {
  it("are counted by the calendar", () => {
    expect(daysBetween("2026-11-10", "2026-11-22")).toBe(12);
    expect(daysBetween("2026-11-22", "2026-11-10")).toBe(-12);
    expect(daysBetween("2024-02-28", "2024-03-01")).toBe(2);
    expect(addDays("2023-12-31", 1)).toBe("2024-01-01");
    expect(() => addDays("9999-12-31", 1)).toThrow(RangeError);
    expect(() => daysBetween("soon", "2026-01-01")).toThrow(RangeError);
  });

  it("add up", () => {
    fc.assert(
      fc.property(anyDate, fc.integer({ min: -9999, max: 9999 }), (date, days) => {
        expect(daysBetween(date, addDays(date, days))).toBe(days);
      }),
    );
  });
});

describe("problemWithPaidOn", () => {
  const now = new Date("2026-11-22T19:30:00Z"); // already the 23rd in Almaty

  it.each([
    ["2026-11-23", null],
    ["2026-11-22", null],
    ["2000-01-01", null],
    ["2026-11-24", "future"],
    ["9999-12-31", "future"],
    ["1999-12-31", "too_old"],
    ["22.11.2026", "format"],
    ["2026-02-30", "format"],
    ["", "format"],
  ])("%j: %s", (date, problem) => {
    expect(problemWithPaidOn(date, now, ALMATY)).toBe(problem);
  });

  it("goes by the team's own calendar", () => {
    expect(problemWithPaidOn("2026-11-23", now, "UTC")).toBe("future");
  });
});
