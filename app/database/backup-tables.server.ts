import type { ClientBase } from "pg";
import { DatabaseProblem } from "./database-problem.ts";

export type TableToCopy = { readonly name: string; readonly columns: readonly string[] };

/** Both sides of a COPY must mean the same by a text, whatever the machine's own settings are. */
export const SAME_TEXT = `
  SET LOCAL client_encoding = 'UTF8'; SET LOCAL datestyle = 'ISO, YMD'; SET LOCAL intervalstyle = 'postgres';
  SET LOCAL timezone = 'UTC'; SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1;
  SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0`;

/** What migrations make is made by migrations again. */
const NOT_COPIED = "_prisma_migrations";

/** Every table that outlives a crash, with the columns that can be written, each after the tables it refers to. */
export async function tablesToCopy(client: ClientBase): Promise<TableToCopy[]> {
  const { rows } = await client.query<TableToCopy & { refers: string[] }>(
    `SELECT c.relname AS name,
            array(SELECT a.attname::text FROM pg_attribute a
                   WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
                   ORDER BY a.attnum) AS columns,
            -- What is checked at the end of the transaction asks for no order.
            array(SELECT DISTINCT r.relname::text FROM pg_constraint f JOIN pg_class r ON r.oid = f.confrelid
                   WHERE f.conrelid = c.oid AND f.contype = 'f' AND NOT f.condeferrable AND r.oid <> c.oid) AS refers
       FROM pg_class c
      WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND c.relname <> $1
        AND c.relpersistence = 'p'
      ORDER BY c.relname`,
    [NOT_COPIED],
  );
  const ordered: TableToCopy[] = [];
  const placed = new Set<string>();
  while (ordered.length < rows.length) {
    const next = rows.find(
      ({ name, refers }) => !placed.has(name) && refers.every((other) => placed.has(other)),
    );
    if (!next) throw new DatabaseProblem("Tables that refer to each other cannot be backed up.");
    placed.add(next.name);
    ordered.push({ name: next.name, columns: next.columns });
  }
  return ordered;
}

/** `"table" ("column", …)`, for COPY. */
export function columnsOf(client: ClientBase, { name, columns }: TableToCopy): string {
  const names = columns.map((column) => client.escapeIdentifier(column));
  return `${client.escapeIdentifier(name)} (${names.join(", ")})`;
}

/** Σ payments and reversals in minor units, by currency. */
export async function paidTotals(client: ClientBase): Promise<Record<string, string>> {
  const { rows } = await client.query<{ currency: string; paid: string }>(
    "SELECT currency::text, sum(amount)::text AS paid FROM issue_payouts GROUP BY currency ORDER BY 1",
  );
  return Object.fromEntries(rows.map(({ currency, paid }) => [currency, paid]));
}
