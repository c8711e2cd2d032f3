import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import type { PayeeDetails } from "~/domain/payee";
import {
  buildAdmin,
  buildCycle,
  buildIssue,
  buildPreparedBatch,
  buildTester,
} from "../../prisma/builders";
import { cancelBatch } from "./batch-cancel.server";
import { approveIssue } from "./decision.server";
import { changePayee, payeeChangesSince, payeeHistory, payeeNow } from "./payee.server";

useTestDatabase();

const NOW = new Date("2026-05-10T07:00:00Z");
const NONE: PayeeDetails = { payeeName: null, kaspiPhone: null, iban: null };
const KASPI = { ...NONE, kaspiPhone: "+77015550100" };
const BANK = { ...NONE, iban: "KZ86125KZT5004100100", payeeName: "Айбек Т." };

let nazira: { id: number };
let aibek: { id: number };

beforeAll(async () => {
  nazira = await buildAdmin({ name: "Nazira" });
});
beforeEach(async () => {
  aibek = await buildTester({ name: "Aibek" });
});

const change = (details: PayeeDetails, shownAt: Date | null, at = NOW) =>
  changePayee({ userId: aibek.id, details, shownAt }, { actorId: aibek.id, at });

describe("a change", () => {
  test("is what the details are afterwards, since when and by whom", async () => {
    expect(await change(KASPI, null)).toBe(true);
    expect(await payeeNow(aibek.id)).toEqual({
      ...KASPI,
      changedAt: NOW,
      changedBy: { id: aibek.id, name: "Aibek" },
      paymentUnderWay: false,
    });
  });

  test("is kept with what was before, the latest first", async () => {
    await change(KASPI, null);
    await change(BANK, NOW, new Date(NOW.getTime() + 1_000));
    const history = await payeeHistory(aibek.id, 10);
    expect(history.map(({ old, new: now }) => [old, now])).toEqual([
      [KASPI, BANK],
      [NONE, KASPI],
    ]);
    expect(await payeeChangesSince([aibek.id, nazira.id], NOW)).toEqual([history[0]]);
    expect(await payeeChangesSince([nazira.id], new Date(0))).toEqual([]);
  });

  test("to what they are already writes nothing, however old the form", async () => {
    await change(KASPI, null);
    expect(await change(KASPI, null)).toBe(false);
    expect(await db().payeeChange.count({ where: { userId: aibek.id } })).toBe(1);
  });

  test("by a form from before another change is refused, and overwrites nothing", async () => {
    await change(KASPI, null);
    await expect(change(BANK, null)).rejects.toMatchObject({
      reason: { code: "payee_changed", at: NOW },
    });
    expect(await payeeNow(aibek.id)).toMatchObject(KASPI);
  });

  test("has a later time than the one before, also when the clock went back", async () => {
    await change(KASPI, null);
    await change(BANK, NOW, new Date(NOW.getTime() - 60_000));
    expect((await payeeNow(aibek.id)).changedAt).toEqual(new Date(NOW.getTime() + 1));
  });

  test("by twenty windows at once happens once", async () => {
    const tries = Array.from({ length: 20 }, (_, n) =>
      change({ ...KASPI, kaspiPhone: `+770155501${String(n).padStart(2, "0")}` }, null),
    );
    const done = await Promise.allSettled(tries);
    expect(done.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await db().payeeChange.count({ where: { userId: aibek.id } })).toBe(1);
  });
});

test("what a prepared batch holds goes to the account of before, and says so until it is closed", async () => {
  await change(KASPI, null);
  const cycle = await buildCycle({ testers: [aibek] });
  const issue = await buildIssue({ tester: aibek, cycle });
  const act = { actorId: nazira.id, at: NOW };
  await approveIssue({ issueId: issue.id }, act);
  const { batchId } = await buildPreparedBatch({ admin: nazira, issueIds: [issue.id] });
  await change(BANK, NOW, new Date(NOW.getTime() + 1_000));
  expect(await payeeNow(aibek.id)).toMatchObject({ ...BANK, paymentUnderWay: true });
  const transfer = await db().payoutTransfer.findFirstOrThrow({ where: { batchId } });
  expect(transfer).toMatchObject({ kaspiPhone: KASPI.kaspiPhone, iban: null });
  await cancelBatch(batchId, act);
  expect(await payeeNow(aibek.id)).toMatchObject({ paymentUnderWay: false });
});
