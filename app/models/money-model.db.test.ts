/** What people do, in random stories, on the real database and on a plain model of DESIGN 3 and 5: no difference. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { leaveMoneySound } from "./doctor.fixture";
import { acts, type ModelIssue, MoneyModel } from "./money-model.fixture";
import { checkMoneyModel, tellStories } from "./money-model-check.fixture";

/** Which functions of the app lack something, for the tests that the model notices. */
const broken = vi.hoisted(() => ({ undo: false, balance: false }));

vi.mock(import("./decision.server"), async (original) => {
  const real = await original();
  const undoDecision: typeof real.undoDecision = async (target, act) => {
    if (!broken.undo) return real.undoDecision(target, act);
    const { version } = await db().issue.findUniqueOrThrow({ where: { id: target.issueId } });
    return real.undoDecision({ ...target, version }, act);
  };
  return { ...real, undoDecision };
});

vi.mock(import("./balance.server"), async (original) => {
  const real = await original();
  const balanceOf: typeof real.balanceOf = async (...args) => {
    const balance = await real.balanceOf(...args);
    if (!broken.balance) return balance;
    return { ...balance, totals: balance.totals.filter(({ currency }) => currency === "KZT") };
  };
  return { ...real, balanceOf };
});

useTestDatabase();
leaveMoneySound();

// Thousands of them: `npm run model -- --runs 5000`.
const RUNS = 100;
const anySeed = () => Math.trunc(Math.random() * 2 ** 31);

test(`${RUNS} random stories end as the model says`, { timeout: 900_000 }, async () => {
  await checkMoneyModel({ runs: RUNS, seed: anySeed(), lanes: 4, doctorEvery: 10 });
  // Stories in which nothing was ever paid would prove little.
  expect(await db().payment.count({ where: { amount: { gt: 0 } } })).toBeGreaterThan(RUNS / 4);
  expect(await db().payment.count({ where: { amount: { lt: 0 } } })).toBeGreaterThan(0);
});

describe("one rule that differs is found", () => {
  /** Never told to the end: the rarest difference shows after 8 stories on average (of 40 searches; the longest took 30). */
  const ENOUGH = 500;
  const find = () => tellStories({ runs: ENOUGH, seed: anySeed(), endOnFailure: true });
  const moved = (issue: ModelIssue, change: Partial<ModelIssue>) =>
    void Object.assign(issue, { undoTo: null, ...change, version: issue.version + 1 });

  beforeEach(() => void (broken.undo = broken.balance = false));
  afterEach(() => void vi.restoreAllMocks());

  test.each([
    [
      "a bounced transfer still counts",
      () =>
        vi.spyOn(acts, "takeBack").mockImplementation((issue, payout) => moved(issue, { payout })),
    ],
    [
      "paying leaves no payment",
      () =>
        vi
          .spyOn(acts, "pay")
          .mockImplementation((issue) => moved(issue, { payout: "paid", heldIn: null })),
    ],
    [
      "an amount cannot be changed",
      () => vi.spyOn(acts, "changeAmount").mockImplementation((issue) => moved(issue, {})),
    ],
    [
      "a cycle's own rates are nothing",
      () =>
        vi
          .spyOn(MoneyModel.prototype, "suggested")
          .mockReturnValue({ amount: 100_000, currency: "KZT" }),
    ],
    [
      "what is reserved may be chosen again",
      () =>
        vi.spyOn(MoneyModel.prototype, "payable").mockImplementation(function (this: MoneyModel) {
          return this.issues.filter(({ payout }) => payout === "approved");
        }),
    ],
    ["the app undoes what somebody else decided since", () => void (broken.undo = true)],
    ["the app's Balance leaves dollars out", () => void (broken.balance = true)],
  ])("%s", { timeout: 600_000 }, async (_, breakIt) => {
    breakIt();
    await expect(find()).rejects.toThrow(/seed: -?\d+, path/);
  });
});
