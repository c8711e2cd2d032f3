import { readdir, readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import pg from "pg";
import { DatabaseProblem } from "./database-problem.ts";
import { DATASOURCE_ONLY, withSchemaEngine, type SchemaEngine } from "./schema-engine.server.ts";
import { withClient } from "./with-client.server.ts";

/** Any number, as long as it is ours alone and not the one Prisma takes for itself (72707369). */
const MIGRATION_LOCK = 7_496_110;

/**
 * Said in the same transaction as the migration it follows. PostgreSQL runs a script sent in one piece
 * as one transaction, so after a crash a migration without a finishing time did nothing at all.
 */
const MARK_FINISHED = `
;UPDATE _prisma_migrations SET finished_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL`;

const NO_FILTERS = { externalTables: [], externalEnums: [] };

/**
 * Applies what is not applied yet of `migrationsDir`, each migration whole or not at all, and keeps
 * Prisma's record of it. Copies of the app that start at once wait for each other.
 * @returns the names of the migrations applied now
 */
export async function applyMigrations(
  url: string,
  options: {
    migrationsDir?: string;
    log?: (line: string) => void;
    /** Not all: these, for a backup that knew no more. */
    only?: readonly string[];
  } = {},
): Promise<string[]> {
  const { migrationsDir = "prisma/migrations", log = () => undefined, only } = options;
  const migrations = await readMigrations(resolve(migrationsDir), only);
  return withMigrationLock(url, log, async (client) => {
    await forgetUnfinished(client, log);
    let failure: Failure | null = null;
    const runScript = async (pool: pg.Pool, script: string) => {
      try {
        await pool.query(script + MARK_FINISHED);
      } catch (error) {
        failure = { script, error };
        throw error;
      }
    };
    try {
      return await withSchemaEngine(url, DATASOURCE_ONLY, runScript, async (engine) => {
        await refuseForeignHistory(engine, migrations);
        const input = { migrationsList: migrations, filters: NO_FILTERS };
        const { appliedMigrationNames } = await engine.applyMigrations(input);
        for (const name of appliedMigrationNames) log(`Applied migration ${name}.`);
        return appliedMigrationNames;
      });
    } catch (error) {
      throw failure === null ? error : migrationFailed(migrations, failure);
    }
  });
}

/**
 * The SQL that would turn the database into what schema.prisma says; "" when they agree.
 * Checks, triggers and functions are in no schema.prisma and are not compared.
 */
export async function schemaDrift(
  url: string,
  schemaFile = "prisma/schema.prisma",
): Promise<string> {
  const schema = await readFile(resolve(schemaFile), "utf8");
  const files = [{ path: "schema.prisma", content: schema }];
  const readOnly = () => Promise.reject(new Error("A comparison runs no scripts."));
  return withSchemaEngine(url, schema, readOnly, async (engine) => {
    const { stdout } = await engine.diff({
      from: { tag: "schemaDatasource", files, configDir: resolve(".") },
      to: { tag: "schemaDatamodel", files },
      script: true,
      exitCode: null,
      filters: NO_FILTERS,
    });
    const sql = (stdout ?? "").trim();
    return sql === "-- This is an empty migration." ? "" : sql;
  });
}

interface Failure {
  script: string;
  error: unknown;
}

type Migrations = Awaited<ReturnType<typeof readMigrations>>;

async function readMigrations(baseDir: string, only?: readonly string[]) {
  const entries = await readdir(baseDir, { withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isDirectory() && (only?.includes(entry.name) ?? true))
    .map((entry) => entry.name);
  const migrationDirectories = await Promise.all(
    names.sort().map(async (name) => {
      const value = await readFile(join(baseDir, name, "migration.sql"), "utf8");
      return {
        path: name,
        migrationFile: { path: "migration.sql", content: { tag: "ok" as const, value } },
      };
    }),
  );
  const lockfile = join(baseDir, "migration_lock.toml");
  return {
    baseDir,
    lockfile: {
      path: "migration_lock.toml",
      content: await readFile(lockfile, "utf8").catch(() => null),
    },
    shadowDbInitScript: "",
    migrationDirectories,
  };
}

async function withMigrationLock<T>(
  url: string,
  log: (line: string) => void,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  // Ending the session gives the lock back, as its death would.
  return withClient(url, async (client) => {
    const tried = await client.query<{ locked: boolean }>(
      "SELECT pg_try_advisory_lock($1) locked",
      [MIGRATION_LOCK],
    );
    if (tried.rows[0]?.locked !== true) {
      log("Another copy of tiyn is applying migrations; waiting for it.");
      await client.query("SELECT pg_advisory_lock($1)", [MIGRATION_LOCK]);
    }
    return work(client);
  });
}

/** Lets a migration that failed or was interrupted, and therefore left nothing behind, run again. */
async function forgetUnfinished(client: pg.Client, log: (line: string) => void): Promise<void> {
  const table = await client.query("SELECT 1 WHERE to_regclass('_prisma_migrations') IS NOT NULL");
  if (table.rowCount === 0) return;
  const { rows } = await client.query<{ migration_name: string }>(
    `UPDATE _prisma_migrations SET rolled_back_at = now()
     WHERE finished_at IS NULL AND rolled_back_at IS NULL RETURNING migration_name`,
  );
  for (const row of rows) log(`Migration ${row.migration_name} did not finish last time.`);
}

async function refuseForeignHistory(engine: SchemaEngine, migrations: Migrations): Promise<void> {
  const { editedMigrationNames, history } = await engine.diagnoseMigrationHistory({
    migrationsList: migrations,
    optInToShadowDatabase: false,
    filters: NO_FILTERS,
  });
  if (editedMigrationNames.length > 0) {
    throw new DatabaseProblem(
      `The file of ${editedMigrationNames.join(", ")} was changed after this database applied it. ` +
        "Put the old text back, and write the change as a new migration.",
    );
  }
  if (history !== null && "unpersistedMigrationNames" in history) {
    throw new DatabaseProblem(
      `This database has migrations that this tiyn does not know: ` +
        `${history.unpersistedMigrationNames.join(", ")}. A newer tiyn made it: update this one.`,
    );
  }
}

function migrationFailed(migrations: Migrations, { script, error }: Failure): DatabaseProblem {
  const name = migrations.migrationDirectories.find(
    ({ migrationFile }) => migrationFile.content.value === script,
  )?.path;
  const position = error instanceof pg.DatabaseError ? error.position : undefined;
  const line = script.slice(0, Number(position ?? 0)).split("\n").length;
  return new DatabaseProblem(
    `Migration ${name ?? ""} failed${position === undefined ? "" : ` at line ${line}`}, ` +
      `and nothing of it was applied: ${error instanceof Error ? error.message : String(error)}`,
    { cause: error },
  );
}
