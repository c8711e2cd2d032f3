/** Each figure of the dashboard is the total of the list that it leads to, and of plain SQL (issue 3). */
import { beforeAll, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import type { Currency, Money } from "~/domain/money";
import { sumByCurrency } from "~/domain/money";
import { NO_FILTER } from "~/filters/issue-filter";
import { NO_PAYMENT_FILTER } from "~/filters/payment-filter";
import { WHOLE_REVIEW } from "~/filters/review-filter";
import { BUILDER_ZONE, buildPreparedBatch } from "../../prisma/builders";
import { seedIfEmpty } from "../../prisma/seed";
import { sumOfIssues } from "./issue-sums.server";
import { payQueue } from "./pay-queue.server";
import { ledgerSum } from "./payment-ledger.server";
import { type PayoutsPage, payoutsPage } from "./payouts-page.server";
import { reviewTotals } from "./review.server";
import { voidPayment } from "./reversal.server";
import { voidsAndReversals } from "./voided-money.server";

useTestDatabase();

const NOW = new Date();
let admin: { id: number };
let page: PayoutsPage;

// The demo people; one payment voided and its money kept, one issue held by a prepared batch.
beforeAll(async () => {
  await seedIfEmpty(NOW);
  admin = await db().user.findFirstOrThrow({ where: { name: "Nazira" }, select: { id: true } });
  const act = { actorId: admin.id, at: NOW };
  const paid = await db().issue.findFirstOrThrow({ where: { payoutStatus: "paid" } });
  const on = NOW.toISOString().slice(0, 10);
  await voidPayment({ issueId: paid.id, money: "kept", reason: "Goodwill", on }, act);
  const approved = await db().issue.findFirstOrThrow({ where: { payoutStatus: "approved" } });
  await buildPreparedBatch({ admin, issueIds: [approved.id] });
  page = await payoutsPage([], { id: admin.id, zone: BUILDER_ZONE }, NOW);
});

const reader = () => ({ id: admin.id, role: "admin", zone: BUILDER_ZONE }) as const;

type Sum = { currency: Currency; amount: bigint };
const moneyOf = (rows: readonly Sum[]): Money[] =>
  rows.map(({ currency, amount }) => ({ currency, amount: Number(amount) }));
const plain = (list: readonly Money[]): Money[] =>
  list.map(({ currency, amount }) => ({ currency, amount }));

test("committed is the sum of the approved issues, those in a prepared batch among them", async () => {
  const figure = plain(page.totals.approvedUnpaid);
  const list = await sumOfIssues({
    filter: { ...NO_FILTER, payoutStatus: "approved" },
    reader: reader(),
  });
  expect(list?.money).toEqual(figure);
  expect(figure).toEqual(
    moneyOf(
      await db().$queryRaw<Sum[]>`
        SELECT approved_currency AS currency, sum(approved_amount)::bigint AS amount
          FROM issues WHERE payout_status = 'approved' GROUP BY 1 ORDER BY 1`,
    ),
  );
  // What the queue shows and what a batch holds are the two halves of it.
  const queued = (await payQueue()).map(({ currency, total }) => ({ currency, amount: total }));
  const held = page.prepared.flatMap(({ totals }) => totals);
  expect(sumByCurrency([...queued, ...held])).toEqual(figure);
});

test("paid is the sum of the ledger, money that was kept counted and reversals taken off", async () => {
  const figure = plain(page.totals.paidLifetime);
  expect((await ledgerSum(NO_PAYMENT_FILTER)).money).toEqual(figure);
  expect(figure).toEqual(
    moneyOf(
      await db().$queryRaw<Sum[]>`
        SELECT currency, sum(amount)::bigint AS amount FROM issue_payouts GROUP BY 1 ORDER BY 1`,
    ),
  );
});

test("the top tester's figure is the sum of their ledger in that currency", async () => {
  expect(page.totals.topTester.map(({ currency }) => currency)).toEqual(["KZT", "USD"]);
  for (const { testerId, currency, amount } of page.totals.topTester) {
    const { money } = await ledgerSum({ ...NO_PAYMENT_FILTER, testerId });
    expect(money.find((entry) => entry.currency === currency)).toEqual({ currency, amount });
    const [most] = await db().$queryRaw<[{ tester_id: number; amount: bigint }]>`
      SELECT tester_id, sum(amount)::bigint AS amount FROM issue_payouts WHERE currency = ${currency}::currency
        GROUP BY 1 ORDER BY 2 DESC LIMIT 1`;
    expect(most).toEqual({ tester_id: testerId, amount: BigInt(amount) });
  }
});

test("pending review counts the issues of that page, and the issue list suggests as much", async () => {
  const figure = page.totals.pendingReview;
  const totals = await reviewTotals(WHOLE_REVIEW, NOW, reader());
  expect(totals.found).toBe(figure);
  const [row] = await db().$queryRaw<[{ count: bigint }]>`
    SELECT count(*) FROM issues WHERE payout_status = 'pending' AND status <> 'draft'`;
  expect(BigInt(figure)).toBe(row.count);
});

test("voided is the sum of the list of voids and reversals", async () => {
  const list = await voidsAndReversals(null, 1_000);
  expect(list.length).toBe(page.voided.count);
  expect(sumByCurrency(list)).toEqual(page.voided.money);
  expect(page.voided.money).toEqual(
    moneyOf(
      await db().$queryRaw<Sum[]>`
        SELECT currency, sum(amount)::bigint AS amount FROM issue_events
          WHERE kind IN ('voided', 'reversed') GROUP BY 1 ORDER BY 1`,
    ),
  );
});
