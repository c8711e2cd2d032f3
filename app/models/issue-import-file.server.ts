import { open } from "node:fs/promises";
import { parse } from "csv-parse/sync";
import {
  cellsByColumn,
  type ImportCells,
  type ImportHeader,
  type ImportSeparator,
  readImportHeader,
  separatorOf,
} from "~/domain/import-header";
import type { ImportProblem } from "~/domain/import-problem";
import { ImportFileError, ImportLines, type Line } from "./issue-import-lines.server";

/** One record of the file; `line` is the physical line on which it starts, the header's being 1. */
export type ImportRecord =
  | { readonly line: number; readonly cells: ImportCells }
  | { readonly line: number; readonly problem: ImportProblem };

export type ImportFile = {
  /** Bytes, and how many of them have been read so far. */
  readonly size: number;
  readonly bytesRead: () => number;
  readonly ignoredColumns: readonly string[];
  /** To be read once, to its end or not. */
  readonly records: AsyncIterable<ImportRecord>;
  readonly close: () => void;
};

/** A quote that is still open after so many characters was not meant to span lines. */
const LONGEST_RECORD = 1_000_000;

/**
 * Opens a CSV file and reads its header. Nothing but the current record is held in memory.
 * Throws ImportFileError for a header that does not fit, and Node's own errors for a file that cannot be read.
 */
export async function openImportFile(path: string): Promise<ImportFile> {
  const handle = await open(path);
  const { size } = await handle.stat();
  const stream = handle.createReadStream();
  const lines = new ImportLines(stream);
  const close = () => void stream.destroy();
  try {
    const { header, separator } = await readHeader(lines);
    const records = readRecords(lines, header, separator);
    const { ignored: ignoredColumns } = header;
    return { size, bytesRead: () => lines.bytesRead, ignoredColumns, records, close };
  } catch (error) {
    close();
    throw error;
  }
}

type Header = Extract<ImportHeader, { ok: true }>;

async function readHeader(lines: ImportLines) {
  const first = await lines.next();
  if (first === null) throw new ImportFileError(["The file is empty."]);
  if (lines.isUtf16) {
    throw new ImportFileError(["The file is in UTF-16: save it as CSV UTF-8 and import that."]);
  }
  const separator = separatorOf(first.text);
  const cells = cellsOf([first], separator);
  if (cells === null) throw new ImportFileError(["The quotes in the header do not match."]);
  const header = readImportHeader(cells);
  if (!header.ok) throw new ImportFileError(header.problems);
  return { header, separator };
}

/**
 * The parser is given one record at a time, and the lines of a record are told apart here: left to itself it would
 * take everything after a quote that is not closed for one cell, and count a CRLF within quotes as two lines. Where the
 * quotes of a record make no sense, its first line is reported and reading goes on with the next line.
 */
async function* readRecords(
  lines: ImportLines,
  header: Header,
  separator: ImportSeparator,
): AsyncGenerator<ImportRecord> {
  for (let first = await lines.next(); first !== null; first = await lines.next()) {
    const { number: line } = first;
    const { record, closed } = await gather(lines, first);
    const cells = closed ? cellsOf(record, separator) : null;
    if (cells === null) {
      lines.putBack(record.slice(1));
      yield { line, problem: closed ? MISPLACED_QUOTE : OPEN_QUOTE };
    } else if (lines.damaged && cells.some((cell) => cell.includes("\uFFFD"))) {
      yield { line, problem: NOT_UTF8 };
    } else if (cells.length !== header.width && !isBlank(cells)) {
      yield { line, problem: wrongCount(cells.length, header.width) };
    } else if (!isBlank(cells)) {
      yield { line, cells: cellsByColumn(header.positions, cells) };
    }
  }
}

/** A record goes on while a quote is open, that is, while it has an odd number of them. */
async function gather(lines: ImportLines, first: Line) {
  const record = [first];
  let isOpen = hasOddQuotes(first.text);
  for (let size = first.text.length; isOpen && size < LONGEST_RECORD;) {
    const next = await lines.next();
    if (next === null) break;
    record.push(next);
    size += next.text.length + 1;
    if (hasOddQuotes(next.text)) isOpen = false;
  }
  return { record, closed: !isOpen };
}

function hasOddQuotes(text: string): boolean {
  let odd = false;
  for (let at = text.indexOf('"'); at !== -1; at = text.indexOf('"', at + 1)) odd = !odd;
  return odd;
}

/** Null when the quotes do not follow the rules of CSV. */
function cellsOf(record: readonly Line[], separator: ImportSeparator): string[] | null {
  const [first] = record;
  // Most records of most files have no quotes, and then every separator is one.
  if (first !== undefined && record.length === 1 && !first.text.includes('"')) {
    return first.text.split(separator);
  }
  try {
    const text = record.map((line) => line.text).join("\n");
    const [cells, ...more] = parse(text, { delimiter: separator });
    return cells === undefined || more.length > 0 ? null : cells;
  } catch {
    return null;
  }
}

/** Excel leaves rows of nothing but separators behind. */
function isBlank(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === "");
}

const OPEN_QUOTE: ImportProblem = {
  code: "quote_not_closed",
  message: 'a quote (") is opened and never closed; the row is left out',
};
const MISPLACED_QUOTE: ImportProblem = {
  code: "quote_misplaced",
  message:
    'a quote (") stands where none belongs: a cell with quotes is quoted, and its own are doubled',
};
const NOT_UTF8: ImportProblem = {
  code: "not_utf8",
  message: "the row has characters that are not UTF-8: save the file as CSV UTF-8",
};

function wrongCount(cells: number, width: number): ImportProblem {
  const message = `the row has ${cells} cells, the header ${width}`;
  return { code: "cell_count", message };
}
