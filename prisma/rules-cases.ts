/** Tables of cases: a legal state, one thing done to it, and the rule that refuses it. */
import { test } from "vitest";
import { confirm, type ConfirmChange, prepare } from "./rules-batch";
import { move, type Step, type World } from "./rules-fixture";
import { expectAccepted, expectRefused, type Refusal } from "./rules-refusal";
import { inTransaction } from "./rules-sql";
import { approvedNow, issueIn } from "./rules-states";

export type Given = (world: World) => Promise<number>;

export type Case = {
  readonly title: string;
  readonly given: Given;
  readonly attempt: (world: World, id: number) => Promise<unknown>;
  /** Absent: the database accepts it. */
  readonly refusal?: Refusal | readonly Refusal[];
};

/**
 * One test for each case. The cases of a file share what the same function gave: a refused attempt leaves it as it is,
 * and an accepted one is taken back.
 */
export function testEach(world: () => World, cases: readonly Case[]): void {
  for (const { title, given, attempt, refusal } of cases) {
    test(title, async () => {
      const id = await share(world(), given);
      const tried = () => attempt(world(), id);
      if (!refusal) return expectAccepted(world(), tried);
      await expectRefused(world(), tried, ...[refusal].flat());
    });
  }
}

const shared = new Map<Given, Promise<number>>();

function share(world: World, given: Given): Promise<number> {
  const made = shared.get(given) ?? given(world);
  shared.set(given, made);
  return made;
}

const inStates = new Map<string, Given>();

/** An issue in that state (see rules-states.ts), the same one for all cases of the file. */
export function inState(payout: string, status = "triaged"): Given {
  const key = `${payout} ${status}`;
  const given = inStates.get(key) ?? ((world: World) => issueIn(world, payout, status));
  inStates.set(key, given);
  return given;
}

/** A move out of a state: payout status, issue status, step. */
export type MoveLine = readonly [
  title: string,
  payout: string,
  status: string,
  step: Step | ((world: World) => Step),
];

/** One case a line, all refused by the same rule; no rule: they are legal. */
export function moveCases(refusal: Refusal | undefined, lines: readonly MoveLine[]): Case[] {
  return lines.map(([title, payout, status, step]) => ({
    ...{ title, ...(refusal ? { refusal } : {}) },
    given: inState(payout, status),
    attempt: (w, id) => move(w, id, typeof step === "function" ? step(w) : step),
  }));
}

/** The number of a batch that holds one approved issue, committed. */
export function preparedBatch(world: World): Promise<number> {
  return inTransaction(world, async () => prepare(world, [await approvedNow(world)]));
}

/** Two lines, the first one that of `world.tester`. */
export function batchOfTwo(world: World): Promise<number> {
  return inTransaction(world, async () => {
    const other = { tester_id: world.otherTester };
    return prepare(world, [await approvedNow(world), await approvedNow(world, other)]);
  });
}

/** Such a batch, and then something was done to it. */
export function batchAfter(change: (world: World, batchId: number) => Promise<unknown>): Given {
  return async (world) => {
    const batchId = await preparedBatch(world);
    await inTransaction(world, () => change(world, batchId));
    return batchId;
  };
}

type Change = ConfirmChange | ((world: World) => ConfirmChange | Promise<ConfirmChange>);

/** Confirms such a batch with something changed. */
export function confirming(title: string, change: Change, refusal?: Refusal): Case {
  return {
    ...{ title, ...(refusal ? { refusal } : {}) },
    given: preparedBatch,
    attempt: async (w, batchId) => {
      const how = typeof change === "function" ? await change(w) : change;
      return confirm(w, batchId, how);
    },
  };
}
