import { type Options, stringify } from "csv-stringify/sync";
import { defuseCell } from "~/domain/csv-cell";
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
  const encoder = new TextEncoder();
  const { header, lines } = csvWriter(file);
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => controller.enqueue(encoder.encode(BYTE_ORDER_MARK + header)),
      async pull(controller) {
        try {
          const rows = await source.next();
          if (rows.length > 0) return controller.enqueue(encoder.encode(lines(rows)));
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

function csvWriter<Row>({ columns, separator }: CsvFile<Row>) {
  const cells = columns.map((column) => cellWriter(column, separator));
  const options: Options = {
    delimiter: separator === "semicolon" ? ";" : ",",
    record_delimiter: "\r\n",
    // A lone CR or LF ends a line for some readers, though not for RFC 4180.
    quoted_match: /[\r\n]/,
  };
  return {
    header: stringify([columns.map(({ name }) => name)], options),
    lines: (rows: readonly Row[]) =>
      stringify(
        rows.map((row) => cells.map((cell) => cell(row))),
        options,
      ),
  };
}

function cellWriter<Row>(column: CsvColumn<Row>, separator: CsvSeparator): (row: Row) => string {
  if ("text" in column) return (row) => defuseCell(column.text(row) ?? "");
  if ("plain" in column) return (row) => String(column.plain(row) ?? "");
  const decimalMark = separator === "semicolon" ? "," : ".";
  return (row) => {
    const amount = column.amount(row);
    return amount === null ? "" : amountToDecimal(Number(amount), decimalMark);
  };
}
