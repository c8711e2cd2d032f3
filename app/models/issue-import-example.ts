import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { db } from "~/database/client.server";
import {
  type ImportColumn,
  OPTIONAL_IMPORT_COLUMNS,
  REQUIRED_IMPORT_COLUMNS,
} from "~/domain/import-header";
import type { IssueStatus } from "~/domain/issue-status";
import {
  type ImportFinding,
  importIssues,
  type ImportOptions,
  openImportFile,
} from "./issue-import.server";

/** Files and questions that the tests of the import share. */

export const NOW = new Date("2026-11-22T12:00:00Z");
export const COLUMNS = [...REQUIRED_IMPORT_COLUMNS, ...OPTIONAL_IMPORT_COLUMNS];

export type Cells = Partial<Record<ImportColumn, string>>;

/** A row without a problem; the number makes it one of its own. */
export function exampleCells(number: number, given: Cells = {}): Cells {
  return {
    external_id: `EX-${number}`,
    cycle: "Example cycle",
    reporter_email: `tester${number}@example.com`,
    reporter_name: `Tester ${number}`,
    severity: "medium",
    title: `Example ${number}`,
    status: "open",
    created_at: "2026-05-01T10:00:00Z",
    ...given,
  };
}

export function csv(rows: readonly Cells[], columns: readonly ImportColumn[] = COLUMNS): string {
  const cell = (text: string) => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
  const lines = rows.map((row) => columns.map((column) => cell(row[column] ?? "")).join(","));
  return [columns.join(","), ...lines, ""].join("\n");
}

const STATUSES: readonly IssueStatus[] = [
  ...["fixed", "fixed", "fixed", "duplicate", "open"],
  ...["cant_reproduce", "fixed", "rejected", "wont_fix", "triaged"],
] as IssueStatus[];

/** Rows like those of a real tracker: every status in turn, seven cycles, a tester for every five rows. */
export function manyRows(count: number): Cells[] {
  const severities = ["low", "medium", "medium", "high", "critical"];
  return Array.from({ length: count }, (_, number) => {
    const status = STATUSES[number % STATUSES.length] ?? "open";
    const tester = Math.floor(number / 5);
    return exampleCells(number, {
      external_id: `MANY-${number}`,
      cycle: `Cycle ${number % 7}`,
      reporter_email: `${number % 2 ? "Many" : "many"}${tester}@example.com`,
      reporter_name: `Many ${tester}`,
      severity: severities[number % severities.length] ?? "low",
      title: `Крэш №${number}, "quoted", and a comma`,
      body: number % 3 === 0 ? `Steps:\n1. Open\n2. "Pay"\n${"шаг ".repeat(20)}` : "",
      status,
      resolved_at: status === "open" ? "" : "2026-06-01T10:00:00Z",
    });
  });
}

export type Imported = {
  readonly summary: Awaited<ReturnType<typeof importIssues>>;
  readonly findings: readonly ImportFinding[];
};

/** Imports the text as a file. */
export async function importText(
  content: string | Buffer,
  options: Partial<ImportOptions> = {},
): Promise<Imported> {
  const folder = await mkdtemp(join(tmpdir(), "tiyn-import-"));
  try {
    const path = join(folder, "issues.csv");
    await writeFile(path, content);
    return await importPath(path, options);
  } finally {
    await rm(folder, { recursive: true });
  }
}

export async function importPath(
  path: string,
  options: Partial<ImportOptions> = {},
): Promise<Imported> {
  const file = await openImportFile(path);
  const findings: ImportFinding[] = [];
  try {
    const summary = await importIssues(file.records, {
      ...{ actor: null, now: NOW, zone: "Asia/Almaty" },
      ...options,
      onFinding: (finding) => findings.push(finding),
    });
    return { summary, findings };
  } finally {
    file.close();
  }
}

/** Rows of every table, asked of the database itself. */
export async function countRows(): Promise<Record<string, number>> {
  const tables = await db().$queryRaw<{ name: string }[]>`
    SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename`;
  const counts: Record<string, number> = {};
  for (const { name } of tables) counts[name] = await countOf(`SELECT count(*) FROM ${name}`);
  return counts;
}

export async function countOf(sql: string): Promise<number> {
  const [row] = await db().$queryRawUnsafe<{ count: bigint }[]>(sql);
  return Number(row?.count);
}
