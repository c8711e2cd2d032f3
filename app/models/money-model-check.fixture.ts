import { deepStrictEqual } from "node:assert/strict";
import fc from "fast-check";
import { moneyFindings } from "./doctor.fixture";
import { AFTERMATH_STEPS, BATCH_STEPS, ISSUE_STEPS, OPENING } from "./money-model-stories.fixture";
import { compareBalances, comparePayouts } from "./money-model-figures.fixture";
import type { MoneyModel } from "./money-model.fixture";
import { World } from "./money-model-world.fixture";

export type ModelRuns = {
  readonly runs: number;
  readonly seed: number;
  /** One story of the runs, as a failure prints it: the way to it, and which of its acts were tried. */
  readonly story?: { readonly path: string; readonly replayPath?: string | undefined } | undefined;
  /** So many stories at a time, lane n with seed + n. They share the database and nothing in it. */
  readonly lanes?: number;
  /** After every so many runs the doctor looks at the whole database; 1 unless told. */
  readonly doctorEvery?: number;
  /** Reject with the first story that differs, without looking for a shorter one. */
  readonly endOnFailure?: boolean;
  /** Told of the first difference at once: the search for the shortest story takes its time. */
  readonly onDifference?: (error: unknown) => void;
  /** Told after each run. */
  readonly onRun?: (done: number) => void;
};

/** The longest story. */
const MAX_COMMANDS = 40;

/** tellStories on a database that holds nothing else: at the end the figures of Payouts are compared too. */
export async function checkMoneyModel(given: ModelRuns): Promise<void> {
  await comparePayouts(await tellStories(given));
  deepStrictEqual(await moneyFindings(), []);
}

/**
 * Random stories of what people do, on the database and on the model. Rejects with the shortest story that differs, and
 * the seed and path that tell it again.
 */
export async function tellStories(given: ModelRuns): Promise<readonly World[]> {
  const { runs, seed, story, lanes = 1, doctorEvery = 1, endOnFailure, onRun } = given;
  const worlds: World[] = [];
  let failing: number | null = null;
  let done = 0;
  const lane = async (_: unknown, number: number) => {
    const property = fc.asyncProperty(commands(story?.replayPath), async (sequence) => {
      if (failing !== null && failing !== number) return;
      try {
        worlds.push(await tell(sequence));
        if (worlds.length % doctorEvery === 0) deepStrictEqual(await moneyFindings(), []);
      } catch (error) {
        // From here on this lane alone goes on, looking for a shorter story.
        if (failing === null) given.onDifference?.(error);
        failing ??= number;
        throw error;
      }
      onRun?.(++done);
    });
    await fc.assert(property, {
      ...{ numRuns: Math.ceil((runs - number) / lanes), seed: seed + number },
      ...{ ...(story && { path: story.path }), endOnFailure: endOnFailure ?? false },
    });
  };
  const ends = await Promise.allSettled(Array.from({ length: lanes }, lane));
  for (const end of ends) if (end.status === "rejected") throw end.reason;
  return worlds;
}

function commands(replayPath: string | undefined) {
  return fc.commands([...ISSUE_STEPS, ...BATCH_STEPS, ...AFTERMATH_STEPS], {
    maxCommands: MAX_COMMANDS,
    size: "max",
    ...(replayPath === undefined ? {} : { replayPath }),
  });
}

async function tell(sequence: Iterable<fc.AsyncCommand<MoneyModel, World>>): Promise<World> {
  const world = await World.build();
  const setup = () => ({ model: world.model, real: world });
  await fc.asyncModelRun(setup, OPENING);
  await fc.asyncModelRun(setup, sequence);
  await compareBalances(world);
  return world;
}
