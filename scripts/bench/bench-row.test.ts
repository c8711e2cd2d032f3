import { expect, test } from "vitest";
import { broken, row, table } from "./bench-row";

const ratio = { what: "the CSV", unit: "×", atMost: 2.5, comparedWith: "COPY, 1.6 s" };

test("a figure holds up to its goal, and with its goal", () => {
  expect(row({ ...ratio, value: 2.5 })).toEqual({
    what: "the CSV",
    figure: "2.5 ×",
    comparedWith: "COPY, 1.6 s",
    reach: "≤ 2.5 ×",
    holds: true,
  });
  expect(row({ ...ratio, value: 2.51 }).holds).toBe(false);
  expect(row({ what: "import", value: 4_729.4, unit: "rows/s", atLeast: 5_000 })).toMatchObject({
    figure: "4,729 rows/s",
    reach: "≥ 5000 rows/s",
    holds: false,
  });
});

test("what could not be measured does not hold", () => {
  expect(row({ ...ratio, value: NaN }).holds).toBe(false);
  expect(broken("csv", new Error("no room"))).toMatchObject({
    figure: "Error: no room",
    holds: false,
  });
});

test("the table has one line a row, under its heads", () => {
  const rows = [row({ ...ratio, value: 2 }), row({ ...ratio, what: "longer", value: 3 })];
  expect(table(rows).split("\n")).toEqual([
    "what     figure  compared with  must be",
    "the CSV  2 ×     COPY, 1.6 s    ≤ 2.5 ×  holds",
    "longer   3 ×     COPY, 1.6 s    ≤ 2.5 ×  FAILS",
  ]);
});
