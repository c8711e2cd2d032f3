/**
 * npm run doctor [-- --rebuild-totals]
 *
 * Asks every invariant of the money, in one read-only snapshot of the live database, and keeps what it found (DESIGN 6).
 * With --rebuild-totals the totals that pages show are added up again before: it takes the owner of the tables
 * (MIGRATE_DATABASE_URL, where that is another role).
 * Exit codes: 0 all of them hold, 1 some do not, 2 it could not look.
 */
import { closeDatabase } from "~/database/client.server";
import { rebuildKeptTotals } from "~/database/rebuild-totals.server";
import { en } from "~/i18n/en";
import { runDoctor } from "~/models/doctor.server";
import { settings, SettingsError } from "~/settings.server";
import { withDatabase } from "./with-database";

const REBUILD = "--rebuild-totals";

async function rebuild(url: string): Promise<void> {
  const kept = await rebuildKeptTotals(settings().MIGRATE_DATABASE_URL ?? url);
  console.log(`${kept} totals were added up again.`);
}

async function main(): Promise<number> {
  const options = process.argv.slice(2);
  if (options.some((option) => option !== REBUILD)) {
    console.error(`The only option is ${REBUILD}.`);
    return 2;
  }
  const { examined, findings } = await withDatabase(async (url) => {
    if (options.includes(REBUILD)) await rebuild(url);
    return runDoctor("command").finally(closeDatabase);
  });
  for (const { check, offenders, examples } of examined) {
    const names = offenders > examples.length ? [...examples, "…"] : examples;
    console.log(`${offenders === 0 ? "ok  " : "FAIL"}  ${en.doctor[`check.${check}`]}`);
    if (offenders > 0) console.log(`      ${offenders}: ${names.join(", ")}`);
  }
  console.log(
    findings.length === 0
      ? `\nAll ${examined.length} rules hold.`
      : `\n${findings.length} of ${examined.length} rules do not hold. Payments are stopped until an admin has looked.`,
  );
  return findings.length === 0 ? 0 : 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  const isKnown = error instanceof SettingsError;
  console.error(error instanceof Error ? (isKnown ? error.message : error.stack) : error);
  process.exitCode = 2;
}
