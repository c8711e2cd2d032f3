import { describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import {
  askForIntake,
  askForTopOfInbox,
  intakeSuggestion,
} from "~/models/intake-suggestion.server";
import { usageSince } from "~/models/suggestion-budget.server";
import { claimJob } from "~/models/suggestion-queue.server";
import { emptyQueue, GOOD, lastJob, never, useSuggestions } from "./suggestion-rounds.fixture";
import { startSuggestionRounds, workOnce } from "./suggestion-rounds.server";

// The queue and the day's budget, over several copies of the app that work on one database.

useTestDatabase();
const { file, model, service, suggestedBy } = useSuggestions();

describe("the day's budget", () => {
  test("is not passed, and what did not fit waits", async () => {
    const { id } = await file("Does not fit");
    const view = await suggestedBy({ says: GOOD }, id, service({ dailyTokens: 100 }));
    expect(view).toEqual({ state: "waiting", trouble: "budget", suggestion: null });
    expect(model().asked).toEqual([]);
    expect((await lastJob()).tries).toBe(0);
  });

  test("counts a request whose cost nobody told with all it might have cost", async () => {
    const { tokens } = await usageSince(new Date(0));
    const { id } = await file("Cost unknown");
    await suggestedBy({ status: 200, raw: "<html>" }, id);
    expect((await usageSince(new Date(0))).tokens - tokens).toBeGreaterThan(4_000);
  });

  test("holds over several copies that ask at the same moment", async () => {
    await emptyQueue();
    for (let n = 0; n < 8; n++) await askForIntake((await file(`Many copies ${n}`)).id);
    model().answerWith({ says: GOOD });
    const { tokens } = await usageSince(new Date(0));
    // Each may cost about 7,000 and then costs 1,500: there is room for two at first.
    const tight = service({ dailyTokens: tokens + 15_000 });
    await Promise.all(Array.from({ length: 8 }, () => workOnce(tight, never)));
    expect((await usageSince(new Date(0))).tokens).toBeLessThanOrEqual(tokens + 15_000);
    expect(model().asked.length).toBeGreaterThan(0);
  });
});

describe("a service that has too much to do", () => {
  test("is left alone by everything that waits, for as long as it asks", async () => {
    await emptyQueue();
    const [first, second] = [await file("Told to wait"), await file("Waits as well")];
    await askForIntake(first.id);
    await askForIntake(second.id);
    model().answerWith({ status: 429, headers: { "retry-after": "120" } });
    expect(await workOnce(service(), never)).toBe(true);
    expect(await workOnce(service(), never)).toBe(false);
    expect(model().asked).toHaveLength(1);
    const waiting = await db().suggestionJob.findMany({ where: { state: "waiting" } });
    expect(waiting).toHaveLength(2);
    for (const { availableAt } of waiting)
      expect(availableAt.getTime()).toBeGreaterThan(Date.now() + 100_000);
  });
});

describe("several copies", () => {
  test("take each job once", async () => {
    await db().$executeRaw`UPDATE suggestion_jobs SET available_at = now() WHERE state = 'waiting'`;
    for (let n = 0; n < 6; n++) await askForIntake((await file(`Shared ${n}`)).id);
    const waiting = await db().suggestionJob.count({ where: { state: "waiting" } });
    const claimed = await Promise.all(Array.from({ length: waiting + 4 }, () => claimJob()));
    const ids = claimed.flatMap((job) => job?.id ?? []);
    expect(ids).toHaveLength(waiting);
    expect(new Set(ids).size).toBe(waiting);
  });

  test("take over what one that died has left, and its late answer is not kept", async () => {
    await emptyQueue();
    const { id } = await file("Left behind");
    await askForIntake(id);
    model().answerWith(() => {
      // While the first one waits for its answer, its lease ends and another copy does the job.
      if (model().asked.length === 1) return { hangs: "before" };
      return { says: { ...GOOD, summary: "By the second." } };
    });
    const stop = new AbortController();
    const first = workOnce(service(), stop.signal);
    await expect.poll(() => model().asked.length).toBe(1);
    await db()
      .$executeRaw`UPDATE suggestion_jobs SET lease_until = now() - interval '1 second' WHERE state = 'working'`;
    expect(await workOnce(service(), never)).toBe(true);
    stop.abort();
    await first;
    expect(await intakeSuggestion(id)).toMatchObject({
      ...{ state: "done", suggestion: { summary: "By the second." } },
    });
  });

  test("ask for the top of the inbox once, however many they are", async () => {
    for (let n = 0; n < 3; n++) await file(`Nobody has asked about it ${n}`);
    await Promise.all(Array.from({ length: 5 }, () => askForTopOfInbox()));
    expect(await askForTopOfInbox()).toBe(0);
    const twice = await db().$queryRaw<unknown[]>`
      SELECT issue_id FROM suggestion_jobs WHERE round = 1 GROUP BY issue_id, content_hash HAVING count(*) > 1`;
    expect(twice).toEqual([]);
    expect(await db().suggestionJob.count({ where: { state: "waiting" } })).toBeGreaterThan(0);
  });
});

describe("the background work", () => {
  test("does nothing at all without a key", async () => {
    const before = await db().suggestionJob.count();
    await startSuggestionRounds(null)();
    expect(await db().suggestionJob.count()).toBe(before);
  });

  test("stops at once in the middle of a request, and the job goes back into the queue", async () => {
    await emptyQueue();
    const { id } = await file("Stopped in the middle");
    await askForIntake(id);
    model().answerWith({ hangs: "before" });
    const end = startSuggestionRounds(service());
    await expect.poll(() => model().asked.length).toBe(1);
    await end();
    const waiting = await db().suggestionJob.findMany({
      where: { trouble: "stopped", state: "waiting" },
    });
    expect(waiting).toHaveLength(1);
  });
});
