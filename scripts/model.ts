/**
 * npm run model -- [--runs 5000] [--lanes 4] [--seed N [--path P [--replay R]]]
 *
 * Random stories of filing, deciding and paying, on a PostgreSQL of its own and on a plain model in memory
 * (app/models/money-model.fixture.ts). A difference ends it with the shortest story, and the seed, path and replayPath
 * that tell it again: give them back with one lane. Exit codes: 0 no difference, 1 a difference, 2 wrong options.
 */
import { parseArgs } from "node:util";
import { closeDatabase, db } from "~/database/client.server";
import { startEmbedded } from "~/database/embedded.server";
import { applyMigrations } from "~/database/migrate.server";
import { checkMoneyModel, type ModelRuns } from "~/models/money-model-check.fixture";

/** The doctor reads the whole database, which grows with every run. */
const DOCTOR_EVERY = 100;

function asked(): ModelRuns {
  const { values } = parseArgs({
    options: {
      runs: { type: "string", default: "1000" },
      lanes: { type: "string" },
      seed: { type: "string" },
      path: { type: "string" },
      replay: { type: "string" },
    },
  });
  const { path, replay } = values;
  const seed = Number(values.seed ?? Math.trunc(Math.random() * 2 ** 31));
  const lanes = Number(values.lanes ?? (path === undefined ? 4 : 1));
  const runs = Number(values.runs);
  if (![runs, lanes, seed].every(Number.isSafeInteger) || runs < 1 || lanes < 1)
    throw new RangeError("--runs, --lanes and --seed are whole numbers.");
  return { runs, lanes, seed, ...(path && { story: { path, replayPath: replay } }) };
}

async function main(given: ModelRuns): Promise<number> {
  const database = await startEmbedded({ throwaway: true });
  process.env.DATABASE_URL = database.url;
  const started = performance.now();
  const seconds = () => `${((performance.now() - started) / 1_000).toFixed(0)} s`;
  const onRun = (done: number) => {
    if (done % DOCTOR_EVERY === 0) console.log(`${done} runs, ${seconds()}`);
  };
  const onDifference = (error: unknown) =>
    console.error("A difference; looking for the shortest story that shows it …", error);
  try {
    await applyMigrations(database.url);
    console.log(`${given.runs} runs in ${given.lanes} lanes, seed ${given.seed}`);
    await checkMoneyModel({ ...given, doctorEvery: DOCTOR_EVERY, onRun, onDifference });
    console.log(`No difference in ${seconds()}: ${await counted()}.`);
    return 0;
  } catch (error) {
    console.error(error);
    console.error("Again: npm run model -- --seed … --path … --replay …, as said above.");
    return 1;
  } finally {
    await closeDatabase();
    await database.stop();
  }
}

async function counted(): Promise<string> {
  const [issues, events, payments] = await Promise.all([
    db().issue.count(),
    db().issueEvent.count(),
    db().payment.count(),
  ]);
  return `${issues} issues, ${events} events, ${payments} payments and reversals`;
}

try {
  process.exitCode = await main(asked());
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}
