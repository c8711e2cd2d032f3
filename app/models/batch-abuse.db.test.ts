import { randomUUID } from "node:crypto";
import { beforeEach, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { withClient } from "~/database/with-client.server";
import { confirmBatch, prepareBatch } from "./batch.server";
import { cancelBatch } from "./batch-cancel.server";
import { AMOUNT, buildRound, confirmation, payAct, type Round } from "./batch-race.fixture";
import { refusalOf } from "./paid-transfer.fixture";

const url = useTestDatabase();

let round: Round;
beforeEach(async () => {
  round = await buildRound();
});

const chosen = ({ issueIds }: Round) => issueIds.map((issueId) => ({ issueId, expected: AMOUNT }));
const prepare = (choices: ReturnType<typeof chosen>, key: string = randomUUID()) =>
  prepareBatch({ key, lines: [], choices }, payAct(round.admins[0]));

const batches = () => db().payoutBatch.count();
/** How many of this database's connections wait for a lock. */
async function waiting() {
  const rows = await db().$queryRaw<object[]>`
    SELECT pid FROM pg_stat_activity
      WHERE datname = current_database() AND wait_event_type = 'Lock'`;
  return rows.length;
}

describe("preparing with a key that was used", () => {
  test("and the same content, in any order: the same batch", async () => {
    const key = randomUUID();
    const first = await prepare(chosen(round), key);
    const again = await prepare(chosen(round).reverse(), key);
    expect(again).toEqual({ batchId: first.batchId, replayed: true });
  });

  test("and one line removed, or another amount: refused, no effect", async () => {
    const key = randomUUID();
    await prepare(chosen(round), key);
    const before = await batches();
    const other = chosen(round).map((choice, n) => (n ? choice : { ...choice, expected: 1 }));
    for (const choices of [chosen(round).slice(1), other]) {
      expect(await refusalOf(prepare(choices, key))).toEqual({ code: "key_reused" });
    }
    expect(await batches()).toBe(before);
  });

  test("a refusal leaves the key free for the mended form", async () => {
    const key = randomUUID();
    const wrong = chosen(round).map((choice, n) => (n ? choice : { ...choice, expected: 1 }));
    expect(await refusalOf(prepare(wrong, key))).toMatchObject({ code: "choice_changed" });
    expect((await prepare(chosen(round), key)).replayed).toBe(false);
  });
});

describe("confirming a batch that is confirmed", () => {
  test("under another key: the same content leads there, other content is a conflict", async () => {
    const { batchId } = await prepare(chosen(round));
    const how = await confirmation(batchId, "8841");
    const confirm = (change: object, key: string = randomUUID()) =>
      confirmBatch({ batchId, key, ...how, ...change }, payAct(round.admins[1]));
    const key = randomUUID();
    await confirm({}, key);
    const payments = await db().payment.count();
    expect(await confirm({})).toEqual({ batchId, replayed: true });
    const [first, ...rest] = how.transfers;
    if (!first) throw new Error("a round has three transfers");
    const changed = [{ ...first, reference: "another" }, ...rest];
    expect(await refusalOf(confirm({ transfers: changed }))).toMatchObject({
      ...{ code: "batch_closed", status: "confirmed" },
    });
    // The same key with other content was never this form.
    for (const transfers of [changed, rest])
      expect(await refusalOf(confirm({ transfers }, key))).toEqual({ code: "key_reused" });
    expect(await db().payment.count()).toBe(payments);
  });
});

describe("confirmed and cancelled at once", () => {
  test("who comes second is told who was first, having waited with them", async () => {
    const [nazira, sanzhar] = round.admins;
    const { batchId } = await prepare(chosen(round));
    const how = await confirmation(batchId, "8841");
    const [confirmed, cancelled] = await withClient(url, async (client) => {
      // Both wait for the batch, and go on together.
      await client.query("BEGIN");
      await client.query("SELECT FROM payout_batches WHERE id = $1 FOR UPDATE", [batchId]);
      const confirming = confirmBatch({ batchId, key: randomUUID(), ...how }, payAct(nazira));
      const cancelling = cancelBatch(batchId, payAct(sanzhar));
      const both = Promise.allSettled([confirming, cancelling]);
      await expect.poll(waiting).toBe(2);
      await client.query("ROLLBACK");
      return both;
    });
    // Who has to wait too long tries again, behind the other: either may be first.
    const [first, second] =
      confirmed.status === "fulfilled"
        ? [{ status: "confirmed", by: "Nazira" }, cancelled]
        : [{ status: "cancelled", by: "Sanzhar" }, confirmed];
    expect(second).toMatchObject({
      ...{ status: "rejected", reason: { reason: { code: "batch_closed", ...first } } },
    });
  });
});

describe("a deactivated tester", () => {
  test("is warned of, and paid once that is ticked: wages are owed", async () => {
    const [tester] = round.testers;
    await db().user.update({
      where: { id: tester?.id ?? 0 },
      data: { deactivatedAt: new Date() },
    });
    const { batchId } = await prepare(chosen(round));
    const how = await confirmation(batchId, "8841");
    const confirm = (ticked: readonly string[]) =>
      confirmBatch({ batchId, key: randomUUID(), ...how, ticked }, payAct(round.admins[0]));
    const code = `tester_deactivated:${tester?.id}:KZT`;
    expect(how.ticked).toContain(code);
    const unticked = how.ticked.filter((ticked) => ticked !== code);
    expect(await refusalOf(confirm(unticked))).toMatchObject({ code: "warnings" });
    await confirm(how.ticked);
    const where = { testerId: tester?.id ?? 0, amount: { gt: 0 } };
    expect(await db().payment.count({ where })).toBe(4);
  });
});
