import { beforeAll, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { addDays, dateInZone } from "~/domain/team-date";
import { BUILDER_ZONE } from "../../prisma/builders";
import { seedIfEmpty } from "../../prisma/seed";
import { balanceOf } from "./balance.server";
import { insertBarePayments } from "./bare-payments.fixture";
import { payeeOf, statementOf, yearsPaid } from "./statement.server";

useTestDatabase();
const NOW = new Date();
beforeAll(() => seedIfEmpty(NOW));

const today = dateInZone(NOW, BUILDER_ZONE);
/** Days of the demo story: paydays 60, 40 and 18 days ago, the first bounced two days later. */
const ago = (days: number) => addDays(today, -days);

async function idOf(name: string): Promise<number> {
  return (await db().user.findFirstOrThrow({ where: { name } })).id;
}

describe("a statement", () => {
  test("leads from the opening figure to the closing one by its lines, per currency", async () => {
    const dana = await idOf("Dana");
    for (const from of [ago(365), ago(60), ago(59), ago(58), ago(40), ago(39), ago(17)])
      for (const to of [ago(59), ago(40), ago(18), today].filter((date) => date >= from)) {
        const { accounts } = await statementOf(dana, { from, to });
        for (const { opening, closing, lines } of accounts) {
          const moved = lines.reduce((sum, { amount }) => sum + amount, 0);
          expect(opening.amount + moved).toBe(closing.amount);
          expect(lines.every(({ date }) => date >= from && date <= to)).toBe(true);
        }
      }
  });

  test("closes today with what Balance calls earned", async () => {
    for (const name of ["Aibek", "Dana"]) {
      const id = await idOf(name);
      const { accounts } = await statementOf(id, { from: today, to: today });
      const { totals } = await balanceOf(id);
      expect(accounts.map(({ closing }) => closing)).toEqual(
        totals.map(({ currency, paid }) => ({ currency, amount: paid })),
      );
    }
  });

  test("shows what bounced twice: when it was paid and when it came back", async () => {
    const { accounts } = await statementOf(await idOf("Dana"), { from: ago(60), to: ago(58) });
    expect(accounts).toHaveLength(1);
    expect(accounts[0]?.opening.amount).toBe(0);
    expect(accounts[0]?.closing.amount).toBe(0);
    expect(accounts[0]?.lines.map((line) => [line.amount, line.reversalKind, line.date])).toEqual([
      [800_000, null, ago(60)],
      [300_000, null, ago(60)],
      [-800_000, "bounced", ago(58)],
      [-300_000, "bounced", ago(58)],
    ]);
  });

  test("moves a payment whose date was corrected, and its figures with it", async () => {
    const aibek = await idOf("Aibek");
    const payment = await db().payment.findFirstOrThrow({
      where: { testerId: aibek, paidOn: new Date(ago(60)) },
    });
    await db().paymentCorrection.create({
      data: {
        paymentId: payment.id,
        reference: "8842",
        paidOn: new Date(ago(70)),
        reason: "Mistyped.",
        correctedById: await idOf("Nazira"),
      },
    });
    const [account] = (await statementOf(aibek, { from: ago(69), to: today })).accounts;
    expect(account?.opening.amount).toBe(Number(payment.amount));
    expect(account?.lines.map(({ id }) => id)).not.toContain(payment.id);
    const [corrected] = (await statementOf(aibek, { from: ago(70), to: ago(70) })).accounts;
    expect(corrected?.lines).toMatchObject([{ id: payment.id, reference: "8842" }]);
  });

  test("of somebody who was never paid has no account", async () => {
    const timur = await idOf("Timur");
    expect(await statementOf(timur, { from: ago(365), to: today })).toEqual({
      accounts: [],
      tooLong: null,
    });
  });

  test("is offered for each year with a payment, as its date was corrected", async () => {
    const dana = await idOf("Dana");
    const { accounts } = await statementOf(dana, { from: "2000-01-01", to: today });
    const years = accounts.flatMap(({ lines }) =>
      lines.map(({ date }) => Number(date.slice(0, 4))),
    );
    expect(await yearsPaid(dana)).toEqual([...new Set(years)].sort((a, b) => b - a));
    expect(await yearsPaid(await idOf("Nazira"))).toEqual([]);
  });

  test("names the payee as the bank knows them", async () => {
    expect(await payeeOf(await idOf("Dana"))).toEqual({
      name: "Dana",
      email: "dana@example.com",
      payeeName: "Дана С.",
      account: "KZ86125KZT5004100100",
    });
  });

  test("too long to print has its sums and none of its lines", async () => {
    const timur = await idOf("Timur");
    await insertBarePayments(timur, 2_001);
    const { accounts, tooLong } = await statementOf(timur, { from: ago(365), to: today });
    expect(tooLong).toEqual({ most: 2_000 });
    expect(accounts).toMatchObject([{ closing: { amount: 2_001 * 100 }, lines: [] }]);
  });
});
