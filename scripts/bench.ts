/**
 * npm run bench [-- NAME …] [-- --json FILE]
 *
 * Runs the benchmarks of scripts/bench, all or those named, and prints one table: each figure of DESIGN 11, what it is
 * compared with, and whether it holds. Figures of one run are compared with each other, never with those of another
 * machine. The databases they read are kept in DATA_DIR/bench. `--json` alone writes the table as JSON to stdout; what
 * the benchmarks tell meanwhile goes to stderr. Exit codes: 0 all holds, 1 something does not, 2 it could not run.
 */
import { readdirSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startEmbedded } from "~/database/embedded.server";
import { settings } from "~/settings.server";
import { type Bench, benchCluster, type BenchCluster } from "./bench/bench-cluster";
import { type BenchRow, broken, table } from "./bench/bench-row";
import { bringUpToDate } from "./bring-up-to-date.mjs";

const FILE = /^(.+)\.bench\.ts$/;

/** As DESIGN 11 lists them; others follow. */
const ORDER = [
  "weight",
  "pages",
  "issues",
  "csv",
  "confirm",
  "import",
  "triage-keys",
  "confirm-storm",
];

function known(): string[] {
  const place = (name: string) => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);
  return readdirSync(new URL("bench/", import.meta.url))
    .flatMap((file) => FILE.exec(file)?.[1] ?? [])
    .sort((a, b) => place(a) - place(b) || a.localeCompare(b));
}

type Command = { readonly names: readonly string[]; readonly json: string | boolean };

function readArguments(given: string[]): Command {
  const at = given.indexOf("--json");
  const file = at === -1 ? undefined : given[at + 1];
  // A file's name has an ending, a benchmark's has none.
  const hasFile = file?.includes(".") ?? false;
  const rest = at === -1 ? given : given.toSpliced(at, hasFile ? 2 : 1);
  const { positionals } = parseArgs({ args: rest, allowPositionals: true, options: {} });
  const all = known();
  const unknown = positionals.filter((name) => !all.includes(name));
  if (unknown.length > 0)
    throw new Error(`No such benchmark: ${unknown.join(", ")}. There are: ${all.join(", ")}.`);
  const json = at === -1 ? false : hasFile ? (file ?? true) : true;
  return { names: positionals.length > 0 ? positionals : all, json };
}

async function main(): Promise<number> {
  const { names, json } = readArguments(process.argv.slice(2));
  const print = keepStdoutForTheTable();
  await bringUpToDate("generate", "build");
  const rows: (BenchRow & { bench: string })[] = [];
  const dataDir = join(settings().DATA_DIR, "bench");
  const database = await startEmbedded({ dataDir, dataDirIsExplicit: true, log: console.log });
  const stop = () => void database.stop().finally(() => process.exit(2));
  process.once("SIGINT", stop).once("SIGTERM", stop);
  try {
    const cluster = await benchCluster(database);
    for (const bench of names)
      for (const row of await rowsOf(bench, cluster)) rows.push({ bench, ...row });
  } finally {
    await database.stop();
  }
  const report = JSON.stringify({ ...machine(), rows }, null, 2);
  if (typeof json === "string") await writeFile(json, `${report}\n`);
  print(json === true ? report : `\n${machineText()}\n\n${table(rows)}`);
  return rows.every(({ holds }) => holds) ? 0 : 1;
}

/** Whatever is told meanwhile goes to stderr, whoever tells it. */
function keepStdoutForTheTable(): (text: string) => void {
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = process.stderr.write.bind(process.stderr);
  return (text) => void write(`${text}\n`);
}

/** One that breaks off is a row that does not hold; the others still run. */
async function rowsOf(name: string, cluster: BenchCluster): Promise<readonly BenchRow[]> {
  try {
    const { title, bench } = (await import(`./bench/${name}.bench.ts`)) as Bench;
    console.log(`\n${name}: ${title}`);
    return await bench(cluster);
  } catch (error) {
    console.error(error);
    return [broken(name, error)];
  } finally {
    await cluster.tidy();
  }
}

function machine() {
  const [load = NaN] = loadavg();
  const processors = cpus();
  const model = processors[0]?.model ?? "unknown";
  return { at: new Date(), node: process.version, processors: processors.length, model, load };
}

function machineText(): string {
  const { node, processors, model, load } = machine();
  return `${processors} × ${model}, Node ${node}, load of the last minute ${load.toFixed(1)}`;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
