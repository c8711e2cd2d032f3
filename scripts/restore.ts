/**
 * npm run restore -- FILE [--replace]
 *
 * Brings a backup back (DESIGN 9). Exit codes: 0 done and every rule about the money holds, 1 done and some do not, 2 it
 * could not, and nothing was changed.
 */
import { createInterface } from "node:readline/promises";
import { parseArgs } from "node:util";
import { type BackupFile, openBackupFile } from "~/database/backup-file.server";
import { closeDatabase } from "~/database/client.server";
import { DatabaseProblem } from "~/database/database-problem";
import { restoreInPlace } from "~/database/restore-replace.server";
import { restoreInto } from "~/database/restore.server";
import { restoredPath } from "~/http/paths";
import { runDoctor } from "~/models/doctor.server";
import { settings, SettingsError } from "~/settings.server";
import { withDatabase } from "./with-database";

const USAGE = `Usage: npm run restore -- FILE [--replace]

  --replace   also into a database that is not empty; the old one is kept under another name`;

async function main(): Promise<number> {
  const { file, replace } = readArguments(process.argv.slice(2));
  // The file first: a damaged one need not wait for a database to start.
  const backup = await openBackupFile(file);
  describe(backup);
  if (replace) await askForIt();
  return withDatabase(async (url) => {
    const urls = { url, ownerUrl: settings().MIGRATE_DATABASE_URL };
    if (replace) {
      const kept = await restoreInPlace(urls, backup, { now: new Date(), log: console.log });
      console.log(`The database that was there is called ${kept} now. Drop it when you are sure.`);
    } else await restoreInto(urls, backup, console.log);
    const { findings } = await runDoctor("command").finally(closeDatabase);
    console.log(
      findings.length === 0
        ? "Restored. Every rule about the money holds."
        : `Restored. ${findings.length} rules about the money do not hold; npm run doctor names them.`,
    );
    console.log(
      `Everybody has to sign in again. Payments are stopped until an admin has compared the last references with the ` +
        `bank: ${settings().PUBLIC_ORIGIN}${restoredPath()}`,
    );
    return findings.length === 0 ? 0 : 1;
  });
}

function readArguments(given: string[]): { file: string; replace: boolean } {
  try {
    const { values, positionals } = parseArgs({
      args: given,
      allowPositionals: true,
      options: { replace: { type: "boolean", default: false } },
    });
    const [file, ...more] = positionals;
    if (file !== undefined && more.length === 0) return { file, replace: values.replace };
  } catch {
    // An option that is not known: said below.
  }
  throw new DatabaseProblem(USAGE);
}

function describe({ header }: BackupFile): void {
  const rows = new Map(header.tables.map((table) => [table.name, table.rows]));
  console.log(
    `Backup of ${header.at}, by tiyn ${header.tiyn}: ${rows.get("users") ?? 0} people, ` +
      `${rows.get("issues") ?? 0} issues, ${rows.get("issue_payouts") ?? 0} payments and reversals.`,
  );
}

async function askForIt(): Promise<void> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const closed = new Promise<string>((resolve) => lines.once("close", () => resolve("")));
  const asked = lines.question(
    'This takes the place of what is there now. Stop tiyn first, then type "replace": ',
  );
  const answer = await Promise.race([asked, closed]);
  lines.close();
  if (answer.trim() !== "replace") throw new DatabaseProblem("Nothing was changed.");
}

try {
  process.exitCode = await main();
} catch (error) {
  const isKnown = error instanceof SettingsError || error instanceof DatabaseProblem;
  console.error(error instanceof Error ? (isKnown ? error.message : error.stack) : error);
  process.exitCode = 2;
}
