import pg from "pg";
import { closeDatabase } from "~/database/client.server";
import type { EmbeddedDatabase } from "~/database/embedded.server";

/** What a file NAME.bench.ts of this folder exports. */
export type Bench = {
  readonly title: string;
  /** Prints its table; false when a figure that must be reached was not. */
  readonly bench: (cluster: BenchCluster) => Promise<boolean>;
};

export type BenchCluster = {
  /** A new migrated database, filled by `fill` with all rights. */
  create(name: string, fill: (superuser: pg.Client) => Promise<void>): Promise<void>;
  /** Runs `work` with the app's models on that database. */
  using<T>(name: string, work: () => Promise<T>): Promise<T>;
};

export function benchCluster({ url, superuserUrl }: EmbeddedDatabase): BenchCluster {
  return {
    async create(name, fill) {
      const template = new URL(url);
      const rights = `TEMPLATE ${template.pathname.slice(1)} OWNER ${template.username}`;
      await connected(on(superuserUrl, "postgres"), (client) =>
        client.query(`CREATE DATABASE ${name} ${rights}`),
      );
      await connected(on(superuserUrl, name), fill);
    },
    async using(name, work) {
      await closeDatabase();
      process.env.DATABASE_URL = on(url, name);
      return work();
    },
  };
}

async function connected<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
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
    const started = performance.now();
    await work();
    if (run >= 0) shortest = Math.min(shortest, performance.now() - started);
  }
  return shortest;
}
