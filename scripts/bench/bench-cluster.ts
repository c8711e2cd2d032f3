import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type pg from "pg";
import { closeDatabase } from "~/database/client.server";
import type { EmbeddedDatabase } from "~/database/embedded.server";
import { applyMigrations } from "~/database/migrate.server";
import type { BenchRow } from "./bench-row";
import { withClient } from "~/database/with-client.server";

/** What a file NAME.bench.ts of this folder exports. */
export type Bench = {
  readonly title: string;
  /** Rows of the table. */
  readonly bench: (cluster: BenchCluster) => Promise<readonly BenchRow[]>;
};

type Fill = (superuser: pg.Client) => Promise<void>;

export type BenchCluster = {
  /** A new migrated database, filled by `fill` with all rights, and dropped after the benchmark. */
  create(name: string, fill: Fill): Promise<void>;
  /** The same, kept between runs until the migrations or one of `madeBy`, the files that fill it, change. */
  keep(name: string, madeBy: readonly string[], fill: Fill): Promise<void>;
  /** A copy of a kept database, to be written to; dropped after the benchmark. */
  copy(kept: string, name: string): Promise<void>;
  /** Runs `work` with the app's models on that database. */
  using<T>(name: string, work: () => Promise<T>): Promise<T>;
  /** The app's own role there. */
  url(name: string): string;
  /** Drops what was created and copied. */
  tidy(): Promise<void>;
};

/** What is filled relative to now, such as last month's issues, is made anew after so many days. */
const KEPT_DAYS = 7;

const EMPTY = "empty";

export async function benchCluster({ url, superuserUrl }: EmbeddedDatabase): Promise<BenchCluster> {
  const passing = new Set<string>();
  const asSuperuser = <T>(sql: string) =>
    withClient(
      on(superuserUrl, "postgres"),
      async (client) => (await client.query(sql)).rows as T[],
    );

  async function make(name: string, template: string): Promise<void> {
    if (!/^[a-z_]+$/.test(name)) throw new Error(`No name for a database: ${name}`);
    await asSuperuser(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    const owner = `OWNER ${new URL(url).username}`;
    await asSuperuser(`CREATE DATABASE ${name} TEMPLATE ${template} ${owner} STRATEGY FILE_COPY`);
  }

  async function keep(name: string, template: string, key: string, fill: () => Promise<void>) {
    const comment = `SELECT shobj_description(oid, 'pg_database') AS said FROM pg_database WHERE datname = '${name}'`;
    const [known] = await asSuperuser<{ said: string | null }>(comment);
    if (isStillGood(known?.said ?? null, key)) return;
    console.log(`making the database ${name} …`);
    await make(name, template);
    await fill();
    // Said last: one that was only half filled is not taken for whole.
    const said = JSON.stringify({ key, at: new Date().toISOString() });
    await asSuperuser(`COMMENT ON DATABASE ${name} IS '${said}'`);
  }

  const migrations = await migrationFiles();
  await keep(EMPTY, "template0", await fingerprint(migrations), async () => {
    await applyMigrations(on(url, EMPTY));
  });

  return {
    async create(name, fill) {
      passing.add(name);
      await make(name, EMPTY);
      await withClient(on(superuserUrl, name), fill);
    },
    async keep(name, madeBy, fill) {
      const key = await fingerprint([...migrations, ...madeBy]);
      await keep(name, EMPTY, key, () => withClient(on(superuserUrl, name), fill));
    },
    async copy(kept, name) {
      // PostgreSQL copies no database that somebody is connected to.
      await closeDatabase();
      passing.add(name);
      await make(name, kept);
    },
    async using(name, work) {
      await closeDatabase();
      process.env.DATABASE_URL = on(url, name);
      return work();
    },
    url: (name) => on(url, name),
    async tidy() {
      await closeDatabase();
      for (const name of passing) await asSuperuser(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
      passing.clear();
    },
  };
}

async function migrationFiles(): Promise<string[]> {
  const folder = "prisma/migrations";
  const files = await readdir(folder, { recursive: true });
  return files.filter((file) => file.endsWith(".sql")).map((file) => join(folder, file));
}

async function fingerprint(files: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const file of [...files].sort()) hash.update(`${file}\n${await readFile(file, "utf8")}\n`);
  return hash.digest("hex").slice(0, 16);
}

function isStillGood(said: string | null, key: string): boolean {
  if (said === null) return false;
  const made = JSON.parse(said) as { key: string; at: string };
  const days = (Date.now() - new Date(made.at).getTime()) / (24 * 60 * 60 * 1000);
  return made.key === key && days < KEPT_DAYS;
}

function on(url: string, database: string): string {
  const other = new URL(url);
  other.pathname = `/${database}`;
  return other.href;
}

/**
 * The shortest of so many runs, in milliseconds: what the work itself takes, however busy the machine is with other
 * things. The first few only warm up.
 */
export async function shortestMs(work: () => Promise<unknown>, runs = 15): Promise<number> {
  let shortest = Infinity;
  for (let run = -3; run < runs; run++) {
    const took = await msOf(work);
    if (run >= 0) shortest = Math.min(shortest, took);
  }
  return shortest;
}

export async function msOf(work: () => Promise<unknown>): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}
