import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import type { PayoutRates } from "~/domain/rates";
import { buildAdmin, buildIssue, buildTester } from "../../prisma/builders";
import {
  approval,
  buildThree,
  bulks,
  by,
  changeRates,
  type Id,
  refusalIn,
  rejectionOf,
  row,
  standingOf,
  type Three,
} from "./bulk-decision.fixture";
import { type BulkDecision, decideMany } from "./bulk-decision.server";
import { approveIssue, rejectIssue } from "./decision.server";
import { leaveMoneySound } from "./doctor.fixture";
import { changeIssueStatus } from "./issue-status-change.server";

useTestDatabase();
leaveMoneySound();

let nazira: Id, sanzhar: Id, tester: Id, cycle: Id, ids: Three;

beforeAll(async () => {
  [nazira, sanzhar] = [await buildAdmin({ name: "Nazira" }), await buildAdmin({ name: "Sanzhar" })];
  tester = await buildTester({ name: "Aibek" });
});

beforeEach(async () => {
  ({ cycle, ids } = await buildThree(tester, nazira));
});

const rejection = (more: object = {}) => rejectionOf(ids, more);
const rates = (payout_rates: PayoutRates) => changeRates(cycle, payout_rates);
const standing = () => standingOf(cycle);
const refusal = (decision: BulkDecision) => refusalIn(cycle, decision, nazira);

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
