import { afterEach, beforeEach, expect, test } from "vitest";
import { closeDatabase } from "~/database/client.server";
import { type EmbeddedDatabase, startEmbedded } from "~/database/embedded.server";
import { applyMigrations } from "~/database/migrate.server";
import { confirmStorm } from "./confirm-storm.fixture";
import { naiveStorm } from "./confirm-storm-naive.fixture";

// 40 clients who confirm overlapping batches over HTTP (ABUSE, Money and state). `npm run bench -- confirm-storm` does
// 10,000. Needs the production build.

const ATTEMPTS = 400;

// One each: the control leaves its database without guards.
let database: EmbeddedDatabase;
beforeEach(async () => {
  database = await startEmbedded({ throwaway: true });
  process.env.DATABASE_URL = database.url;
  await applyMigrations(database.url);
});
afterEach(async () => {
  await closeDatabase();
  await database.stop();
});

test(`${ATTEMPTS} overlapping confirms: each issue is paid once, each answer is right`, async () => {
  const { wrong, statuses, ...report } = await confirmStorm(ATTEMPTS);
  expect(wrong).toEqual([]);
  expect(Object.keys(statuses).sort()).toEqual(["200", "303", "409", "422"]);
  expect(report.attempts).toBe(ATTEMPTS);
  expect(report.doublePayments).toBe(0);
  expect(report.paid).toBe(report.issues);
});

test("the control, without the guards, pays twice, and the same judge sees it", async () => {
  expect(await naiveStorm(40)).toBeGreaterThan(0);
});
