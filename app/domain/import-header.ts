/** The header of an import file: which column is where (DESIGN 8). */

export const REQUIRED_IMPORT_COLUMNS = [
  "external_id",
  "cycle",
  "reporter_email",
  "reporter_name",
  "severity",
  "title",
  "status",
  "created_at",
  "resolved_at",
] as const;

/** For teams that already keep a ledger in a spreadsheet. */
export const OPTIONAL_IMPORT_COLUMNS = [
  "body",
  "payout_status",
  "amount",
  "currency",
  "paid_on",
  "method",
  "reference",
] as const;

const IMPORT_COLUMNS = [...REQUIRED_IMPORT_COLUMNS, ...OPTIONAL_IMPORT_COLUMNS] as const;
export type ImportColumn = (typeof IMPORT_COLUMNS)[number];

/** One row's cells by column; a column that the file lacks reads as empty. */
export type ImportCells = Readonly<Record<ImportColumn, string>>;

export type ImportHeader =
  | {
      readonly ok: true;
      readonly width: number;
      readonly positions: ReadonlyMap<ImportColumn, number>;
      /** Columns of the file that mean nothing here. */
      readonly ignored: readonly string[];
    }
  | { readonly ok: false; readonly problems: readonly string[] };

export type ImportSeparator = "," | ";";

/** Excel in Russian and Kazakh writes `;`. Whichever the header has more of. */
export function separatorOf(headerLine: string): ImportSeparator {
  return headerLine.split(";").length > headerLine.split(",").length ? ";" : ",";
}

/** Names are compared without regard to case or spaces around them. */
export function readImportHeader(cells: readonly string[]): ImportHeader {
  const names = cells.map((cell) => cell.trim().toLowerCase());
  const missing = REQUIRED_IMPORT_COLUMNS.filter((column) => !names.includes(column));
  const repeated = IMPORT_COLUMNS.filter(
    (column) => names.indexOf(column) !== names.lastIndexOf(column),
  );
  const problems = [
    ...(missing.length > 0 ? [`The header lacks ${columns(missing)}.`] : []),
    ...(repeated.length > 0 ? [`The header has ${columns(repeated)} more than once.`] : []),
  ];
  if (problems.length > 0) return { ok: false, problems };
  const known = IMPORT_COLUMNS.filter((column) => names.includes(column));
  return {
    ok: true,
    width: cells.length,
    positions: new Map(known.map((column) => [column, names.indexOf(column)])),
    ignored: names.filter((name) => !(IMPORT_COLUMNS as readonly string[]).includes(name)),
  };
}

function columns(names: readonly string[]): string {
  return `${names.length === 1 ? "the column" : "the columns"} ${names.join(", ")}`;
}

/** The cells of one record by column. `record` has as many as the header. */
export function cellsByColumn(
  positions: ReadonlyMap<ImportColumn, number>,
  record: readonly string[],
): ImportCells {
  const cell = (column: ImportColumn) => {
    const position = positions.get(column);
    return position === undefined ? "" : (record[position] ?? "");
  };
  return {
    external_id: cell("external_id"),
    cycle: cell("cycle"),
    reporter_email: cell("reporter_email"),
    reporter_name: cell("reporter_name"),
    severity: cell("severity"),
    title: cell("title"),
    status: cell("status"),
    created_at: cell("created_at"),
    resolved_at: cell("resolved_at"),
    body: cell("body"),
    payout_status: cell("payout_status"),
    amount: cell("amount"),
    currency: cell("currency"),
    paid_on: cell("paid_on"),
    method: cell("method"),
    reference: cell("reference"),
  };
}
