import { readdir } from "node:fs/promises";
import { grantAppRole } from "./app-role.server.ts";
import { DatabaseProblem } from "./database-problem.ts";
import { applyMigrations } from "./migrate.server.ts";
import { withClient } from "./with-client.server.ts";

export type DatabaseUrls = {
  /** What the app works with. */
  readonly url: string;
  /** Of the role that owns the tables, when that is another one. */
  readonly ownerUrl: string | null;
};

/**
 * Brings the tables up to date with the rights there are: as the owner, who then gives the app's role its own; as the
 * app's role where it is the owner; else only makes sure that somebody else did. Throws DatabaseProblem.
 * @returns the names of the migrations applied now
 */
export async function bringDatabaseUpToDate(
  { url, ownerUrl }: DatabaseUrls,
  log: (line: string) => void,
): Promise<string[]> {
  if (ownerUrl === null && !(await mayMigrate(url))) {
    await requireMigrated(url);
    return [];
  }
  const applied = await applyMigrations(ownerUrl ?? url, { log });
  const role = roleOf(url);
  if (ownerUrl !== null && role !== roleOf(ownerUrl)) await grantAppRole(ownerUrl, role);
  return applied;
}

const roleOf = (url: string) => decodeURIComponent(new URL(url).username);

/** An empty database is its owner's to fill; later on the tables say whose they are. */
function mayMigrate(url: string): Promise<boolean> {
  return withClient(url, async (client) => {
    const { rows } = await client.query<{ may: boolean }>(
      `SELECT coalesce(has_table_privilege(to_regclass('_prisma_migrations'), 'UPDATE'),
                       has_schema_privilege(current_schema(), 'CREATE'), false) AS may`,
    );
    return rows[0]?.may === true;
  });
}

function requireMigrated(url: string): Promise<void> {
  return withClient(url, async (client) => {
    const entries = await readdir("prisma/migrations", { withFileTypes: true });
    const known = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
    const { rows } = await client
      .query<{ name: string }>(
        "SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL",
      )
      .catch(() => ({ rows: [] }));
    const applied = new Set(rows.map(({ name }) => name));
    const missing = known.filter((name) => !applied.has(name));
    if (missing.length === 0) return;
    throw new DatabaseProblem(
      `The database lacks ${missing.length} migrations, and the role of DATABASE_URL may not apply them. ` +
        "Set MIGRATE_DATABASE_URL to its owner's address and run: npm run db:migrate",
    );
  });
}
