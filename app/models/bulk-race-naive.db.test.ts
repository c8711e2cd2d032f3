import { beforeAll, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { outcomes } from "./batch-race.fixture";
import {
  buildBulkRound,
  type BulkRound,
  DECIDERS,
  doubleDecisions,
  overlapping,
} from "./bulk-race.fixture";

// The control of bulk-race.db.test.ts: the harness there must catch what it is made to catch.

useTestDatabase();

/** Read, check, write, each by itself: how a bulk action is often written. */
async function approveNaively(round: BulkRound, n: number): Promise<void> {
  const ids = overlapping(round, n).map((row) => row.issueId);
  const pending = await db().issue.findMany({
    where: { id: { in: ids }, payoutStatus: "pending" },
  });
  for (const { id, version } of pending) {
    await db().$executeRaw`
      INSERT INTO issue_events (issue_id, version, kind, actor_id, from_status, to_status, from_payout_status,
                                to_payout_status, amount, currency)
      VALUES (${id}, ${version + 1}, 'approved', ${round.admins[0].id}, 'open', 'triaged', 'pending', 'approved',
              800000, 'KZT')`;
    await db().$executeRaw`
      UPDATE issues SET payout_status = 'approved', status = 'triaged', version = version + 1, approved_amount = 800000,
                        approved_currency = 'KZT', approved_at = now(), approved_by = ${round.admins[0].id}
        WHERE id = ${id}`;
  }
}

const race = (round: BulkRound) =>
  outcomes(Array.from({ length: DECIDERS }, (_, n) => approveNaively(round, n)));

let guarded: { round: BulkRound; refused: number };
beforeAll(async () => {
  const round = await buildBulkRound();
  guarded = { round, refused: (await race(round)).unexpected.length };
});

test("a naive bulk approval is refused by the database itself", async () => {
  expect(guarded.refused).toBe(DECIDERS);
  expect(await doubleDecisions(guarded.round)).toBe(0);
});

test("without the database's guards it decides twice, and the harness sees it", async () => {
  for (const statement of [
    "ALTER TABLE issue_events DROP CONSTRAINT issue_events_chain_fkey",
    "DROP INDEX issue_events_version_key, issue_events_state_key",
    "ALTER TABLE issue_events DISABLE TRIGGER USER",
    "ALTER TABLE issues DISABLE TRIGGER USER",
  ]) {
    await db().$executeRawUnsafe(statement);
  }
  const round = await buildBulkRound();
  await race(round);
  expect(await doubleDecisions(round)).toBeGreaterThan(0);
});
