import { beforeAll, expect, test } from "vitest";
import { useTestDatabase } from "~/database/test-database";
import { buildPreparedBatch } from "../../prisma/builders";
import { confirmNaively, dropPaymentGuards } from "./batch-race-naive.fixture";
import { buildRound, CLIENTS, doublePayments, outcomes, type Round } from "./batch-race.fixture";

// The control of batch-race.db.test.ts: the harness there must catch what it is made to catch.

useTestDatabase();

async function race(round: Round): Promise<{ unexpected: unknown[] }> {
  const [admin] = round.admins;
  const { batchId } = await buildPreparedBatch({ admin, issueIds: round.issueIds });
  return outcomes(Array.from({ length: CLIENTS }, () => confirmNaively(batchId, admin.id)));
}

let guarded: { round: Round; refused: number };
beforeAll(async () => {
  const round = await buildRound();
  guarded = { round, refused: (await race(round)).unexpected.length };
});

test("a naive confirm is refused by the database itself, every time", async () => {
  expect(guarded.refused).toBe(CLIENTS);
  expect(await doublePayments(guarded.round)).toBe(0);
});

test("without the database's guards the naive confirm pays twice, and the harness sees it", async () => {
  await dropPaymentGuards();
  const round = await buildRound();
  await race(round);
  expect(await doublePayments(round)).toBeGreaterThan(0);
});
