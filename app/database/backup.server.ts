import { existsSync } from "node:fs";
import type pg from "pg";
import { to as copyTo } from "pg-copy-streams";
import {
  alreadyThere,
  type BackupHeader,
  type BackupTable,
  type CopyText,
  writeBackupFile,
} from "./backup-file.server.ts";
import { columnsOf, paidTotals, SAME_TEXT, tablesToCopy } from "./backup-tables.server.ts";
import { DatabaseProblem } from "./database-problem.ts";
import { withClient } from "./with-client.server.ts";

/** Since this migration a restored database can stop payments; no backup is older. */
export const FIRST_BACKED_UP = "20261124000003_restored";

/**
 * Writes everything that one snapshot of the database holds into one new file, while people go on working. Reading is all
 * the rights it needs. `version` is that of this tiyn. Throws DatabaseProblem; then there is no file.
 */
export async function writeBackup(
  url: string,
  file: string,
  version: string,
): Promise<{ header: BackupHeader; bytes: number }> {
  if (existsSync(file)) throw alreadyThere(file);
  return withClient(url, async (client) => {
    await client.query(`BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; ${SAME_TEXT}`);
    const header = await readHeader(client, version);
    const { bytes } = await writeBackupFile(file, header, copies(client, header.tables));
    await client.query("COMMIT");
    return { header, bytes };
  });
}

async function readHeader(client: pg.Client, version: string): Promise<BackupHeader> {
  const migrations = await readMigrations(client);
  const { rows } = await client.query<{ at: Date }>("SELECT now() AS at");
  const tables: BackupTable[] = [];
  for (const table of await tablesToCopy(client)) {
    const counted = await client.query<{ rows: string }>(
      `SELECT count(*)::text AS rows FROM ${client.escapeIdentifier(table.name)}`,
    );
    tables.push({ ...table, rows: Number(counted.rows[0]?.rows) });
  }
  // Sequences stand outside of snapshots: at worst they are ahead, which leaves a gap.
  const sequences = await client.query<{ name: string; last: string }>(
    `SELECT sequencename::text AS name, last_value::text AS last FROM pg_sequences
      WHERE schemaname = current_schema() AND last_value IS NOT NULL ORDER BY 1`,
  );
  return {
    ...{ format: "tiyn-backup", version: 1, tiyn: version, migrations },
    at: (rows[0]?.at ?? new Date()).toISOString(),
    paid: await paidTotals(client),
    tables,
    sequences: sequences.rows,
  };
}

async function readMigrations(client: pg.Client): Promise<BackupHeader["migrations"]> {
  const known = await client.query("SELECT WHERE to_regclass('_prisma_migrations') IS NOT NULL");
  if (known.rowCount === 0) throw new DatabaseProblem("There is nothing in this database yet.");
  const { rows } = await client.query<{ name: string; checksum: string }>(
    `SELECT migration_name AS name, checksum FROM _prisma_migrations
      WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY 1`,
  );
  if (!rows.some(({ name }) => name === FIRST_BACKED_UP)) {
    throw new DatabaseProblem(
      "This database lacks migrations. Run npm run db:migrate before you back it up.",
    );
  }
  return rows;
}

async function* copies(
  client: pg.Client,
  tables: readonly BackupTable[],
): AsyncGenerator<CopyText> {
  for (const table of tables) {
    yield client.query(copyTo(`COPY ${columnsOf(client, table)} TO STDOUT`)) as CopyText;
  }
}
