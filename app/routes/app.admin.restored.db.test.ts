/** After a restore payments wait until an admin has compared the last references with the bank (DESIGN 9). */
import { randomUUID } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { Refusal } from "~/domain/refusal";
import { dateInZone } from "~/domain/team-date";
import { answerOf, visit } from "~/http/visit.fixture";
import { confirmation } from "~/models/batch-race.fixture";
import { confirmBatch, payBatch } from "~/models/batch.server";
import { approveIssue } from "~/models/decision.server";
import { leaveMoneySound } from "~/models/doctor.fixture";
import { reversePayment } from "~/models/reversal.server";
import { signIn } from "~/models/sign-in.server";
import {
  BUILDER_ZONE,
  buildAdmin,
  buildCycle,
  buildIssue,
  buildPaidBatch,
  buildPreparedBatch,
  buildTester,
} from "../../prisma/builders";
import * as payouts from "./app.admin.payouts._index";
import * as page from "./app.admin.restored";

useTestDatabase();
leaveMoneySound();

let admin: { id: number };
let tester: { id: number };
let cycle: { id: number };
beforeAll(async () => {
  admin = await buildAdmin({ name: "Nazira" });
  tester = await buildTester({ name: "Aibek" });
  cycle = await buildCycle({ testers: [tester] });
});

const act = () => ({ actorId: admin.id, at: new Date(), zone: BUILDER_ZONE });
const PATH = "/app/admin/restored";

async function approved(): Promise<number> {
  const { id } = await buildIssue({ tester, cycle });
  await approveIssue({ issueId: id }, act());
  return id;
}

const restored = () =>
  db().restoration.create({
    data: { backupAt: new Date("2026-11-20T10:00:00Z"), backupHash: "0".repeat(64) },
  });

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (error instanceof Refusal) return error.reason.code;
    throw error;
  }
  return "done";
}

async function sessionOf(userId: number): Promise<string> {
  const facts = { userId, address: "192.0.2.1", userAgent: null, replaces: null };
  return (await signIn(facts)).secret;
}

test("nothing is confirmed, paid or taken back until an admin has compared", async () => {
  const paid = await approved();
  await buildPaidBatch({ admin, issueIds: [paid], reference: "8841" });
  const { batchId } = await buildPreparedBatch({ admin, issueIds: [await approved()] });
  const confirm = { batchId, key: randomUUID(), ...(await confirmation(batchId, randomUUID())) };
  const issueId = await approved();
  const order = {
    key: randomUUID(),
    payments: [
      {
        ...{ testerId: tester.id, currency: "KZT" as const, method: "kaspi" as const },
        ...{ reference: "9", paidOn: null, issues: [{ issueId, expected: 300_000 }] },
      },
    ],
  };
  const bounced = {
    ...{ issueId: paid, kind: "bounced" as const, reason: "Wrong card" },
    on: dateInZone(new Date(), BUILDER_ZONE),
  };
  const session = await sessionOf(admin.id);
  const { id } = await restored();
  const before = await db().payment.count();
  expect(await codeOf(confirmBatch(confirm, act()))).toBe("restored");
  expect(await codeOf(payBatch(order, act()))).toBe("restored");
  expect(await codeOf(reversePayment(bounced, act()))).toBe("restored");
  expect(await db().payment.count()).toBe(before);

  const queue = await answerOf(payouts.loader(visit("/app/admin/payouts", { session })));
  expect(await queue.json()).toMatchObject({ isRestored: true });
  const shown = await answerOf(page.loader(visit(PATH, { session })));
  expect(await shown.json()).toMatchObject({
    restoration: { id },
    last: [
      { method: "kaspi", transfers: [{ reference: "8841", total: { amount: 300_000 } }] },
      { method: "bank", transfers: [] },
      { method: "cash", transfers: [] },
    ],
    waiting: [{ id: batchId }],
  });

  const send = (form: Record<string, string>) =>
    answerOf(page.action(visit(PATH, { session, form })));
  expect((await send({ restoration: String(id), note: " " })).status).toBe(422);
  const { id: later } = await restored();
  const stale = await send({ restoration: String(id), note: "Up to 8841" });
  expect(stale.status).toBe(409);
  expect(await stale.json()).toMatchObject({ values: { note: "Up to 8841" } });
  const twice = { restoration: String(later), note: "Up to 8841" };
  const answers = await Promise.all([send(twice), send(twice)]);
  expect(answers.map(({ status }) => status)).toEqual([303, 303]);
  expect(await db().restorationLook.count()).toBe(1);
  expect(
    await db().auditEntry.count({ where: { kind: "restored_compared", actorId: admin.id } }),
  ).toBe(1);

  expect(await codeOf(confirmBatch(confirm, act()))).toBe("done");
  expect(await codeOf(payBatch(order, act()))).toBe("done");
});

describe("a comparison that nobody waits for", () => {
  const send = async (who: { id: number }, restoration: number, note: string) => {
    const form = { restoration: String(restoration), note };
    const session = await sessionOf(who.id);
    return answerOf(page.action(visit(PATH, { session, form })));
  };
  const kept = () =>
    Promise.all([
      db().restorationLook.count(),
      db().auditEntry.count({ where: { kind: "restored_compared" } }),
    ]);

  test("of no restore is refused, and keeps the note", async () => {
    const answer = await send(admin, 424242, "Up to 8841");
    expect(answer.status).toBe(409);
    expect(await answer.json()).toEqual({
      errors: { form: "No restored backup waits to be compared. Your note was not recorded." },
      values: { note: "Up to 8841" },
    });
  });

  test("is told who was faster, but for a repeat of the very same", async () => {
    const { id } = await restored();
    const sanzhar = await buildAdmin({ name: "Sanzhar" });
    expect((await send(admin, id, "Up to 8841")).status).toBe(303);
    expect((await send(admin, id, "Up to 8841")).status).toBe(303);
    const before = await kept();
    for (const [who, note] of [
      [sanzhar, "Up to 8841"],
      [admin, "8842 was missing"],
    ] as const) {
      const answer = await send(who, id, note);
      expect(answer.status).toBe(409);
      expect(await answer.json()).toEqual({
        errors: {
          form: "Nazira has compared this backup already, and payments go on. Your note was not recorded.",
        },
        values: { note },
      });
    }
    expect((await send(admin, 424242, "Up to 8841")).status).toBe(409);
    expect(await kept()).toEqual(before);
  });
});

test("a tester cannot let payments go on", async () => {
  const { id } = await restored();
  const session = await sessionOf(tester.id);
  const form = { restoration: String(id), note: "Mine" };
  expect((await answerOf(page.loader(visit(PATH, { session })))).status).toBe(403);
  expect((await answerOf(page.action(visit(PATH, { session, form })))).status).toBe(403);
  expect(await db().restorationLook.count({ where: { restorationId: id } })).toBe(0);
});
