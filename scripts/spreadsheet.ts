/**
 * npm run spreadsheet
 *
 * Opens an export of 5,000 random cells in LibreOffice Calc without a window, told to evaluate formulas, and counts those it
 * finds: with each separator, and once without our defusing, which must be found out. Needs `soffice` on the PATH.
 * CSV_SEED=… shows a run again. Exit codes: 0 no formula, 1 some, or the control found none.
 */
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { nastyCell } from "~/http/csv-cells.fixture";
import { type CsvColumn, csvResponse } from "~/http/csv-response.server";
import { seededRandom } from "~/http/seeded-random.fixture";

const run = promisify(execFile);
const ROWS = 1_000;
const COLUMNS = 5;
const SEPARATORS = { comma: ",", semicolon: ";" } as const;
type Separator = keyof typeof SEPARATORS;
type Row = readonly string[];

const seed = Number(process.env.CSV_SEED ?? Math.floor(Math.random() * 2 ** 32));
const random = seededRandom(seed);
const rows: Row[] = Array.from({ length: ROWS }, () =>
  Array.from({ length: COLUMNS }, () => nastyCell(random)),
);

async function exported(separator: Separator, kind: "text" | "plain"): Promise<Uint8Array> {
  const columns = Array.from({ length: COLUMNS }, (_, n): CsvColumn<Row> => {
    const read = (row: Row) => row[n] ?? "";
    return kind === "text" ? { name: `c${n}`, text: read } : { name: `c${n}`, plain: read };
  });
  let left: readonly Row[] = rows;
  const next = () => {
    const given = left;
    left = [];
    return Promise.resolve(given);
  };
  const source = { next, close: () => Promise.resolve() };
  const answer = await csvResponse(new Request("http://localhost/export.csv"), {
    ...{ name: "nasty", date: "2026-11-24", separator, columns },
    open: () => Promise.resolve(source),
  });
  return new Uint8Array(await answer.arrayBuffer());
}

/** Cells that LibreOffice took for formulas, of all that it read. */
async function opened(folder: string, name: string, separator: Separator, csv: Uint8Array) {
  const file = join(folder, `${name}.csv`);
  await writeFile(file, csv);
  // Separator, quote, UTF-8, from line 1, … numbers detected, … and formulas evaluated.
  const filter = `CSV:${SEPARATORS[separator].charCodeAt(0)},34,76,1,,0,false,true,false,false,false,0,true`;
  const home = `-env:UserInstallation=file://${folder}/profile`;
  await run("soffice", [
    ...[home, "--headless", `--infilter=${filter}`],
    ...["--convert-to", "fods", "--outdir", folder, file],
  ]);
  const sheet = await readFile(join(folder, `${name}.fods`), "utf8");
  const count = (pattern: RegExp) => sheet.match(pattern)?.length ?? 0;
  return { formulas: count(/table:formula=/g), cells: count(/office:value-type=/g) };
}

const folder = await mkdtemp(join(tmpdir(), "tiyn-spreadsheet-"));
try {
  console.log(`CSV_SEED=${seed}`);
  for (const separator of ["comma", "semicolon"] as const) {
    const ours = await opened(folder, separator, separator, await exported(separator, "text"));
    const bare = await opened(
      folder,
      `${separator}-bare`,
      separator,
      await exported(separator, "plain"),
    );
    console.log(
      `${separator}: ${ours.formulas} formulas in ${ours.cells} cells; without defusing ${bare.formulas}`,
    );
    if (ours.formulas > 0 || bare.formulas === 0 || ours.cells === 0) process.exitCode = 1;
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
