import { stringify } from "csv-stringify/sync";
import { defuseCell } from "~/domain/csv-cell";
import { amountToDecimal } from "~/domain/money";
import type { IsoDate } from "~/domain/team-date";
import type { CsvSeparator } from "~/filters/csv-separator";
import type { RowSource } from "~/models/row-cursor.server";

/** What somebody typed (defused), a value of our own that needs no care, or an amount in minor units (`bigint` comes as text from a cursor). */
export type CsvColumn<Row> = { readonly name: string } & (
  | { readonly text: (row: Row) => string | null }
  | { readonly plain: (row: Row) => string | number | null }
  | { readonly amount: (row: Row) => number | string }
);

export type CsvFile<Row> = {
  /** Without ending: "tiyn-payments" becomes tiyn-payments-2026-05-10.csv. */
  readonly name: string;
  readonly date: IsoDate;
  readonly separator: CsvSeparator;
  readonly columns: readonly CsvColumn<Row>[];
  readonly open: () => Promise<RowSource<Row>>;
};

/**
 * A CSV file as a stream: UTF-8 with BOM, CRLF, never capped, as fast as the reader takes it. Nothing has been promised
 * yet when `open` fails; when the rows fail midway the stream does, and the file never looks whole.
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
  const names = file.columns.map(({ name }) => name);
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        controller.enqueue(encoder.encode(BYTE_ORDER_MARK + csvLines([names], file.separator)));
      },
      async pull(controller) {
        try {
          const rows = await source.next();
          if (rows.length > 0) return controller.enqueue(encoder.encode(csvText(rows, file)));
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

function csvText<Row>(rows: readonly Row[], { columns, separator }: CsvFile<Row>): string {
  const decimalMark = separator === "semicolon" ? "," : ".";
  const cells = columns.map((column) => cellOf(column, decimalMark));
  return csvLines(
    rows.map((row) => cells.map((cell) => cell(row))),
    separator,
  );
}

function cellOf<Row>(column: CsvColumn<Row>, decimalMark: "." | ","): (row: Row) => string {
  if ("text" in column) return (row) => defuseCell(column.text(row) ?? "");
  if ("plain" in column) return (row) => String(column.plain(row) ?? "");
  return (row) => amountToDecimal(Number(column.amount(row)), decimalMark);
}

function csvLines(lines: readonly (readonly string[])[], separator: CsvSeparator): string {
  return stringify(lines as string[][], {
    delimiter: separator === "semicolon" ? ";" : ",",
    record_delimiter: "windows",
    // RFC 4180 quotes each of them, also where it is not part of a CRLF.
    quoted_match: /[\r\n]/,
  });
}
