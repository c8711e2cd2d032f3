import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import type { PayoutRates } from "~/domain/rates";
import { Refusal, type RefusalReason } from "~/domain/refusal";
import type { Severity } from "~/domain/severity";
import { type ReviewFilter, WHOLE_REVIEW } from "~/filters/review-filter";
import {
  buildAdmin,
  buildCycle,
  buildIssue,
  BUILDER_ZONE,
  buildTester,
} from "../../prisma/builders";
import { approveAllMatching } from "./bulk-decision.server";
import { approveIssue, rejectIssue } from "./decision.server";
import { changeIssueStatus } from "./issue-status-change.server";
import { reviewPage, reviewTotals } from "./review.server";

useTestDatabase();

type Id = { id: number };
let nazira: Id, sanzhar: Id, tester: Id, cycle: Id, filter: ReviewFilter;

beforeAll(async () => {
  [nazira, sanzhar] = [await buildAdmin({ name: "Nazira" }), await buildAdmin({ name: "Sanzhar" })];
  tester = await buildTester({ name: "Aibek" });
});

beforeEach(async () => {
  cycle = await buildCycle({ testers: [tester, nazira] });
  filter = { ...WHOLE_REVIEW, cycle: cycle.id };
});

const by = ({ id }: Id) => ({ actorId: id, at: new Date() });
const file = async (severity: Severity, who = tester) =>
  (await buildIssue({ tester: who, cycle, severity })).id;
const rates = (payout_rates: PayoutRates) =>
  db().testCycle.update({ where: { id: cycle.id }, data: { metadata: { payout_rates } } });
const standing = () =>
  db().issue.findMany({
    where: { cycleId: cycle.id },
    orderBy: { id: "asc" },
    select: { id: true, payoutStatus: true, approvedAmount: true, version: true },
  });

/** What the page shows now, ready to be posted. */
async function shown(more: Partial<ReviewFilter> = {}, who = nazira) {
  const asOf = new Date();
  const narrowed = { ...filter, ...more };
  const totals = await reviewTotals(narrowed, asOf, { id: who.id, zone: BUILDER_ZONE });
  const { count, totals: money } = totals;
  const expected = { count, totals: money };
  return {
    totals,
    post: { filter: narrowed, zone: BUILDER_ZONE, asOf, expected, key: randomUUID() },
  };
}

async function refusal(post: Parameters<typeof approveAllMatching>[0]): Promise<RefusalReason> {
  const before = await standing();
  const error: unknown = await approveAllMatching(post, by(nazira)).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(Refusal);
  expect(await standing()).toEqual(before);
  return (error as Refusal).reason;
}

describe("everything that matches is approved at its suggestion", () => {
  test("but one's own issues and those without a suggestion, which are counted apart", async () => {
    await rates({ currency: "USD", high: 5_000 });
    const high = await file("high");
    const fixed = await file("high");
    await changeIssueStatus({ issueId: fixed, version: 1, to: "fixed" }, by(nazira));
    const [low, own] = [await file("low"), await file("high", nazira)];
    const { totals, post } = await shown();
    expect(totals).toMatchObject({
      ...{ found: 4, count: 2, own: 1, totals: [{ currency: "USD", amount: 10_000 }] },
      unpriced: [{ severity: "low", count: 1, cycle: { id: cycle.id } }],
    });
    const done = await approveAllMatching(post, by(nazira));
    expect(done).toMatchObject({ count: 2, replayed: false, totals: post.expected.totals });
    expect((await standing()).map((issue) => [issue.id, issue.payoutStatus])).toEqual([
      [high, "approved"],
      [fixed, "approved"],
      [low, "pending"],
      [own, "pending"],
    ]);
    const record = await db().bulkDecision.findUniqueOrThrow({ where: { id: done.bulkId } });
    expect(record).toMatchObject({ intent: "approve_matching", count: 2, totals: { USD: 10_000 } });
    expect(record.detail).toMatchObject({ filter: { cycle: cycle.id }, note: null });
  });

  test("what the filter leaves out stays: severity, status, tester, text", async () => {
    const [high, low] = [await file("high"), await file("low")];
    const dana = await buildTester({ name: "Dana" });
    const narrow: [Partial<ReviewFilter>, number[]][] = [
      [{ severity: "high" }, [high]],
      [{ status: "triaged" }, []],
      [{ tester: dana.id }, []],
      [{ q: `#${low}` }, [low]],
    ];
    for (const [more, ids] of narrow) {
      const page = await reviewPage({ ...filter, ...more }, null, {
        ...nazira,
        zone: BUILDER_ZONE,
      });
      expect(page.issues.map((issue) => issue.id)).toEqual(ids);
      expect((await shown(more)).totals.count).toBe(ids.length);
    }
    await approveAllMatching((await shown({ severity: "high" })).post, by(nazira));
    expect((await standing()).map((issue) => issue.payoutStatus)).toEqual(["approved", "pending"]);
  });

  test("what is filed after the page was made stays out", async () => {
    await file("high");
    const { post } = await shown();
    await buildIssue({ tester, cycle, severity: "low", at: new Date(post.asOf.getTime() + 1) });
    expect(await approveAllMatching(post, by(nazira))).toMatchObject({ count: 1 });
    expect((await standing()).map((issue) => issue.payoutStatus)).toEqual(["approved", "pending"]);
  });
});

describe("refused with the new figures, nothing approved", () => {
  test("when somebody decided one of them", async () => {
    const [high] = [await file("high"), await file("low")];
    const { post } = await shown();
    await rejectIssue({ issueId: high, reason: "duplicate" }, by(sanzhar));
    expect(await refusal(post)).toEqual({
      code: "matching_changed",
      expected: { count: 2, totals: [{ currency: "KZT", amount: 900_000 }] },
      actual: { count: 1, totals: [{ currency: "KZT", amount: 100_000 }] },
    });
  });

  test("when a rate or the currency changed, also to the same number", async () => {
    await file("high");
    const { post } = await shown();
    await rates({ high: 900_000 });
    expect(await refusal(post)).toMatchObject({ actual: { totals: [{ amount: 900_000 }] } });
    await rates({ critical: 1, high: 800_000, medium: 1, low: 1, currency: "USD" });
    expect(await refusal(post)).toMatchObject({
      actual: { count: 1, totals: [{ currency: "USD", amount: 800_000 }] },
    });
  });

  test("when there is nothing to approve", async () => {
    expect(await refusal((await shown()).post)).toEqual({
      code: "choice_invalid",
      problem: "none",
    });
  });
});

describe("the one-time key", () => {
  test("the same post again, also later, is answered as before and does nothing", async () => {
    await file("high");
    const { post } = await shown();
    const first = await approveAllMatching(post, by(nazira));
    const before = await standing();
    await file("high");
    expect(await approveAllMatching(post, by(nazira))).toEqual({ ...first, replayed: true });
    expect((await standing()).slice(0, 1)).toEqual(before);
  });

  test("with another filter, time, count or total is refused", async () => {
    const id = await file("high");
    const { post } = await shown();
    await approveAllMatching(post, by(nazira));
    const { expected, asOf } = post;
    const totals = [{ currency: "KZT" as const, amount: 1 }];
    for (const other of [
      { ...post, filter: { ...post.filter, severity: "high" as const } },
      { ...post, asOf: new Date(asOf.getTime() + 1) },
      { ...post, expected: { ...expected, count: 2 } },
      { ...post, expected: { ...expected, totals } },
    ]) {
      expect(await refusal(other)).toEqual({ code: "key_reused" });
    }
    expect((await standing()).map((issue) => issue.id)).toEqual([id]);
  });

  test("a refused post leaves it free", async () => {
    const [high] = [await file("high"), await file("low")];
    const { post } = await shown();
    await approveIssue({ issueId: high }, by(sanzhar));
    expect(await refusal(post)).toMatchObject({ code: "matching_changed" });
    const { post: mended } = await shown();
    const done = await approveAllMatching({ ...mended, key: post.key }, by(nazira));
    expect(done).toMatchObject({ count: 1, replayed: false });
  });
});

test("the list pages by keyset in both directions", async () => {
  const ids: number[] = [];
  for (let n = 0; n < 5; n++) ids.unshift(await file("low"));
  const reader = { ...nazira, zone: BUILDER_ZONE };
  const first = await reviewPage(filter, null, reader, 2);
  expect(first.issues.map((issue) => issue.id)).toEqual(ids.slice(0, 2));
  expect(first.newer).toBeNull();
  const place = first.older ?? { filedAt: null, id: 0 };
  const second = await reviewPage(filter, { direction: "older", place }, reader, 2);
  expect(second.issues.map((issue) => issue.id)).toEqual(ids.slice(2, 4));
  const back = second.newer ?? { filedAt: null, id: 0 };
  const again = await reviewPage(filter, { direction: "newer", place: back }, reader, 2);
  expect(again).toEqual(first);
});
