import { existsSync } from "node:fs";
import { importIssues, openImportFile } from "~/models/issue-import.server";
import { type BenchCluster } from "./bench-cluster";
import { type BenchRow, row } from "./bench-row";

export const title = "the Eclipse file imported into an empty database, and once more";

/** DESIGN 8, 11. */
const FILE = "../shared/data/eclipse-issues.csv";
const LEAST_ROWS_PER_SECOND = 5_000;
const ROUNDS = 3;

type Run = { readonly read: number; readonly imported: number; readonly seconds: number };

export async function bench(cluster: BenchCluster): Promise<readonly BenchRow[]> {
  if (!existsSync(FILE)) throw new Error(`${FILE} is not here.`);
  const runs: { first: Run; second: Run }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const name = `import_${"abcdef"[round]}`;
    await cluster.create(name, async () => {});
    await cluster.using(name, async () => {
      runs.push({ first: await importFile(), second: await importFile() });
    });
  }
  console.table(runs.flatMap(({ first, second }) => [first, second]));
  const best = (of: "first" | "second") =>
    Math.max(...runs.map(({ [of]: { read, seconds } }) => read / seconds));
  const rows = runs[0]?.first.read ?? NaN;
  return [
    row({
      what: `import of the Eclipse file, ${rows.toLocaleString("en")} rows`,
      ...{ value: best("first"), unit: "rows/s", atLeast: LEAST_ROWS_PER_SECOND },
    }),
    row({
      what: "the same once more, nothing to change",
      ...{ value: best("second"), unit: "rows/s", atLeast: LEAST_ROWS_PER_SECOND },
    }),
  ];
}

/** What `npm run import` calls, from opening the file to the last commit. */
async function importFile(): Promise<Run & { readonly cpuSeconds: number }> {
  const [started, cpu] = [performance.now(), process.cpuUsage()];
  const file = await openImportFile(FILE);
  const options = { actor: null, now: new Date(), zone: "Asia/Almaty" };
  const { read, imported } = await importIssues(file.records, options);
  const seconds = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { read, imported, seconds, cpuSeconds: (user + system) / 1e6 };
}
