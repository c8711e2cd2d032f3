/**
 * npm run import -- FILE.csv [--as EMAIL] [--dry-run]
 *
 * Brings an existing bug list in (DESIGN 8). Exit codes: 0 every row is in, 1 some rows were bad, 2 it could not run.
 */
import { parseArgs } from "node:util";
import { closeDatabase } from "~/database/client.server";
import { isDatabaseAway } from "~/database/errors";
import { applyMigrations } from "~/database/migrate.server";
import { OutcomeUnknown } from "~/database/transaction.server";
import {
  findImportActor,
  ImportFileError,
  importIssues,
  type ImportSummary,
  openImportFile,
} from "~/models/issue-import.server";
import { settings, SettingsError } from "~/settings.server";
import { findingText, ImportProgress, summaryText } from "./import-report";
import { withDatabase } from "./with-database";

const USAGE = `Usage: npm run import -- FILE.csv [--as EMAIL] [--dry-run]

  --as EMAIL   the admin in whose name it is written; without it, "import"
  --dry-run    say what would happen, change nothing

FILE.csv has the columns external_id, cycle, reporter_email, reporter_name, severity, title, status, created_at and
resolved_at, and may have body, payout_status, amount, currency, paid_on, method and reference.`;

type Command = { readonly file: string; readonly as: string | null; readonly dryRun: boolean };

/** To be shown as it is: the person can do something about it. */
class CannotImport extends Error {
  override name = "CannotImport";
}

async function main(): Promise<number> {
  const command = readArguments(process.argv.slice(2));
  if (command === null) {
    console.log(USAGE);
    return 0;
  }
  // The file first: a mistyped name need not wait for a database to start.
  const file = await openImportFile(command.file).catch((error: unknown) => {
    if (error instanceof ImportFileError) throw error;
    throw new CannotImport(`Cannot read the file: ${messageOf(error)}`);
  });
  try {
    return await withDatabase(async (url) => {
      try {
        await applyMigrations(url, { log: say });
        return await importFile(file, command);
      } finally {
        await closeDatabase();
      }
    });
  } finally {
    file.close();
  }
}

function readArguments(given: string[]): Command | null {
  try {
    const { values, positionals } = parseArgs({
      args: given,
      allowPositionals: true,
      options: {
        as: { type: "string" },
        "dry-run": { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help) return null;
    const [file, ...more] = positionals;
    if (file === undefined) throw new CannotImport(`Which file?\n\n${USAGE}`);
    if (more.length > 0) throw new CannotImport(`One file at a time, please.\n\n${USAGE}`);
    return { file, as: values.as ?? null, dryRun: values["dry-run"] };
  } catch (error) {
    if (error instanceof CannotImport) throw error;
    throw new CannotImport(`${messageOf(error)}\n\n${USAGE}`);
  }
}

async function importFile(
  file: Awaited<ReturnType<typeof openImportFile>>,
  { as, dryRun }: Command,
): Promise<number> {
  const actor = as === null ? null : await findImportActor(as);
  if (as !== null && actor === null) {
    throw new CannotImport(`--as ${as}: there is no active admin with that e-mail address.`);
  }
  if (file.ignoredColumns.length > 0) {
    const names = file.ignoredColumns.map((name) => name || "(no name)").join(", ");
    say(`Ignored columns: ${names}`);
  }
  const stop = stopOnInterrupt();
  const progress = new ImportProgress(file.size, process.stderr);
  const started = performance.now();
  let summary: ImportSummary;
  try {
    summary = await importIssues(file.records, {
      ...{ actor, dryRun, now: new Date(), zone: settings().TEAM_TIME_ZONE, signal: stop.signal },
      onWait: () => say("Another import is under way; waiting for its end."),
      onFinding: (finding) => progress.print(findingText(finding)),
      onProgress: ({ read }) => progress.show(file.bytesRead(), read),
    });
  } finally {
    progress.stop();
    stop.forget();
  }
  const seconds = (performance.now() - started) / 1000;
  console.log(summaryText(summary, { dryRun, seconds }));
  if (stop.signal.aborted) {
    throw new CannotImport("Stopped. Run the same command again, and it goes on from here.");
  }
  return summary.bad > 0 ? 1 : 0;
}

/** The first Ctrl-C lets the chunk at hand finish; the second one ends at once, which harms nothing either. */
function stopOnInterrupt() {
  const controller = new AbortController();
  const { signal } = controller;
  const interrupt = () => {
    if (signal.aborted) process.exit(2);
    controller.abort();
  };
  process.on("SIGINT", interrupt);
  process.on("SIGTERM", interrupt);
  const forget = () => {
    process.off("SIGINT", interrupt);
    process.off("SIGTERM", interrupt);
  };
  return { signal, forget };
}

function say(line: string): void {
  console.error(line);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** What to do about it, where that is known; a stack trace only for what should not happen. */
function explain(error: unknown): string {
  if (error instanceof ImportFileError || error instanceof SettingsError) return error.message;
  if (error instanceof CannotImport) return error.message;
  if (error instanceof OutcomeUnknown || isDatabaseAway(error)) {
    return `The database went away: ${messageOf(error)}\nRun the same command again: what is in is not imported twice.`;
  }
  if (error instanceof Error && "syscall" in error) return `Cannot read the file: ${error.message}`;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(explain(error));
  process.exitCode = 2;
}
