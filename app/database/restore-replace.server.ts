import { randomBytes } from "node:crypto";
import pg from "pg";
import type { BackupFile } from "./backup-file.server.ts";
import { DatabaseProblem } from "./database-problem.ts";
import { restoreInto } from "./restore.server.ts";
import type { DatabaseUrls } from "./up-to-date.server.ts";
import { withClient } from "./with-client.server.ts";

/**
 * Brings a backup back into a new database, which then takes the old one's name. The old one stays, under another name:
 * whatever goes wrong, nothing is lost. Its owner must be allowed to create databases. Throws DatabaseProblem.
 * @returns the old database's name from now on
 */
export async function restoreInPlace(
  { url, ownerUrl }: DatabaseUrls,
  backup: BackupFile,
  { now, log }: { now: Date; log: (line: string) => void },
): Promise<string> {
  const name = databaseOf(url);
  const fresh = `${name}_${randomBytes(4).toString("hex")}`;
  const kept = `${name}_before_${now.toISOString().replace(/\D/g, "").slice(0, 14)}`;
  const at = (database: string) => withDatabase(ownerUrl ?? url, database);
  return withClient(at("postgres"), async (client) => {
    const quoted = (database: string) => client.escapeIdentifier(database);
    await requireNobodyThere(client, name);
    await createDatabase(client, quoted(fresh));
    try {
      const urls = { url: withDatabase(url, fresh), ownerUrl: ownerUrl && at(fresh) };
      await restoreInto(urls, backup, log);
      // Nobody finds no database in between, and whoever came meanwhile is not cut off: then this is refused.
      await client.query("BEGIN");
      await client.query(`ALTER DATABASE ${quoted(name)} RENAME TO ${quoted(kept)}`);
      await client.query(`ALTER DATABASE ${quoted(fresh)} RENAME TO ${quoted(name)}`);
      await client.query("COMMIT");
    } catch (error) {
      await client
        .query("ROLLBACK")
        .then(() => client.query(`DROP DATABASE ${quoted(fresh)}`))
        .catch(() => log(`The database ${fresh}, half made, is left: drop it.`));
      throw error;
    }
    return kept;
  });
}

async function requireNobodyThere(client: pg.Client, name: string): Promise<void> {
  const { rowCount } = await client.query(
    "SELECT FROM pg_stat_activity WHERE datname = $1 AND backend_type = 'client backend'",
    [name],
  );
  if (rowCount) {
    throw new DatabaseProblem(
      `${rowCount} connections to ${name} are open. Stop tiyn, and whatever else uses it, before you replace it.`,
    );
  }
}

async function createDatabase(client: pg.Client, name: string): Promise<void> {
  try {
    // As the app's own, whatever the template of this machine is.
    await client.query(`CREATE DATABASE ${name} TEMPLATE template0 ENCODING 'UTF8'`);
  } catch (error) {
    const isForbidden = error instanceof pg.DatabaseError && error.code === "42501";
    if (!isForbidden) throw error;
    throw new DatabaseProblem(
      "The database's owner may not create databases. Create an empty one yourself, and restore into that.",
    );
  }
}

const databaseOf = (url: string) => decodeURIComponent(new URL(url).pathname.slice(1));

function withDatabase(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${encodeURIComponent(database)}`;
  return other.href;
}
