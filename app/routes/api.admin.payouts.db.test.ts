import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { answerOf, visit } from "~/http/visit.fixture";
import { approveIssue, changeAmount } from "~/models/decision.server";
import { reversePayment } from "~/models/reversal.server";
import { signIn } from "~/models/sign-in.server";
import { dateInZone } from "~/domain/team-date";
import {
  BUILDER_ZONE,
  buildAdmin,
  buildCycle,
  buildIssue,
  buildPaidBatch,
  buildPreparedBatch,
  buildTester,
} from "../../prisma/builders";
import { loader as payouts } from "./api.admin.payouts._index";
import { action as batchPay } from "./api.admin.payouts.batch-pay";
import { loader as byTester } from "./api.admin.payouts.by-tester";

useTestDatabase();

type Id = { id: number };
const NOW = new Date();

let nazira: Id & { session: string };
let sanzhar: Id;
let cycle: Id;
let aibek: Id;

beforeAll(async () => {
  const { id } = await buildAdmin({ name: "Nazira" });
  const by = { userId: id, address: "192.0.2.1", userAgent: null, replaces: null };
  nazira = { id, session: (await signIn(by)).secret };
  sanzhar = await buildAdmin({ name: "Sanzhar" });
});
beforeEach(async () => {
  aibek = await buildTester({ name: "Aibek", kaspiPhone: "+77015550100" });
  cycle = await buildCycle({ testers: [aibek, nazira] });
});

async function approved(tester: Id = aibek): Promise<number> {
  const { id } = await buildIssue({ tester, cycle, severity: "high" });
  const actorId = tester.id === nazira.id ? sanzhar.id : nazira.id;
  await approveIssue({ issueId: id }, { actorId, at: NOW });
  return id;
}

async function read(path: string, loader = payouts) {
  const answer = await answerOf(loader(visit(path, { session: nazira.session })));
  expect(answer.status).toBe(200);
  return (await answer.json()) as Record<string, unknown>;
}

type Issue = { id: number; expectedAmount: number };
const shown = (id: number): Issue => ({ id, expectedAmount: 800_000 });

async function pay(issues: readonly Issue[], payment: object = {}) {
  const payments = [
    {
      ...{ testerId: aibek.id, currency: "KZT", method: "kaspi", reference: randomUUID() },
      ...{ issues, ...payment },
    },
  ];
  const json = { key: randomUUID(), payments };
  const answer = await answerOf(batchPay(visit("/", { session: nazira.session, json })));
  return { status: answer.status, body: (await answer.json()) as { changes?: unknown } };
}

/** Nothing was written: ABUSE, "no effect". */
const written = () =>
  Promise.all([db().payment.count(), db().batchItem.count(), db().issueEvent.count()]);

describe("GET /api/admin/payouts", () => {
  test("has every field of DESIGN 6, and no other", async () => {
    const bounced = await approved();
    await buildPaidBatch({ admin: nazira, issueIds: [bounced, await approved()], at: NOW });
    await reversePayment(
      {
        ...{ issueId: bounced, kind: "bounced", reason: "Account closed" },
        on: dateInZone(NOW, BUILDER_ZONE),
      },
      { actorId: nazira.id, at: new Date(NOW.getTime() + 60_000) },
    );
    const held = await approved();
    const { batchId } = await buildPreparedBatch({ admin: nazira, issueIds: [held], at: NOW });
    const pending = await buildIssue({ tester: aibek, cycle, severity: "low", title: "Low" });
    const body = await read("/api/admin/payouts");
    const money = { currency: "KZT", amount: expect.any(Number) as number };
    expect(body).toEqual({
      approvedUnpaid: [{ ...money, issues: 2 }],
      paidLifetime: [{ currency: "KZT", amount: 800_000 }],
      pendingReview: {
        issues: 1,
        items: [
          {
            ...{ id: pending.id, title: "Low", severity: "low", status: "open" },
            cycle: { id: cycle.id, name: expect.any(String) as string },
            tester: { id: aibek.id, name: "Aibek" },
            suggested: { currency: "KZT", amount: 100_000 },
          },
        ],
        next: null,
      },
      topTester: [{ currency: "KZT", testerId: aibek.id, name: "Aibek", amount: 800_000 }],
      voids: [
        {
          ...{ issueId: bounced, currency: "KZT", amount: 800_000, kind: "bounced" },
          ...{ reason: "Account closed", by: "Nazira", at: expect.any(String) as string },
        },
      ],
      queue: [
        {
          ...{ testerId: aibek.id, name: "Aibek", currency: "KZT", amount: 800_000 },
          issues: [{ id: bounced, amount: 800_000 }],
          oldestApprovedAt: expect.any(String) as string,
        },
      ],
      preparedBatches: [
        {
          ...{ id: batchId, preparedBy: "Nazira", preparedAt: NOW.toISOString() },
          totals: [{ currency: "KZT", amount: 800_000 }],
        },
      ],
    });
    expect(await read("/api/admin/payouts/by-tester", byTester)).toEqual({ queue: body.queue });
  });

  test("turns the pages of pendingReview, every issue once", async () => {
    for (let n = 0; n < 120; n++) await buildIssue({ tester: aibek, cycle, severity: "low" });
    const seen: number[] = [];
    let after = "";
    do {
      const { pendingReview } = await read(`/api/admin/payouts?after=${after}`);
      const { items, next } = pendingReview as { items: Id[]; next: string | null };
      seen.push(...items.map(({ id }) => id));
      after = next ?? "";
    } while (after);
    const all = await db().issue.count({ where: { payoutStatus: "pending" } });
    expect(seen).toHaveLength(all);
    expect(new Set(seen).size).toBe(all);
  });
});

describe("POST batch-pay has no effect, and says why,", () => {
  test("when an amount is no longer what the caller saw", async () => {
    const [kept, changed] = [await approved(), await approved()];
    const act = { actorId: nazira.id, at: NOW };
    await changeAmount({ issueId: changed, amount: 900_000, note: "Worse than it looked" }, act);
    const before = await written();
    const { status, body } = await pay([shown(kept), shown(changed)]);
    expect([status, body.changes]).toEqual([
      409,
      [{ issueId: changed, expected: 800_000, actual: 900_000 }],
    ]);
    expect(await written()).toEqual(before);
  });

  test("when an issue is another's, unknown, or not approved", async () => {
    const dana = await buildTester({ name: "Dana" });
    await db().cycleTester.create({ data: { cycleId: cycle.id, userId: dana.id } });
    const pending = await buildIssue({ tester: aibek, cycle });
    const before = [await approved(), await approved(dana)] as const;
    const counts = await written();
    const { status, body } = await pay([...before, pending.id, 999_999].map(shown));
    expect(status).toBe(409);
    expect(body.changes).toEqual(
      [before[1], pending.id, 999_999].map((issueId) => ({
        ...{ issueId, expected: 800_000, actual: null },
      })),
    );
    expect(await written()).toEqual(counts);
  });

  test("when the tester is nobody: their issues are another's", async () => {
    const issue = await approved();
    const before = await written();
    const { status, body } = await pay([shown(issue)], { testerId: 999_999 });
    expect([status, body.changes]).toEqual([
      409,
      [{ issueId: issue, expected: 800_000, actual: null }],
    ]);
    expect(await written()).toEqual(before);
  });

  test("when it is one's own pay", async () => {
    const own = await approved(nazira);
    const before = await written();
    const { status } = await pay([shown(own)], { testerId: nazira.id });
    expect(status).toBe(403);
    expect(await written()).toEqual(before);
  });

  test("when an issue is there twice, none is, or there are 10,001", async () => {
    const issue = await approved();
    const before = await written();
    const many = Array.from({ length: 10_001 }, (_, n) => shown(n + 1));
    for (const issues of [[issue, issue].map(shown), [], many])
      expect((await pay(issues)).status).toBe(422);
    expect(await written()).toEqual(before);
  });

  test.each([0, -1, 1.5, 1e30, "800000", null])("when the amount is %j", async (amount) => {
    const issue = await approved();
    const before = await written();
    const issues = [{ id: issue, expectedAmount: amount as number }];
    expect((await pay(issues)).status).toBe(422);
    expect(await written()).toEqual(before);
  });
});

test("POST batch-pay pays a deactivated tester, with a warning", async () => {
  const issue = await approved();
  await db().user.update({ where: { id: aibek.id }, data: { deactivatedAt: NOW } });
  const { status, body } = await pay([shown(issue)]);
  expect(status).toBe(200);
  expect(body).toMatchObject({ warnings: [{ kind: "tester_deactivated", testerId: aibek.id }] });
});
