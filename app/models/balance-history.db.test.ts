import { beforeAll, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { addDays, dateInZone, type IsoDate } from "~/domain/team-date";
import {
  BUILDER_ZONE,
  buildAdmin,
  buildCycle,
  buildIssue,
  buildPaidBatch,
  buildTester,
} from "../../prisma/builders";
import { balanceHistory, HISTORY_PAGE, type HistoryLine } from "./balance-history.server";
import {
  approveIssue,
  changeAmount,
  rejectIssue,
  undoDecision,
  voidApproved,
} from "./decision.server";
import { changeIssueStatus } from "./issue-status-change.server";
import { reversePayment, voidPayment } from "./reversal.server";

useTestDatabase();

type Id = { id: number };
let admin: Id, tester: Id, cycle: Id;

const DAY = 24 * 60 * 60 * 1_000;
const NOW = new Date();
const today = dateInZone(NOW, BUILDER_ZONE);
/** Noon-ish of so many days ago: the story below is told by its days. */
const ago = (days: number) => new Date(NOW.getTime() - days * DAY);
const on = (days: number): IsoDate => addDays(today, -days);
const act = (days: number) => ({ actorId: admin.id, at: ago(days) });

beforeAll(async () => {
  admin = await buildAdmin({ name: "Nazira" });
  tester = await buildTester({ name: "Dana" });
  cycle = await buildCycle({ testers: [tester] });
});

async function filed(days = 20): Promise<Id> {
  return buildIssue({ tester, cycle, severity: "high", at: ago(days) });
}

async function approved(): Promise<Id> {
  const issue = await filed();
  await approveIssue({ issueId: issue.id }, act(15));
  return issue;
}

async function paid(): Promise<Id> {
  const issue = await approved();
  await buildPaidBatch({ admin, issueIds: [issue.id], reference: "8841", at: ago(10) });
  return issue;
}

async function lineOf({ id }: Id): Promise<HistoryLine> {
  const { lines } = await balanceHistory(tester.id);
  const line = lines.find((candidate) => candidate.id === id);
  if (!line) throw new Error(`issue ${id} is not in the history`);
  return line;
}

const HIGH = { currency: "KZT", amount: 800_000 } as const;
const PAID = { paidOn: on(10), method: "kaspi", reference: "8841" } as const;

describe("a line says where its money stands, and since when", () => {
  test("awaiting a decision since it was filed, with what the rates suggest", async () => {
    const line = await lineOf(await filed());
    expect(line).toMatchObject({ amount: HIGH, paidOn: null, method: null, status: "open" });
    expect(line.standing).toEqual({ kind: "awaiting", since: line.filedAt });
  });

  test("awaiting again since its rejection was taken back", async () => {
    const issue = await filed();
    const decided = await rejectIssue({ issueId: issue.id, reason: "duplicate" }, act(9));
    await undoDecision({ issueId: issue.id, version: decided.version }, act(8));
    const { standing } = await lineOf(issue);
    expect(standing).toEqual({ kind: "awaiting", since: expect.any(Date) as Date });
    expect("since" in standing && standing.since > ago(8.5)).toBe(true);
  });

  test("approved, and still since then after its amount was changed", async () => {
    const issue = await approved();
    await changeAmount({ issueId: issue.id, amount: 900_000, note: "A hard one." }, act(5));
    const { amount, standing } = await lineOf(issue);
    expect(amount).toEqual({ currency: "KZT", amount: 900_000 });
    expect("since" in standing && standing.since < ago(14)).toBe(true);
  });

  test("rejected, with reason and note and no amount", async () => {
    const issue = await filed();
    const note = "Which phone was it?";
    await rejectIssue({ issueId: issue.id, reason: "cant_reproduce", note }, act(9));
    const line = await lineOf(issue);
    expect(line.amount).toBeNull();
    expect(line.standing).toMatchObject({ kind: "rejected", reason: "cant_reproduce", note });
  });

  test("paid, with date, method and reference", async () => {
    const line = await lineOf(await paid());
    expect(line).toMatchObject({ amount: HIGH, paidOn: on(10), method: "kaspi" });
    expect(line.standing).toEqual({ kind: "paid", closedAs: null, ...PAID });
  });

  test("paid, and closed as a duplicate since", async () => {
    const issue = await paid();
    await changeIssueStatus({ issueId: issue.id, to: "duplicate" }, act(2));
    expect((await lineOf(issue)).standing).toEqual({
      kind: "paid",
      closedAs: "duplicate",
      ...PAID,
    });
  });

  test("paid as the latest correction says", async () => {
    const issue = await paid();
    const payment = await db().payment.findFirstOrThrow({ where: { issueId: issue.id } });
    for (const [reference, days] of [
      ["1488", 12],
      ["8814", 11],
    ] as const) {
      const paidOn = new Date(on(days));
      const correction = { paymentId: payment.id, reference, paidOn, reason: "Mistyped." };
      await db().paymentCorrection.create({ data: { ...correction, correctedById: admin.id } });
    }
    const line = await lineOf(issue);
    expect(line.paidOn).toBe(on(11));
    expect(line.standing).toMatchObject({ kind: "paid", paidOn: on(11), reference: "8814" });
  });

  test("bounced, and payable again", async () => {
    const issue = await paid();
    await reversePayment(reversal(issue, "bounced"), act(7));
    const line = await lineOf(issue);
    expect(line).toMatchObject({ amount: HIGH, paidOn: null, method: null });
    expect(line.standing).toEqual({
      kind: "reversed",
      reversalKind: "bounced",
      paidOn: on(10),
      reversedOn: on(7),
    });
  });

  test("bounced, then paid again", async () => {
    const issue = await paid();
    await reversePayment(reversal(issue, "never_sent"), act(7));
    await buildPaidBatch({ admin, issueIds: [issue.id], method: "cash", reference: null });
    expect((await lineOf(issue)).standing).toEqual({
      kind: "paid",
      closedAs: null,
      paidOn: today,
      method: "cash",
      reference: null,
    });
  });

  test("void before any money moved, void after it came back, void with the money kept", async () => {
    const [early, returned, kept] = [await approved(), await paid(), await paid()];
    await voidApproved({ issueId: early.id, reason: "Out of scope." }, act(6));
    await voidPayment({ ...voiding(returned), money: "returned" }, act(6));
    await voidPayment({ ...voiding(kept), money: "kept" }, act(6));
    expect((await lineOf(early)).standing).toMatchObject({
      kind: "voided",
      reason: "Out of scope.",
    });
    expect((await lineOf(returned)).standing).toMatchObject({
      kind: "voided_after_reversal",
      reversalKind: "returned",
      paidOn: on(10),
      reversedOn: on(6),
    });
    expect(await lineOf(kept)).toMatchObject({
      paidOn: on(10),
      standing: { kind: "voided_money_kept", reason: "Twice.", ...PAID },
    });
  });

  test("of those, the tester has the money of the paid and of the one that was kept", async () => {
    const { lines } = await balanceHistory(tester.id, { paidOnly: true });
    const kinds = new Set(lines.map(({ standing }) => standing.kind));
    expect(kinds).toEqual(new Set(["paid", "voided_money_kept"]));
  });
});

const reversal = ({ id }: Id, kind: "bounced" | "never_sent") =>
  ({ issueId: id, kind, reason: "Sent back.", on: on(7) }) as const;
const voiding = ({ id }: Id) => ({ issueId: id, reason: "Twice.", on: on(6) });

describe("pages", () => {
  const COUNT = 2 * HISTORY_PAGE + 20;
  let many: Id;

  beforeAll(async () => {
    many = await buildTester({ name: "Many" });
    const own = await buildCycle({ testers: [many] });
    // Three at a time at the same instant: only the id tells them apart.
    for (let i = 0; i < COUNT; i++) {
      const at = new Date(Date.UTC(2026, 0, 1) + Math.floor(i / 3) * DAY);
      await buildIssue({ tester: many, cycle: own, at });
    }
    await buildIssue({ tester: many, cycle: own, draft: true });
  });

  test("are complete and do not overlap, forwards and back", async () => {
    const forwards: number[][] = [];
    let page = await balanceHistory(many.id);
    expect(page.newer).toBeNull();
    for (;;) {
      forwards.push(page.lines.map(({ id }) => id));
      if (!page.older) break;
      page = await balanceHistory(many.id, { before: page.older });
    }
    const ids = forwards.flat();
    expect(forwards.map((part) => part.length)).toEqual([HISTORY_PAGE, HISTORY_PAGE, 20]);
    expect(ids).toEqual([...new Set(ids)].sort((a, b) => b - a));
    expect(page.newer).not.toBeNull();
    page = await balanceHistory(many.id, { after: page.newer });
    expect(page.lines.map(({ id }) => id)).toEqual(forwards[1]);
    page = await balanceHistory(many.id, { after: page.newer });
    expect(page.lines.map(({ id }) => id)).toEqual(forwards[0]);
    expect(page.newer).toBeNull();
    expect(page.older).not.toBeNull();
  });

  test("that are not there lead to the first one", async () => {
    const first = await balanceHistory(many.id);
    expect(await balanceHistory(many.id, { before: { at: new Date(0), id: 1 } })).toEqual(first);
    expect(await balanceHistory(many.id, { after: { at: new Date(), id: 1 } })).toEqual(first);
  });

  test("hold nobody else's issues", async () => {
    const { lines } = await balanceHistory(tester.id);
    const others = await db().issue.count({
      where: { id: { in: lines.map(({ id }) => id) }, testerId: { not: tester.id } },
    });
    expect(others).toBe(0);
  });
});
