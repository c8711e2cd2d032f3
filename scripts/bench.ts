/**
 * npm run bench [-- NAME …]
 *
 * Runs the benchmarks of scripts/bench, all or those named, each on a PostgreSQL of its own that is thrown away, and
 * prints what each measured. Figures of one run are compared with each other, never with those of another machine.
 */
import { readdirSync } from "node:fs";
import { closeDatabase } from "~/database/client.server";
import { startEmbedded } from "~/database/embedded.server";
import { applyMigrations } from "~/database/migrate.server";
import { benchCluster, type Bench } from "./bench/bench-cluster";

const FILE = /^(.+)\.bench\.ts$/;
const known = readdirSync(new URL("bench/", import.meta.url)).flatMap(
  (file) => FILE.exec(file)?.[1] ?? [],
);

async function main(): Promise<number> {
  const asked = process.argv.slice(2);
  const unknown = asked.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    console.error(`No such benchmark: ${unknown.join(", ")}. There are: ${known.join(", ")}.`);
    return 2;
  }
  let code = 0;
  for (const name of asked.length > 0 ? asked : known) code = Math.max(code, await run(name));
  return code;
}

async function run(name: string): Promise<number> {
  const { title, bench } = (await import(`./bench/${name}.bench.ts`)) as Bench;
  console.log(`\n${name}: ${title}`);
  const database = await startEmbedded({ throwaway: true });
  try {
    await applyMigrations(database.url);
    return (await bench(benchCluster(database))) ? 0 : 1;
  } finally {
    await closeDatabase();
    await database.stop();
  }
}

process.exitCode = await main();
