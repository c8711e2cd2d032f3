import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import type { BackupFile, BackupHeader, CopyText } from "./backup-file.server.ts";
import { columnsOf, paidTotals, SAME_TEXT, tablesToCopy } from "./backup-tables.server.ts";
import { FIRST_BACKED_UP } from "./backup.server.ts";
import { DatabaseProblem } from "./database-problem.ts";
import { applyMigrations } from "./migrate.server.ts";
import { bringDatabaseUpToDate, type DatabaseUrls } from "./up-to-date.server.ts";
import { withClient } from "./with-client.server.ts";

/**
 * Brings a backup back into a database in which nobody is yet: all of it or nothing. Everybody has to sign in again, and
 * payments wait until an admin has compared the last references with the bank. Throws DatabaseProblem.
 */
export async function restoreInto(
  urls: DatabaseUrls,
  backup: BackupFile,
  log: (line: string) => void,
): Promise<void> {
  const ownerUrl = urls.ownerUrl ?? urls.url;
  await requireKnownMigrations(backup.header);
  await withClient(ownerUrl, requireEmpty);
  await applyMigrations(ownerUrl, { only: backup.header.migrations.map(({ name }) => name) });
  await withClient(ownerUrl, (client) => load(client, backup));
  await bringDatabaseUpToDate(urls, log);
}

/** What was not made by this tiyn's own migrations would be understood wrongly. */
async function requireKnownMigrations({ migrations, tiyn }: BackupHeader): Promise<void> {
  for (const { name, checksum } of migrations) {
    const script = await readFile(`prisma/migrations/${name}/migration.sql`).catch(() => null);
    if (script === null) {
      throw new DatabaseProblem(
        `The backup has the migration ${name}, which this tiyn does not know: tiyn ${tiyn} made it. Update this one.`,
      );
    }
    if (createHash("sha256").update(script).digest("hex") !== checksum) {
      throw new DatabaseProblem(`The backup was made with another text of the migration ${name}.`);
    }
  }
  if (!migrations.some(({ name }) => name === FIRST_BACKED_UP)) {
    throw new DatabaseProblem("The backup says nothing of the migrations it needs.");
  }
}

export async function requireEmpty(client: pg.ClientBase): Promise<void> {
  if (!(await isEmpty(client))) {
    throw new DatabaseProblem(
      "This database is not empty. Name an empty one in DATABASE_URL, or add --replace.",
    );
  }
}

/** No table, or the tables and nobody in them: every other row belongs to a user. */
async function isEmpty(client: pg.ClientBase): Promise<boolean> {
  const known = await client.query<{ tables: number; users: boolean }>(
    `SELECT count(*)::int AS tables, coalesce(bool_or(relname = 'users'), false) AS users
       FROM pg_class WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')`,
  );
  const [found] = known.rows;
  if (found?.tables === 0) return true;
  return found?.users === true && (await client.query("SELECT FROM users LIMIT 1")).rowCount === 0;
}

async function load(client: pg.Client, { header, hash, tables }: BackupFile): Promise<void> {
  await client.query(`BEGIN; ${SAME_TEXT}`);
  const known = await tablesToCopy(client);
  // The rules of moves would refuse rows that are already where the moves led. What must hold of rows, holds.
  for (const table of known) await switchTriggers(client, table.name, "DISABLE");
  await requireEmpty(client);
  const names = known.map(({ name }) => client.escapeIdentifier(name));
  await client.query(`TRUNCATE ${names.join(", ")}`);
  let next = 0;
  for await (const text of tables()) await loadTable(client, header.tables[next++], text);
  if (next !== header.tables.length) throw new DatabaseProblem("The backup lacks tables.");
  for (const { name, last } of header.sequences) {
    await client.query("SELECT setval($1::regclass, $2)", [client.escapeIdentifier(name), last]);
  }
  await requireSameTotals(client, header);
  await endSessions(client);
  await client.query("SET CONSTRAINTS ALL IMMEDIATE");
  for (const table of known) await switchTriggers(client, table.name, "ENABLE");
  await client.query("INSERT INTO restorations (backup_at, backup_hash) VALUES ($1, $2)", [
    header.at,
    hash,
  ]);
  await client.query("COMMIT");
}

function switchTriggers(client: pg.Client, table: string, how: "ENABLE" | "DISABLE") {
  return client.query(`ALTER TABLE ${client.escapeIdentifier(table)} ${how} TRIGGER USER`);
}

async function loadTable(
  client: pg.Client,
  table: BackupHeader["tables"][number] | undefined,
  text: CopyText,
): Promise<void> {
  if (!table) throw new DatabaseProblem("The backup holds more tables than it names.");
  const copy = client.query(copyFrom(`COPY ${columnsOf(client, table)} FROM STDIN`));
  await pipeline(Readable.from(text), copy);
  if (copy.rowCount !== table.rows) {
    throw new DatabaseProblem(
      `The backup names ${table.rows} rows of ${table.name}, and ${copy.rowCount} came.`,
    );
  }
}

async function requireSameTotals(client: pg.Client, { paid }: BackupHeader): Promise<void> {
  const loaded = await paidTotals(client);
  if (JSON.stringify(loaded) !== JSON.stringify(paid)) {
    throw new DatabaseProblem("What was loaded does not add up to what the backup says was paid.");
  }
}

/** A session that was ended since, or a link that was used, must not come back to life. */
async function endSessions(client: pg.Client): Promise<void> {
  await client.query("UPDATE sessions SET ended_at = now() WHERE ended_at IS NULL");
  await client.query(
    "UPDATE invites SET replaced_at = now() WHERE used_at IS NULL AND replaced_at IS NULL",
  );
}
