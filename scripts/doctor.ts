/**
 * npm run doctor
 *
 * Asks every invariant of the money, in one read-only snapshot of the live database, and keeps what it found (DESIGN 6).
 * Exit codes: 0 all of them hold, 1 some do not, 2 it could not look.
 */
import { closeDatabase } from "~/database/client.server";
import { en } from "~/i18n/en";
import { runDoctor } from "~/models/doctor.server";
import { SettingsError } from "~/settings.server";
import { withDatabase } from "./with-database";

async function main(): Promise<number> {
  const { examined, findings } = await withDatabase(() =>
    runDoctor("command").finally(closeDatabase),
  );
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
