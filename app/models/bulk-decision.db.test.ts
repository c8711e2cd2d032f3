import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import type { ApproveRow } from "~/domain/bulk-decision";
import { MAX_CHOICES } from "~/domain/choice";
import type { PayoutRates } from "~/domain/rates";
import { Refusal, type RefusalReason } from "~/domain/refusal";
import {
  buildAdmin,
  buildCycle,
  buildIssue,
  buildPreparedBatch,
  buildTester,
} from "../../prisma/builders";
import { type BulkDecision, decideMany } from "./bulk-decision.server";
import { approveIssue, rejectIssue } from "./decision.server";
import { leaveMoneySound } from "./doctor.fixture";
import { changeIssueStatus } from "./issue-status-change.server";

useTestDatabase();
leaveMoneySound();

type Id = { id: number };
const HIGH = { currency: "KZT", amount: 800_000 } as const;
let nazira: Id, sanzhar: Id, tester: Id, cycle: Id, ids: readonly [number, number, number];

beforeAll(async () => {
  [nazira, sanzhar] = [await buildAdmin({ name: "Nazira" }), await buildAdmin({ name: "Sanzhar" })];
  tester = await buildTester({ name: "Aibek" });
});

beforeEach(async () => {
  cycle = await buildCycle({ testers: [tester, nazira] });
  const file = async () => (await buildIssue({ tester, cycle, severity: "high" })).id;
  ids = [await file(), await file(), await file()];
});

const by = ({ id }: Id) => ({ actorId: id, at: new Date() });
const row = (issueId: number, more: Partial<ApproveRow> = {}): ApproveRow => ({
  ...{ issueId, version: 1, expected: HIGH },
  ...more,
});
const approval = (rows: readonly ApproveRow[], more: object = {}) =>
  ({ intent: "approve", mode: "all", rows, ...more }) as const;
const rejection = (more: object = {}) => ({
  ...({ intent: "reject", mode: "all", reason: "wont_fix" } as const),
  rows: ids.map((issueId) => ({ issueId, version: 1 })),
  ...more,
});
const rates = (payout_rates: PayoutRates) =>
  db().testCycle.update({ where: { id: cycle.id }, data: { metadata: { payout_rates } } });

const standing = () =>
  db().issue.findMany({
    where: { cycleId: cycle.id },
    orderBy: { id: "asc" },
    include: { events: { orderBy: { version: "asc" } } },
  });
const bulks = () => db().bulkDecision.count();

async function refusal(decision: BulkDecision, who = nazira): Promise<RefusalReason> {
  const before = [await standing(), await bulks()];
  const error: unknown = await decideMany(decision, by(who)).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(Refusal);
  expect([await standing(), await bulks()]).toEqual(before);
  return (error as Refusal).reason;
}

describe("approving selected issues", () => {
  test("at the suggestion, one with another amount: one event each, one record", async () => {
    const rows = [row(ids[0]), row(ids[1], { amount: 950_050 }), row(ids[2])];
    const done = await decideMany(approval(rows, { note: "Friday" }), by(nazira));
    expect(done).toMatchObject({ replayed: false, count: 3 });
    expect(done.totals).toEqual([{ currency: "KZT", amount: 2_550_050 }]);
    expect(
      done.outcomes.map(({ issueId, outcome, version }) => [issueId, outcome, version]),
    ).toEqual(ids.map((id) => [id, "decided", 2]));
    const issues = await standing();
    expect(issues.map((issue) => issue.approvedAmount)).toEqual([800_000n, 950_050n, 800_000n]);
    for (const { events, ...issue } of issues) {
      expect(issue).toMatchObject({ status: "triaged", payoutStatus: "approved", version: 2 });
      expect(issue).toMatchObject({ approvedCurrency: "KZT", approvedById: nazira.id });
      expect(events.map((event) => event.kind)).toEqual(["filed", "approved"]);
      expect(events[1]).toMatchObject({ bulkId: done.bulkId, note: "Friday", actorId: nazira.id });
    }
    expect(await db().bulkDecision.findUnique({ where: { id: done.bulkId ?? 0 } })).toMatchObject({
      ...{ intent: "approve", count: 3, totals: { KZT: 2_550_050 }, adminId: nazira.id },
    });
  });

  test("keeps another status than open", async () => {
    const issue = await buildIssue({ tester, cycle, severity: "low" });
    await changeIssueStatus({ issueId: issue.id, version: 1, to: "fixed" }, by(nazira));
    const low = { currency: "KZT", amount: 100_000 } as const;
    await decideMany(approval([row(issue.id, { version: 2, expected: low })]), by(nazira));
    const now = await db().issue.findUniqueOrThrow({ where: { id: issue.id } });
    expect(now).toMatchObject({ status: "fixed", payoutStatus: "approved", version: 3 });
  });

  test("without a rate: stays out, unless an amount is typed", async () => {
    await rates({ currency: "USD" });
    const bare = { expected: null, currency: "USD" } as const;
    const rows = [row(ids[0], bare), row(ids[1], { ...bare, amount: 5_000 })];
    expect(await refusal(approval(rows))).toMatchObject({
      code: "decisions_changed",
      changes: [{ issueId: ids[0], outcome: "no_suggestion", actual: null }],
      valid: [ids[1]],
    });
    const done = await decideMany(approval(rows, { mode: "each" }), by(nazira));
    expect(done.totals).toEqual([{ currency: "USD", amount: 5_000 }]);
    expect(done.outcomes.map((one) => one.outcome)).toEqual(["no_suggestion", "decided"]);
  });
});

describe("refused as a whole, with what is still valid", () => {
  const rows = () => ids.map((id) => row(id));

  test("somebody decided one meanwhile: who, and how it stands now", async () => {
    await rejectIssue({ issueId: ids[1], reason: "duplicate" }, by(sanzhar));
    expect(await refusal(approval(rows()))).toMatchObject({
      code: "decisions_changed",
      changes: [
        {
          issueId: ids[1],
          outcome: "decided_before",
          by: "Sanzhar",
          payoutStatus: "rejected",
          expected: HIGH,
        },
      ],
      valid: [ids[0], ids[2]],
    });
  });

  test("approved and in a prepared batch: which one", async () => {
    await approveIssue({ issueId: ids[0] }, by(sanzhar));
    const { batchId } = await buildPreparedBatch({ admin: nazira, issueIds: [ids[0]] });
    const frozen = { changes: [{ issueId: ids[0], outcome: "in_batch", batchId }] };
    expect(await refusal(approval(rows()))).toMatchObject(frozen);
    expect(await refusal(rejection())).toMatchObject({ ...frozen, valid: [ids[1], ids[2]] });
  });

  test("a rate changed: what was shown and what is now", async () => {
    await rates({ high: 900_000 });
    expect(await refusal(approval(rows()))).toMatchObject({
      changes: ids.map((issueId) => ({
        ...{ issueId, outcome: "suggestion_changed", expected: HIGH },
        actual: { currency: "KZT", amount: 900_000 },
      })),
      valid: [],
    });
  });

  test("the currency changed, the number did not, also beside a typed amount", async () => {
    await rates({ critical: 1, high: 800_000, medium: 1, low: 1, currency: "USD" });
    const changed = { outcome: "suggestion_changed", actual: { currency: "USD", amount: 800_000 } };
    const typed = [row(ids[0]), row(ids[1], { amount: 1_000 })];
    expect(await refusal(approval(typed))).toMatchObject({ changes: [changed, changed] });
  });

  test("edited meanwhile: another version", async () => {
    const old = [row(ids[0], { version: 7 }), row(ids[1])];
    expect(await refusal(approval(old))).toMatchObject({
      changes: [{ issueId: ids[0], outcome: "stale", by: "Aibek" }],
      valid: [ids[1]],
    });
  });

  test("a draft and a number that nobody has are both unknown", async () => {
    const draft = await buildIssue({ tester, cycle, severity: "high", draft: true });
    const unknown = [row(draft.id), row(2_147_483_647)];
    expect(await refusal(approval(unknown))).toMatchObject({
      changes: [{ outcome: "unknown" }, { outcome: "unknown", title: null }],
    });
  });

  test("amounts that no form lets through", async () => {
    for (const amount of [0, -1, 1.5, 1_000_000_001, NaN]) {
      expect(await refusal(approval([row(ids[0], { amount })]))).toMatchObject({
        changes: [{ outcome: "amount" }],
      });
    }
  });

  test("one's own issue", async () => {
    const own = await buildIssue({ tester: nazira, cycle, severity: "high" });
    expect(await refusal(approval([...rows(), row(own.id)]))).toEqual({
      code: "own_issue",
      issueIds: [own.id],
    });
  });

  test("nothing chosen, too many, one twice", async () => {
    const code = "choice_invalid";
    expect(await refusal(approval([]))).toEqual({ code, problem: "none" });
    expect(await refusal(approval([row(ids[0]), row(ids[0])]))).toEqual({
      ...{ code, problem: "duplicate" },
    });
    const many = Array.from({ length: MAX_CHOICES + 1 }, (_, n) => row(n + 1));
    expect(await refusal(approval(many))).toEqual({ code, problem: "too_many" });
  });
});

describe("rejecting selected issues", () => {
  test("closes the open ones with the reason and tells the note", async () => {
    const done = await decideMany(rejection({ note: "Works as meant" }), by(nazira));
    expect(done).toMatchObject({ count: 3, totals: [] });
    for (const { events, ...issue } of await standing()) {
      expect(issue).toMatchObject({ status: "wont_fix", payoutStatus: "rejected", version: 2 });
      expect(events[1]).toMatchObject({ reason: "wont_fix", note: "Works as meant", amount: null });
    }
  });

  test("as repetitions of one: that one itself stays out", async () => {
    const original = ids[2];
    const duplicates = { reason: "duplicate", duplicateOf: original, mode: "each" };
    const done = await decideMany(rejection(duplicates), by(nazira));
    expect(done.outcomes.map((one) => one.outcome)).toEqual(["decided", "decided", "is_original"]);
    const [first, , last] = await standing();
    expect(first?.events[1]).toMatchObject({
      reason: "duplicate",
      detail: { duplicateOf: original },
    });
    expect(last?.version).toBe(1);
    expect(await refusal(rejection({ duplicateOf: 2_147_483_647 }))).toEqual({ code: "not_found" });
  });
});

describe("deciding each that can be", () => {
  test("says of the others why not, and by whom", async () => {
    await approveIssue({ issueId: ids[0] }, by(sanzhar));
    const own = await buildIssue({ tester: nazira, cycle, severity: "high" });
    const rows = [row(ids[0]), row(ids[1]), row(own.id)];
    const done = await decideMany(approval(rows, { mode: "each" }), by(nazira));
    expect(done).toMatchObject({
      count: 1,
      outcomes: [
        { outcome: "decided_before", by: "Sanzhar", payoutStatus: "approved", version: 2 },
        { outcome: "decided", by: null },
        { outcome: "own_issue" },
      ],
    });
  });

  test("leaves no trace when there is nothing left", async () => {
    await rejectIssue({ issueId: ids[0], reason: "duplicate" }, by(sanzhar));
    const before = await bulks();
    const one = approval([row(ids[0])], { mode: "each", key: randomUUID() });
    expect(await decideMany(one, by(nazira))).toMatchObject({ bulkId: null, count: 0 });
    expect(await bulks()).toBe(before);
  });
});

describe("the one-time key", () => {
  test("the same post again finds its own work, and does nothing", async () => {
    const post = approval([row(ids[1]), row(ids[0])], { key: randomUUID() });
    const first = await decideMany(post, by(nazira));
    const before = await standing();
    const again = await decideMany({ ...post, rows: [...post.rows].reverse() }, by(nazira));
    expect(again).toMatchObject({ bulkId: first.bulkId, replayed: true, count: 2 });
    expect(again.totals).toEqual(first.totals);
    expect(again.outcomes.map((one) => one.outcome)).toEqual(["decided", "decided"]);
    expect(await standing()).toEqual(before);
  });

  test("with other content is refused", async () => {
    const key = randomUUID();
    await decideMany(approval([row(ids[0])], { key }), by(nazira));
    const others = [
      approval([row(ids[0]), row(ids[1])], { key }),
      approval([row(ids[0], { amount: 1 })], { key }),
      approval([row(ids[0])], { key, note: "x" }),
      approval([row(ids[1])], { key }),
      rejection({ key }),
    ];
    for (const other of others) expect(await refusal(other)).toEqual({ code: "key_reused" });
  });

  test("is each admin's own, and stays free after a refusal", async () => {
    const key = randomUUID();
    expect(await refusal(approval([row(ids[0], { version: 9 })], { key }))).toBeTruthy();
    await decideMany(approval([row(ids[0])], { key }), by(nazira));
    expect(await decideMany(approval([row(ids[1])], { key }), by(sanzhar))).toMatchObject({
      replayed: false,
    });
  });
});
