import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { moneyFindings } from "~/models/doctor.fixture";
import { connect } from "../../prisma/rules-refusal";
import { batchPaying, confirming, type MoneyPost, preparing } from "./database-faults.fixture";
import { DatabaseProxy } from "./database-proxy.fixture";
import type { Answer } from "./test-server.fixture";
import { NAVIGATION, startWalkServer, type WalkServer } from "./walk-server.fixture";

// What stands between the app and its database breaks: what was acknowledged is there, what is not known converges, and
// whatever fails says 503 and when to come back. Needs the production build.

/** Shorter than in production, where nobody waits for a test; longer than a busy machine stands still. */
const QUERY_TIMEOUT_MS = 10_000;
/** That of production: what is tested here is that one does not wait longer. */
const POOL_WAIT_MS = 5_000;

let server: WalkServer;
let proxy: DatabaseProxy;
beforeAll(async () => {
  server = await startWalkServer({ TIYN_POOL_WAIT_MS: String(POOL_WAIT_MS) }, async ({ url }) => {
    proxy = await DatabaseProxy.start(url);
    return `${proxy.url}?query_timeout=${QUERY_TIMEOUT_MS}`;
  });
});
afterEach(async () => {
  proxy.set({ kind: "fine" });
  expect(await moneyFindings()).toEqual([]);
});
afterAll(async () => {
  await server.stop();
  await proxy.stop();
});

const POSTS = [
  ["preparing", preparing, 303],
  ["confirming", confirming, 303],
  ["batch-pay", batchPaying, 200],
] as const;

const page = () => {
  const headers = { ...NAVIGATION, cookie: server.walk.cookies.admin };
  return server.send("/app/admin/payouts", { headers });
};

function isOutage({ status, headers }: Answer): void {
  expect(status).toBe(503);
  expect(Number(headers["retry-after"])).toBeGreaterThan(0);
}

/** Its answer is right for what was done, and nothing was done by half. */
async function expectTold(post: MoneyPost, answer: Answer, success: number): Promise<number> {
  const done = await post.done();
  expect([0, post.issueIds.length]).toContain(done);
  if (answer.status === success) expect(done).toBe(post.issueIds.length);
  else isOutage(answer);
  return done;
}

describe.each(POSTS)(
  "the answer to each statement of %s is lost in turn",
  (name, make, success) => {
    test("nothing is half done, and the same post works in the end", async () => {
      expect((await (await make(server)).press()).status).toBe(success);
      let post = await make(server);
      let formsGivenBack = 0;
      for (let statement = 1; ;) {
        proxy.set({ kind: "cut after", statement });
        const answer = await post.press();
        const wasCut = proxy.statements >= statement;
        proxy.set({ kind: "fine" });
        const done = await expectTold(post, answer, success);
        if (answer.text.includes(post.key)) formsGivenBack++;
        if (!wasCut && answer.status === success) break;
        // Else it is a 503 of a machine that stood still: the same statement once more.
        if (wasCut) statement++;
        if (done === 0) continue;
        // The answer to COMMIT was lost, or a later one: pressing again finds what was done.
        expect((await post.press()).status).toBe(success);
        expect(await post.done()).toBe(post.issueIds.length);
        post = await make(server);
      }
      // Once the transaction has begun, the form comes back with its key.
      expect(formsGivenBack).toBeGreaterThan(name === "batch-pay" ? -1 : 5);
    });
  },
);

describe("the connections to the database", () => {
  test("are cut and refused: 503 at once, and well again as soon as they are", async () => {
    const post = await confirming(server);
    proxy.set({ kind: "away" });
    for (const answer of await Promise.all([page(), post.press(), page()])) isOutage(answer);
    proxy.set({ kind: "fine" });
    expect((await page()).status).toBe(200);
    expect((await post.press()).status).toBe(303);
    expect(await post.done()).toBe(post.issueIds.length);
  });

  test("stall: 503 instead of waiting for ever, and well again afterwards", async () => {
    const post = await confirming(server);
    proxy.set({ kind: "stalled" });
    for (const answer of await Promise.all([page(), post.press(), page()])) isOutage(answer);
    proxy.set({ kind: "fine" });
    expect((await page()).status).toBe(200);
    expect((await post.press()).status).toBe(303);
    expect(await post.done()).toBe(post.issueIds.length);
  });

  test("are all taken: who gets none is told to come back, and no post is lost or doubled", async () => {
    const post = await confirming(server);
    const { batchId } = await db().batchItem.findFirstOrThrow({
      where: { issueId: { in: [...post.issueIds] }, state: "reserved" },
    });
    const answers: Answer[] = [];
    // Somebody holds the batch, and forty who wait for it hold every connection of the pool.
    const holder = await connect(server.database.url);
    await holder.query("BEGIN");
    await holder.query("SELECT FROM payout_batches WHERE id = $1 FOR UPDATE", [batchId]);
    const press = async () => answers.push(await post.press());
    const pressed = Promise.all(Array.from({ length: 40 }, press));
    await expect.poll(() => answers.length).toBeGreaterThan(0);
    // Its connection gone, so is its hold.
    await holder.end();
    await pressed;
    expect(answers).toHaveLength(40);
    for (const answer of answers) await expectTold(post, answer, 303);
    expect((await post.press()).status).toBe(303);
    expect(await post.done()).toBe(post.issueIds.length);
    expect((await page()).status).toBe(200);
  });
});
