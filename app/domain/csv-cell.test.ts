import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defuseCell, originalCell, startsDangerously } from "./csv-cell";

describe("defuseCell", () => {
  it.each([
    '=HYPERLINK("https://evil","x")',
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "＝1",
    "＋1",
    "－1",
    "＠SUM",
    "'quoted'",
    "'",
    "''",
    "'=1",
  ])("puts one ' before %j", (text) => {
    expect(defuseCell(text)).toBe(`'${text}`);
  });

  it.each(["", "Payment fails = always", "a-1", "1", "не работает", '"=1"', " =1", "−1"])(
    "leaves %j alone",
    (text) => {
      expect(defuseCell(text)).toBe(text);
    },
  );

  it("is undone by originalCell and leaves nothing dangerous in front", () => {
    const nasty = fc.string({ unit: fc.constantFrom(..."=+-@＝＋－＠'\t\r\nx ,;\"") });
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "binary" }), nasty), (text) => {
        const cell = defuseCell(text);
        expect(originalCell(cell)).toBe(text);
        expect(startsDangerously(cell)).toBe(false);
        expect(cell.length - text.length).toBeLessThanOrEqual(1);
      }),
    );
  });
});
