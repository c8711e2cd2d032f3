import { beforeAll, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { addDays, dateInZone } from "~/domain/team-date";
import type { LedgerPlace } from "~/filters/ledger-place";
import { NO_PAYMENT_FILTER, type PaymentFilter } from "~/filters/payment-filter";
import { BUILDER_ZONE } from "../../prisma/builders";
import { seedIfEmpty } from "../../prisma/seed";
import { exportAllPayments } from "./payment-export.server";
import { ledger, ledgerSum } from "./payment-ledger.server";
import { correctTransfer } from "./payment-correction.server";

useTestDatabase();

const NOW = new Date();
const today = dateInZone(NOW, BUILDER_ZONE);
let dana: number;
let aibek: number;

// The demo people, and Dana's last transfer corrected to another reference and a date before all others.
beforeAll(async () => {
  await seedIfEmpty(NOW);
  [aibek, dana] = [await idOf("Aibek"), await idOf("Dana")];
  const admin = await db().user.findFirstOrThrow({ where: { name: "Nazira" } });
  const last = await db().payment.findFirstOrThrow({
    where: { testerId: dana, kind: null, reversedAmount: null },
    orderBy: { id: "desc" },
  });
  await correctTransfer(
    {
      ...{ transferId: last.transferId, shown: 0, reference: "mended" },
      ...{ paidOn: addDays(today, -80), reason: "Entered late" },
    },
    { actorId: admin.id, at: NOW },
  );
});

async function idOf(name: string): Promise<number> {
  return (await db().user.findFirstOrThrow({ where: { name } })).id;
}

const FILTERS: readonly [string, () => PaymentFilter][] = [
  ["everything", () => NO_PAYMENT_FILTER],
  ["one tester", () => ({ ...NO_PAYMENT_FILTER, testerId: dana })],
  ["somebody who was never paid", () => ({ ...NO_PAYMENT_FILTER, testerId: 1 })],
  [
    "a period",
    () => ({ ...NO_PAYMENT_FILTER, from: addDays(today, -45), to: addDays(today, -30) }),
  ],
  [
    "the days before any payment was made",
    () => ({ ...NO_PAYMENT_FILTER, to: addDays(today, -70) }),
  ],
  ["a tester since a day", () => ({ from: addDays(today, -50), to: null, testerId: aibek })],
];

/** Every page from the first, by its own places. */
async function walk(filter: PaymentFilter, size: number) {
  const all = [];
  let before: LedgerPlace | null = null;
  for (;;) {
    const page = await ledger(filter, before, size);
    all.push(...page);
    const last = page.at(-1);
    if (page.length < size || !last) return all;
    before = last;
  }
}

/** The accountant's CSV, row by row. */
async function exported({ from, to, testerId }: PaymentFilter) {
  const source = await exportAllPayments({
    ...{ from: from ?? undefined, to: to ?? undefined, testerId: testerId ?? undefined },
  });
  const rows = [];
  for (let more = await source.next(); more.length > 0; more = await source.next())
    rows.push(...more);
  await source.close();
  return rows;
}

describe.each(FILTERS)("filtered by %s", (_, filterOf) => {
  test("it is the accountant's file, newest first", async () => {
    const listed = (await walk(filterOf(), 7)).reverse();
    const file = await exported(filterOf());
    expect(
      listed.map((entry) => ({
        date: entry.paidOn,
        ...{ cycleName: entry.cycleName, issueTitle: entry.issueTitle, amount: entry.amount },
        ...{ currency: entry.currency, method: entry.method, reference: entry.reference },
        ...{ testerName: entry.tester.name, batchId: entry.batchId },
      })),
    ).toEqual(
      file.map(({ severity: _severity, testerEmail: _email, ...row }) => ({
        ...row,
        amount: Number(row.amount),
      })),
    );
  });

  test("its sums are those of its rows, never of two currencies", async () => {
    const rows = await walk(filterOf(), 100);
    const { money, count } = await ledgerSum(filterOf());
    expect(count).toBe(rows.length);
    const currencies = [...new Set(rows.map(({ currency }) => currency))].sort();
    expect(money).toEqual(
      currencies.map((currency) => ({
        currency,
        amount: rows
          .filter((row) => row.currency === currency)
          .reduce((sum, row) => sum + row.amount, 0),
      })),
    );
  });
});

test("a corrected payment stands where it was corrected to, a reversal tells why", async () => {
  const rows = await walk({ ...NO_PAYMENT_FILTER, testerId: dana }, 100);
  expect(rows.at(-1)).toMatchObject({ reference: "mended", paidOn: addDays(today, -80) });
  expect(rows.find(({ kind }) => kind === "bounced")).toMatchObject({
    reason: expect.stringContaining("account was closed") as string,
  });
});
