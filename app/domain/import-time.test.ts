import { describe, expect, it } from "vitest";
import { readImportDate, readImportTime } from "./import-time";

const ALMATY = "Asia/Almaty";

describe("readImportTime", () => {
  it.each([
    ["2006-01-01T16:04:54Z", "2006-01-01T16:04:54.000Z"],
    ["2006-01-01t16:04:54z", "2006-01-01T16:04:54.000Z"],
    ["2026-05-10 14:30:00 UTC", "2026-05-10T14:30:00.000Z"],
    ["2026-05-10T14:30:00.123456+05:00", "2026-05-10T09:30:00.123Z"],
    ["2026-05-10T14:30+0530", "2026-05-10T09:00:00.000Z"],
    ["2026-05-10 14:30:00-05", "2026-05-10T19:30:00.000Z"],
    ["2026-05-10 14:30", "2026-05-10T09:30:00.000Z"],
    ["2026-05-10", "2026-05-09T19:00:00.000Z"],
    ["10.05.2026", "2026-05-09T19:00:00.000Z"],
    ["10.05.2026 14:30", "2026-05-10T09:30:00.000Z"],
    ["10.05.2026, 9:30:15", "2026-05-10T04:30:15.000Z"],
    // Almaty was at +06 until the midnight at which its clocks went back to 23:00.
    ["2024-02-29 22:59:59", "2024-02-29T16:59:59.000Z"],
    ["2024-03-01 00:00:00", "2024-02-29T19:00:00.000Z"],
  ])("reads %s", (text, instant) => {
    expect(readImportTime(text, ALMATY)?.toISOString()).toBe(instant);
  });

  it.each([
    "",
    "now",
    "2026-13-01",
    "2026-02-29",
    "2026-05-10T24:00:00Z",
    "2026-05-10T14:60:00Z",
    "2026-05-10T14:30:60Z",
    "2026-05-10T14Z",
    "2026-05-10T14:30:00+15:00",
    "2026-5-1",
    "05/10/2026",
    "32.05.2026",
    "10.05.26",
    "10.05.2026 25:00",
    "1969-12-31T23:59:59Z",
    "0206-05-10T10:00:00Z",
    "1747123456",
    "2026-05-10T14:30:00Z ",
  ])("refuses %j", (text) => {
    expect(readImportTime(text, ALMATY)).toBeNull();
  });

  it("follows a zone through its changes of clock", () => {
    expect(readImportTime("2026-03-29 03:30", "Europe/Berlin")?.toISOString()).toBe(
      "2026-03-29T01:30:00.000Z",
    );
    expect(readImportTime("2026-10-25 04:00", "Europe/Berlin")?.toISOString()).toBe(
      "2026-10-25T03:00:00.000Z",
    );
  });
});

describe("readImportDate", () => {
  it.each([
    ["2026-05-10", "2026-05-10"],
    ["10.05.2026", "2026-05-10"],
    ["2026-05-10T00:00:00Z", null],
    ["10.05.2026 14:30", null],
    ["30.02.2026", null],
    ["", null],
  ])("reads %j as %j", (text, date) => {
    expect(readImportDate(text)).toBe(date);
  });
});
