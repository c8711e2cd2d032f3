import { type Options, stringify } from "csv-stringify/sync";
import { defuseCell, START_TO_DEFUSE } from "~/domain/csv-cell";
import { amountToDecimal } from "~/domain/money";
import type { IsoDate } from "~/domain/team-date";
import type { CsvSeparator } from "~/filters/csv-separator";
import type { RowSource } from "~/models/row-cursor.server";

/**
 * A column of text that somebody typed (defused and quoted), of a value of our own that can hold nothing special, or of
 * an amount in minor units (a cursor gives `bigint` as text).
 */
export type CsvColumn<Row> = { readonly name: string } & (
  | { readonly text: (row: Row) => string | null }
  | { readonly plain: (row: Row) => string | number | null }
  | { readonly amount: (row: Row) => number | string | null }
);

export type CsvFile<Row> = {
  /** Without date and ending: "tiyn-payments" becomes tiyn-payments-2026-05-10.csv. */
  readonly name: string;
  readonly date: IsoDate;
  readonly separator: CsvSeparator;
  readonly columns: readonly CsvColumn<Row>[];
  readonly open: () => Promise<RowSource<Row>>;
};

/**
 * A CSV file as a stream: UTF-8 with BOM, CRLF, never capped, as fast as the reader takes it. Nothing has been promised
 * yet when `open` fails; when the rows fail midway the stream does, so that a file that broke off never looks whole.
 */
export async function csvResponse<Row>(request: Request, file: CsvFile<Row>): Promise<Response> {
  const headers = {
    "Content-Type": "text/csv; charset=utf-8; header=present",
    "Content-Disposition": `attachment; filename="${file.name}-${file.date}.csv"`,
    "Cache-Control": "no-store",
  };
  // Nobody would read the stream of a HEAD, and nobody close it.
  if (request.method === "HEAD") return new Response(null, { headers });
  return new Response(csvStream(file, await file.open()), { headers });
}

const BYTE_ORDER_MARK = "\uFEFF";

function csvStream<Row>(file: CsvFile<Row>, source: RowSource<Row>): ReadableStream<Uint8Array> {
  const { header, lines } = csvWriter(file);
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => controller.enqueue(Buffer.from(BYTE_ORDER_MARK + header)),
      async pull(controller) {
        try {
          const rows = await source.next();
          if (rows.length > 0) return controller.enqueue(Buffer.from(lines(rows)));
          await source.close();
          controller.close();
        } catch (error) {
          await source.close();
          throw error;
        }
      },
      cancel: () => source.close(),
    },
    // Not one row is read before somebody wants it.
    { highWaterMark: 0 },
  );
}

/**
 * csv-stringify decides about quotes, and is asked about the rows in which a text holds something that may need them, or
 * begins as a formula does. In nearly all rows none does, and those are only joined: asking about each cell took more
 * time than all the rest.
 */
function csvWriter<Row>({ columns, separator }: CsvFile<Row>) {
  const delimiter = separator === "semicolon" ? ";" : ",";
  const cells = columns.map((column) => ({
    read: cellReader(column, separator),
    isText: "text" in column,
  }));
  const takesCare = new RegExp(`["\\r\\n${delimiter}]|${START_TO_DEFUSE.source}`);
  const lines = (rows: readonly Row[]) => {
    const parts: string[] = [];
    const special: { readonly at: number; readonly row: Row }[] = [];
    let plain = "";
    for (const row of rows) {
      let line = "";
      let between = "";
      let isSpecial = false;
      for (const { read, isText } of cells) {
        const cell = read(row);
        line += between + cell;
        between = delimiter;
        isSpecial ||= isText && takesCare.test(cell);
      }
      if (isSpecial) {
        special.push({ at: parts.push(plain, "") - 1, row });
        plain = "";
      } else plain += line + END_OF_LINE;
    }
    const records = special.map(({ row }) =>
      cells.map(({ read, isText }) => (isText ? defuseCell(read(row)) : read(row))),
    );
    const quoted = quotedLines(records, delimiter);
    for (const [n, { at }] of special.entries()) parts[at] = (quoted[n] ?? "") + END_OF_LINE;
    return parts.join("") + plain;
  };
  const [header = ""] = quotedLines([columns.map(({ name }) => name)], delimiter);
  return { header: header + END_OF_LINE, lines };
}

const END_OF_LINE = "\r\n";
/** No text of PostgreSQL holds it. */
const BETWEEN_RECORDS = "\0";

function quotedLines(records: readonly string[][], delimiter: string): string[] {
  if (records.length === 0) return [];
  const options: Options = {
    delimiter,
    record_delimiter: BETWEEN_RECORDS,
    eof: false,
    // A lone CR or LF ends a line for some readers, though not for RFC 4180.
    quoted_match: /[\r\n]/,
  };
  const lines = stringify([...records], options).split(BETWEEN_RECORDS);
  if (lines.length !== records.length) throw new Error("A cell holds a NUL.");
  return lines;
}

/** A text as it is: whoever writes it takes care of it. */
function cellReader<Row>(column: CsvColumn<Row>, separator: CsvSeparator): (row: Row) => string {
  if ("text" in column) return (row) => column.text(row) ?? "";
  if ("plain" in column) return (row) => String(column.plain(row) ?? "");
  const decimalMark = separator === "semicolon" ? "," : ".";
  return (row) => {
    const amount = column.amount(row);
    return amount === null ? "" : amountToDecimal(Number(amount), decimalMark);
  };
}
