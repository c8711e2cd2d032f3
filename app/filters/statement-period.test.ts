import { describe, expect, test } from "vitest";
import { translator } from "~/i18n/translator";
import { readStatementPeriod } from "./statement-period";

const TODAY = "2026-11-22";
const read = (query: string) =>
  readStatementPeriod(new URLSearchParams(query), TODAY, translator("en"));

describe("the period of a statement", () => {
  test("is the last year, unless the query names another one", () => {
    expect(read("")).toEqual({
      from: "2025-11-23",
      to: TODAY,
      values: { from: "2025-11-23", to: TODAY },
      errors: null,
    });
    expect(read("from=2026-01-01&to=2026-03-31")).toMatchObject({
      from: "2026-01-01",
      to: "2026-03-31",
      errors: null,
    });
  });

  test("may be written as people here write dates, and have one end only", () => {
    expect(read("from=01.05.2026&to=")).toMatchObject({ from: "2026-05-01", to: TODAY });
    expect(read("to=2026-05-01")).toMatchObject({ from: "2025-05-02", to: "2026-05-01" });
    expect(read("from=2027-01-01")).toMatchObject({ from: "2027-01-01", to: "2027-01-01" });
    expect(read("to=1000-01-01")).toMatchObject({ from: "1000-01-01", to: "1000-01-01" });
  });

  test("falls to the default with a message for each mistake, and what was typed is kept", () => {
    const mistaken = read("from=31.02.2026&to=soon");
    expect(mistaken).toMatchObject({ from: "2025-11-23", to: TODAY });
    expect(mistaken.values).toEqual({ from: "31.02.2026", to: "soon" });
    expect(Object.keys(mistaken.errors ?? {})).toEqual(["from", "to"]);
  });

  test("does not end before it begins", () => {
    expect(read("from=2026-05-02&to=2026-05-01").errors).toEqual({
      to: "The first date must not be after the second",
    });
  });
});
