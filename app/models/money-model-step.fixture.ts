import { ok, strictEqual } from "node:assert/strict";
import type fc from "fast-check";
import { Refusal } from "~/domain/refusal";
import type { MoneyModel } from "./money-model.fixture";
import type { World } from "./money-model-world.fixture";

/** One thing that somebody tries, what the model expects of it, and what it does to the model when it is done. */
export type Attempt<T = unknown> = {
  /** Empty: it must be done. Else it must be refused, for one of these reasons. */
  readonly refusals: readonly string[];
  /** It was done before: nothing happens now, and the answer leads to what happened then. */
  readonly isReplay?: boolean;
  readonly perform: (world: World) => Promise<T>;
  readonly apply: (world: World, result: T) => void;
};

/** Null: in this state there is nothing to try it on. */
export type Plan = (model: MoneyModel) => Attempt | null;

/** The codes of those that apply. */
export const reasons = (list: Record<string, boolean>) =>
  Object.entries(list).flatMap(([code, applies]) => (applies ? [code] : []));

export const attempt = <T>(one: Attempt<T>): Attempt => one as Attempt;

export type Outcome = { done: unknown; refused: null } | { done: null; refused: string };

/** Done, or why not; anything but a Refusal is a failure of the run. */
export async function outcomeOf(work: Promise<unknown>): Promise<Outcome> {
  try {
    return { done: await work, refused: null };
  } catch (error) {
    if (error instanceof Refusal) return { done: null, refused: error.reason.code };
    throw error;
  }
}

type Command = fc.AsyncCommand<MoneyModel, World>;

/** Tries it on the database, and compares everything afterwards. `text` is what a failing run prints. */
export class Step implements Command {
  constructor(
    private readonly text: string,
    private readonly plan: Plan,
  ) {}

  check(model: Readonly<MoneyModel>): boolean {
    return this.plan(model) !== null;
  }

  async run(model: MoneyModel, world: World): Promise<void> {
    const one = this.plan(model);
    if (!one) throw new Error("checked before");
    const { done, refused } = await outcomeOf(one.perform(world));
    if (one.refusals.length === 0) strictEqual(refused, null, `${this.text}: refused`);
    else ok(refused !== null && one.refusals.includes(refused), `${this.text}: ${refused}`);
    if (refused === null && one.isReplay) ok(wasReplay(done), `${this.text}: done a second time`);
    else if (refused === null) one.apply(world, done);
    await world.compare();
  }

  toString(): string {
    return this.text;
  }
}

/** Two admins at the same moment: of what cannot both be done, exactly one is. */
export class Race implements Command {
  constructor(
    private readonly text: string,
    private readonly plans: readonly [Plan, Plan],
  ) {}

  check(model: Readonly<MoneyModel>): boolean {
    return this.plans.every((plan) => plan(model) !== null);
  }

  async run(model: MoneyModel, world: World): Promise<void> {
    const tried = this.plans.map((plan) => plan(model)).filter((one) => one !== null);
    const outcomes = await Promise.all(tried.map((one) => outcomeOf(one.perform(world))));
    const legal = tried.filter(({ refusals, isReplay }) => refusals.length === 0 && !isReplay);
    const won = outcomes.flatMap(({ done, refused }, at) => {
      const one = tried[at];
      if (refused !== null || !one || wasReplay(done)) return [];
      ok(legal.includes(one), `${this.text}: done, though it is not legal`);
      return [{ one, done }];
    });
    strictEqual(won.length, Math.min(legal.length, 1), `${this.text}: ${won.length} were done`);
    for (const { one, done } of won) one.apply(world, done);
    await world.compare();
  }

  toString(): string {
    return this.text;
  }
}

/** Found done already, by the other one. */
function wasReplay(done: unknown): boolean {
  return typeof done === "object" && done !== null && "replayed" in done && done.replayed === true;
}
