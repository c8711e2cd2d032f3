import { beforeAll, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { addDays, dateInZone } from "~/domain/team-date";
import {
  BUILDER_ZONE,
  buildAdmin,
  buildCycle,
  buildIssue,
  buildPaidBatch,
  buildPreparedBatch,
  buildTester,
} from "../../prisma/builders";
import { approveIssue } from "./decision.server";
import { payQueue, type QueueLine } from "./pay-queue.server";
import { changePayee } from "./payee.server";
import { correctTransfer } from "./payment-correction.server";
import { reversePayment } from "./reversal.server";

useTestDatabase();

type Id = { id: number };

const DAY = 24 * 60 * 60 * 1000;
const NOW = new Date();
const daysAgo = (days: number) => new Date(NOW.getTime() - days * DAY);
const dateOf = (days: number) => dateInZone(daysAgo(days), BUILDER_ZONE);

let admin: Id;
beforeAll(async () => {
  admin = await buildAdmin({ name: "Nazira" });
});

const USD = { critical: 6_000, high: 2_500, medium: 1_000, low: 400, currency: "USD" } as const;

async function testerWithCycles(details = {}) {
  const tester = await buildTester({ name: "Aibek", ...details });
  const [tenge, dollars] = [
    await buildCycle({ testers: [tester] }),
    await buildCycle({ testers: [tester], rates: USD }),
  ];
  return { tester, tenge, dollars };
}

async function approved(tester: Id, cycle: Id, days: number): Promise<number> {
  const { id } = await buildIssue({ tester, cycle, severity: "high", at: daysAgo(days + 1) });
  await approveIssue({ issueId: id }, { actorId: admin.id, at: daysAgo(days) });
  return id;
}

/** Paid so many days ago, as one transfer. */
async function paid(issueIds: number[], days: number, reference: string): Promise<number> {
  const { batchId } = await buildPaidBatch({ admin, issueIds, reference, at: daysAgo(days) });
  return (await db().payoutTransfer.findFirstOrThrow({ where: { batchId } })).id;
}

async function linesOf(tester: Id): Promise<QueueLine[]> {
  return (await payQueue()).filter((line) => line.testerId === tester.id);
}

describe("a line of the queue", () => {
  test("is one tester's in one currency, with the age of its oldest debt", async () => {
    const { tester, tenge, dollars } = await testerWithCycles();
    await approved(tester, tenge, 3);
    await approved(tester, tenge, 12);
    await approved(tester, dollars, 5);
    expect(await linesOf(tester)).toMatchObject([
      { currency: "KZT", count: 2, total: 1_600_000, oldestApprovedAt: daysAgo(12) },
      { currency: "USD", count: 1, total: 2_500, oldestApprovedAt: daysAgo(5) },
    ]);
  });

  test("leaves out what a prepared batch holds", async () => {
    const { tester, tenge } = await testerWithCycles();
    const held = await approved(tester, tenge, 9);
    await approved(tester, tenge, 3);
    await buildPreparedBatch({ admin, issueIds: [held] });
    expect(await linesOf(tester)).toMatchObject([{ count: 1, oldestApprovedAt: daysAgo(3) }]);
  });

  test("says what was paid before in its currency, less what was taken back", async () => {
    const { tester, tenge, dollars } = await testerWithCycles();
    const bounced = await approved(tester, tenge, 40);
    await paid([bounced, await approved(tester, tenge, 40)], 30, "8841");
    await paid([await approved(tester, dollars, 20)], 10, "INV-1");
    await reversePayment(
      { issueId: bounced, kind: "bounced", reason: "Account closed", on: dateOf(28) },
      { actorId: admin.id, at: daysAgo(28) },
    );
    await approved(tester, dollars, 1);
    expect(await linesOf(tester)).toMatchObject([
      { currency: "KZT", paidLifetime: 800_000 },
      { currency: "USD", paidLifetime: 2_500 },
    ]);
  });

  test("nothing was paid to a newcomer, who has given no account", async () => {
    const { tester, tenge } = await testerWithCycles();
    await approved(tester, tenge, 1);
    expect(await linesOf(tester)).toMatchObject([
      {
        paidLifetime: 0,
        lastPayment: null,
        payee: { kaspiEnding: null, ibanEnding: null, changedAt: null },
      },
    ]);
  });

  test("knows the account by its ending, and when it changed", async () => {
    const { tester, tenge } = await testerWithCycles({ kaspiPhone: "+77015550177" });
    await approved(tester, tenge, 1);
    const details = { payeeName: null, kaspiPhone: null, iban: "KZ86125KZT5004100100" };
    await changePayee(
      { userId: tester.id, details, shownAt: null },
      { actorId: tester.id, at: daysAgo(2) },
    );
    expect(await linesOf(tester)).toMatchObject([
      { payee: { kaspiEnding: null, ibanEnding: "0100", changedAt: daysAgo(2) } },
    ]);
  });
});

describe("the last payment of a line", () => {
  test("is the latest, in whatever currency", async () => {
    const { tester, tenge, dollars } = await testerWithCycles();
    await paid([await approved(tester, tenge, 40)], 30, "8841");
    await paid([await approved(tester, dollars, 40)], 20, "INV-1");
    await approved(tester, tenge, 1);
    expect(await linesOf(tester)).toMatchObject([
      { lastPayment: { paidOn: dateOf(20), method: "kaspi", reference: "INV-1" } },
    ]);
  });

  test("is not one that bounced", async () => {
    const { tester, tenge } = await testerWithCycles();
    await paid([await approved(tester, tenge, 40)], 30, "8841");
    const bounced = await approved(tester, tenge, 20);
    await paid([bounced], 10, "9127");
    const on = dateOf(9);
    await reversePayment(
      { issueId: bounced, kind: "bounced", reason: "Account closed", on },
      { actorId: admin.id, at: daysAgo(9) },
    );
    expect(await linesOf(tester)).toMatchObject([
      { lastPayment: { paidOn: dateOf(30), reference: "8841" } },
    ]);
  });

  test("is as it was corrected, and another one when the correction says it was earlier", async () => {
    const { tester, tenge } = await testerWithCycles();
    await paid([await approved(tester, tenge, 40)], 30, "8841");
    const transferId = await paid([await approved(tester, tenge, 40)], 10, "9172");
    await approved(tester, tenge, 1);
    const correct = (shown: number, reference: string, paidOn: string) =>
      correctTransfer(
        { transferId, shown, reference, paidOn, reason: "Typo" },
        { actorId: admin.id, at: NOW },
      );
    await correct(0, "9127", dateOf(10));
    expect(await linesOf(tester)).toMatchObject([
      { lastPayment: { paidOn: dateOf(10), reference: "9127" } },
    ]);
    const latest = await db().paymentCorrection.findFirstOrThrow({ orderBy: { id: "desc" } });
    await correct(latest.id, "9127", addDays(dateOf(30), -1));
    expect(await linesOf(tester)).toMatchObject([
      { lastPayment: { paidOn: dateOf(30), reference: "8841" } },
    ]);
  });
});

test("the lines add up to what is approved and not in a batch, grouped by plain SQL", async () => {
  const lines = (await payQueue()).map(({ testerId, currency, count, total }) => ({
    ...{ tester_id: testerId, currency, count: BigInt(count), total: BigInt(total) },
  }));
  const rows = await db().$queryRaw<typeof lines>`
    SELECT i.tester_id, i.approved_currency AS currency, count(*), sum(i.approved_amount)::bigint AS total
      FROM issues i LEFT JOIN payout_batch_items h ON h.issue_id = i.id AND h.state = 'reserved'
      WHERE i.payout_status = 'approved' AND h.issue_id IS NULL GROUP BY 1, 2`;
  const sorted = (list: typeof lines) =>
    [...list].sort((a, b) => a.tester_id - b.tester_id || a.currency.localeCompare(b.currency));
  expect(sorted(lines)).toEqual(sorted(rows));
});
