/**
 * npm run backup -- [FILE]
 *
 * Writes one snapshot of the live database into one new file (DESIGN 9). Exit codes: 0 done, 2 it could not.
 */
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { writeBackup } from "~/database/backup.server";
import { DatabaseProblem } from "~/database/database-problem";
import { SettingsError } from "~/settings.server";
import { withDatabase } from "./with-database";

async function main(): Promise<void> {
  const { version } = JSON.parse(await readFile("package.json", "utf8")) as { version: string };
  const file = resolve(process.argv[2] ?? defaultName(new Date()));
  const { header, bytes } = await withDatabase((url) => writeBackup(url, file, version));
  const rows = header.tables.reduce((sum, table) => sum + table.rows, 0);
  console.log(`${rows} rows of ${header.tables.length} tables, ${bytes} bytes: ${file}`);
  console.log(
    "It holds people's names, payee details and password hashes: keep it as you keep them.",
  );
}

/** Such as tiyn-2026-11-24-031500.backup, in UTC. */
function defaultName(now: Date): string {
  const [date = "", time = ""] = now.toISOString().split("T");
  return `tiyn-${date}-${time.replaceAll(":", "").slice(0, 6)}.backup`;
}

try {
  await main();
} catch (error) {
  const isKnown = error instanceof SettingsError || error instanceof DatabaseProblem;
  console.error(error instanceof Error ? (isKnown ? error.message : error.stack) : error);
  process.exitCode = 2;
}
