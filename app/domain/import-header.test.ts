import { describe, expect, it } from "vitest";
import {
  cellsByColumn,
  readImportHeader,
  REQUIRED_IMPORT_COLUMNS,
  separatorOf,
} from "./import-header";

describe("readImportHeader", () => {
  it("finds the columns in any order, whatever their case", () => {
    const names = [...REQUIRED_IMPORT_COLUMNS].reverse().map((name) => ` ${name.toUpperCase()} `);
    const header = readImportHeader([...names, "Body", "assignee", ""]);
    if (!header.ok) throw new Error(header.problems.join());
    expect(header.ignored).toEqual(["assignee", ""]);
    expect(header.width).toBe(names.length + 3);
    expect(header.positions.get("external_id")).toBe(names.length - 1);
    expect(header.positions.get("body")).toBe(names.length);
    expect(header.positions.has("amount")).toBe(false);
  });

  it("says everything that is wrong at once", () => {
    const names = REQUIRED_IMPORT_COLUMNS.filter((name) => name !== "title" && name !== "cycle");
    expect(readImportHeader([...names, "status", "amount", "amount"])).toEqual({
      ok: false,
      problems: [
        "The header lacks the columns cycle, title.",
        "The header has the columns status, amount more than once.",
      ],
    });
  });

  it("may be of one column too few", () => {
    expect(readImportHeader(REQUIRED_IMPORT_COLUMNS.slice(1))).toEqual({
      ok: false,
      problems: ["The header lacks the column external_id."],
    });
  });
});

it("tells a semicolon from a comma by the header", () => {
  expect(separatorOf("external_id,cycle,title")).toBe(",");
  expect(separatorOf("external_id;cycle;title")).toBe(";");
  expect(separatorOf('external_id;cycle;"a,b"')).toBe(";");
  expect(separatorOf("external_id")).toBe(",");
});

it("reads a column that the file lacks as empty", () => {
  const positions = new Map([["title", 1]] as const);
  expect(cellsByColumn(positions, ["x", "Crash"])).toMatchObject({ title: "Crash", amount: "" });
});
