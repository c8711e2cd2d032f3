/**
 * npm run kills -- [--app 150] [--database 50]
 *
 * kill -9 of the built app and of its PostgreSQL, so many times each, while batches are being confirmed and pages read
 * (app/server/kill-field.fixture.ts). After each kill the doctor looks, and what was acknowledged must be there.
 * Needs `npm run build`. Exit codes: 0 all held, 1 something did not, 2 wrong options.
 */
import { parseArgs } from "node:util";
import { KillField, type Victim } from "~/server/kill-field.fixture";

const TELL_EVERY = 10;

function asked(): Record<Victim, number> {
  const { values } = parseArgs({
    options: {
      app: { type: "string", default: "150" },
      database: { type: "string", default: "50" },
    },
  });
  const times = { app: Number(values.app), database: Number(values.database) };
  if (!Object.values(times).every((number) => Number.isSafeInteger(number) && number >= 0))
    throw new RangeError("--app and --database are whole numbers.");
  return times;
}

async function main(times: Record<Victim, number>): Promise<void> {
  const field = await KillField.create();
  try {
    const started = performance.now();
    const seconds = () => `${((performance.now() - started) / 1_000).toFixed(0)} s`;
    for (const victim of ["app", "database"] as const) {
      const tally = await field.kill(victim, times[victim], ({ kills }) => {
        if (kills % TELL_EVERY === 0)
          console.log(`${victim}: ${kills} of ${times[victim]}, ${seconds()}`);
      });
      console.log(`kill -9 of the ${victim}: ${JSON.stringify(tally)}`);
    }
    const paid = await field.everythingIsPaidOnce();
    console.log(`Nothing lost, nothing half, nothing twice: ${paid} issues paid, ${seconds()}.`);
  } finally {
    await field.stop();
  }
}

let times: Record<Victim, number> | null = null;
try {
  times = asked();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
if (times)
  await main(times).catch((error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  });
