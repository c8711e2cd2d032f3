import { parse } from "csv-parse/sync";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { csvCell, type CsvDelimiter, csvLine } from "./csv-line";

const DELIMITERS: readonly CsvDelimiter[] = [",", ";"];

function written(cells: readonly string[], delimiter: CsvDelimiter): string {
  return csvLine(
    cells.map((cell) => csvCell(cell, delimiter)),
    delimiter,
  );
}

describe("a line of CSV", () => {
  test("ends with CRLF and quotes only what needs it", () => {
    expect(written(["a", "", "b c"], ",")).toBe("a,,b c\r\n");
    expect(written(["a;b", "c,d"], ",")).toBe('a;b,"c,d"\r\n');
    expect(written(["a;b", "c,d"], ";")).toBe('"a;b";c,d\r\n');
    expect(written(['say "hi"', "one\r\ntwo", "\n", "\r"], ",")).toBe(
      '"say ""hi""","one\r\ntwo","\n","\r"\r\n',
    );
  });

  test("is read by csv-parse as what was written, whatever it is", () => {
    const cell = fc.oneof(fc.string({ unit: "binary" }), fc.stringMatching(/^[",;\r\n ]{0,6}$/));
    // A line of one empty cell is an empty line, which no reader can tell from none.
    const cells = fc.array(cell, { minLength: 2, maxLength: 9 });
    for (const delimiter of DELIMITERS) {
      fc.assert(
        fc.property(fc.array(cells, { minLength: 1, maxLength: 4 }), (lines) => {
          const text = lines.map((line) => written(line, delimiter)).join("");
          const read = parse(text, {
            delimiter,
            record_delimiter: "\r\n",
            relax_column_count: true,
          });
          expect(read).toEqual(lines);
        }),
      );
    }
  });
});
