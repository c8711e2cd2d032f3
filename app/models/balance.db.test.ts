import { beforeAll, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import type { Balance } from "~/domain/balance";
import { type Money, money, sumByCurrency } from "~/domain/money";
import { buildCycle, buildTester } from "../../prisma/builders";
import { seedIfEmpty } from "../../prisma/seed";
import { balanceHistory } from "./balance-history.server";
import { balanceOf } from "./balance.server";
import { exportOwnPayments } from "./payment-export.server";
import { testerCycle, testerCycles } from "./tester-cycle.server";

useTestDatabase();
beforeAll(() => seedIfEmpty());

const kzt = (major: number): Money => money("KZT", major * 100);
const usd = (major: number): Money => money("USD", major * 100);

async function idOf(name: string): Promise<number> {
  return (await db().user.findFirstOrThrow({ where: { name } })).id;
}

async function cycleIdOf(name: string): Promise<number> {
  return (await db().testCycle.findFirstOrThrow({ where: { name: { startsWith: name } } })).id;
}

const withoutIds = ({ cycles, ...balance }: Balance) => ({
  ...balance,
  cycles: cycles.map(({ id: _id, ...cycle }) => cycle),
});

describe("Aibek's balance", () => {
  test("is the one that DESIGN 8 promises, the newest cycle first", async () => {
    expect(withoutIds(await balanceOf(await idOf("Aibek")))).toEqual({
      totals: [{ currency: "KZT", paid: 12_000_000, pending: 4_500_000, awaiting: 3_000_000 }],
      issues: { filed: 42, accepted: 30, awaiting: 12 },
      acceptanceRate: 30 / 42,
      cycles: [
        cycle("Dala Market — Payments regression", 12, 9, 0, kzt(0)),
        cycle("Akashi Cloud — Pre-launch sweep", 12, 9, 9, kzt(45_000)),
        cycle("Hackorda Onboarding — QA shake-down", 18, 12, 8, kzt(75_000)),
      ],
    });
  });

  test("has its 42 issues on one page", async () => {
    const { lines, newer, older } = await balanceHistory(await idOf("Aibek"));
    expect(lines).toHaveLength(42);
    expect([newer, older]).toEqual([null, null]);
  });
});

function cycle(name: string, issues: number, approved: number, paid: number, earned: Money) {
  return { name, issues, approved, paid, earned: [earned] };
}

test("Dana's tenge and dollars stand side by side; what bounced and what is void is not earned", async () => {
  expect(withoutIds(await balanceOf(await idOf("Dana")))).toEqual({
    totals: [
      { currency: "KZT", paid: 1_400_000, pending: 1_500_000, awaiting: 300_000 },
      { currency: "USD", paid: 8_500, pending: 1_400, awaiting: 2_500 },
    ],
    issues: { filed: 14, accepted: 8, awaiting: 2 },
    acceptanceRate: 8 / 14,
    cycles: [
      cycle("Nomad Pay — Dollar accounts beta", 6, 4, 2, usd(85)),
      cycle("Hackorda Onboarding — QA shake-down", 8, 4, 3, kzt(14_000)),
    ],
  });
});

test("a draft counts nowhere, and somebody new has a zero of everything", async () => {
  const timur = await balanceOf(await idOf("Timur"));
  expect(timur.issues).toEqual({ filed: 5, accepted: 1, awaiting: 4 });
  expect((await balanceHistory(await idOf("Timur"))).lines).toHaveLength(5);
  const { id } = await buildTester({ name: "Ermek" });
  expect(await balanceOf(id)).toEqual({
    totals: [{ currency: "KZT", paid: 0, pending: 0, awaiting: 0 }],
    issues: { filed: 0, accepted: 0, awaiting: 0 },
    acceptanceRate: null,
    cycles: [],
  });
});

test.each(["Aibek", "Dana", "Timur"])(
  "what %s earned is the sum of the payments, of the cycles and of the CSV",
  async (name) => {
    const testerId = await idOf(name);
    const balance = await balanceOf(testerId);
    const earned = balance.totals.map((total) => money(total.currency, total.paid));
    const payments = await db().payment.findMany({ where: { testerId } });
    const isPaid = (sum: Money) => payments.some(({ currency }) => currency === sum.currency);
    const paid = earned.filter(isPaid);
    expect(sumByCurrency(payments.map((p) => money(p.currency, p.amount)))).toEqual(paid);
    expect(sumByCurrency(balance.cycles.flatMap((c) => c.earned)).filter(isPaid)).toEqual(paid);
    expect(sumByCurrency(await exported(testerId))).toEqual(paid);
  },
);

async function exported(testerId: number): Promise<Money[]> {
  const source = await exportOwnPayments(testerId, {});
  const rows = await source.next();
  expect(await source.next()).toEqual([]);
  await source.close();
  return rows.map((row) => money(row.currency, BigInt(row.amount)));
}

describe("one cycle of a tester", () => {
  test("has the figures of that cycle alone, and what an issue pays there", async () => {
    const cycleId = await cycleIdOf("Nomad");
    const found = await testerCycle(await idOf("Dana"), cycleId);
    expect(found).toMatchObject({ id: cycleId, status: "open", mayFile: true });
    expect(found?.balance.totals).toEqual([
      { currency: "USD", paid: 8_500, pending: 1_400, awaiting: 2_500 },
    ]);
    expect(found?.rates.map((rate) => rate.money)).toEqual([usd(60), usd(25), usd(10), usd(4)]);
  });

  test("lists exactly the issues that paid, which add up to what it earned", async () => {
    const testerId = await idOf("Dana");
    const cycleId = await cycleIdOf("Hackorda");
    const { lines } = await balanceHistory(testerId, { cycleId, paidOnly: true });
    expect(lines.map((line) => line.payoutStatus)).toEqual(["paid", "paid", "paid"]);
    expect(sumByCurrency(lines.flatMap((line) => line.amount ?? []))).toEqual([kzt(14_000)]);
    const all = await balanceHistory(testerId, { cycleId });
    expect(all.lines.map((line) => line.cycle.id)).toEqual(Array(8).fill(cycleId));
  });

  test("does not exist for somebody who is not in it", async () => {
    const cycleId = await cycleIdOf("Nomad");
    expect(await testerCycle(await idOf("Timur"), cycleId)).toBeNull();
    expect(await testerCycle(await idOf("Dana"), 2_147_483_647)).toBeNull();
  });

  test("is listed from the day one is added, and no more once it is archived", async () => {
    const timur = await idOf("Timur");
    const added = await buildCycle({ name: "Brand new", testers: [{ id: timur }] });
    const listed = await testerCycles(timur);
    expect(listed.map(({ name, figures }) => [name, figures?.issues ?? null])).toEqual([
      ["Brand new", null],
      ["Dala Market — Payments regression", 5],
    ]);
    await db().testCycle.update({ where: { id: added.id }, data: { status: "archived" } });
    expect((await testerCycles(timur)).map(({ name }) => name)).not.toContain("Brand new");
  });
});
