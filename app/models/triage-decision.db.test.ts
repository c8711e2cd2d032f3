import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { NEGATIVE_CLOSINGS } from "~/domain/issue-status";
import type { PayoutRates } from "~/domain/rates";
import { Refusal } from "~/domain/refusal";
import {
  buildAdmin,
  buildCycle,
  buildIssue,
  buildPreparedBatch,
  buildTester,
} from "../../prisma/builders";
import { changeAmount } from "./decision.server";
import { leaveMoneySound } from "./doctor.fixture";
import { changeIssueStatus } from "./issue-status-change.server";
import { decide, decideOnce, NoSuchOriginal, type TriageDecision } from "./triage-decision.server";

useTestDatabase();
leaveMoneySound();

type Id = { id: number };
let nazira: Id, sanzhar: Id, tester: Id, cycle: Id, issueId: number;

beforeAll(async () => {
  [nazira, sanzhar] = [await buildAdmin({ name: "Nazira" }), await buildAdmin({ name: "Sanzhar" })];
  tester = await buildTester({ name: "Aibek" });
});

beforeEach(async () => {
  cycle = await buildCycle({ testers: [tester, nazira] });
  issueId = (await buildIssue({ tester, cycle, severity: "high" })).id;
});

const by = ({ id }: Id) => ({ actorId: id, at: new Date() });
const approval = (more: object = {}) =>
  ({ intent: "approve", issueId, version: 1, currency: "KZT", ...more }) as const;
const rejection = (more: object = {}) =>
  ({ intent: "reject", issueId, version: 1, reason: "wont_fix", ...more }) as const;
const suggested = { expectedAmount: 800_000 };

async function stateOf(id = issueId) {
  const { status, payoutStatus, approvedAmount, approvedCurrency, events } =
    await db().issue.findUniqueOrThrow({
      where: { id },
      include: { events: { orderBy: { version: "asc" } } },
    });
  const money = approvedAmount === null ? null : [Number(approvedAmount), approvedCurrency];
  return { is: [status, payoutStatus], money, events: events.map(({ kind }) => kind) };
}

const lastEvent = () =>
  db().issueEvent.findFirstOrThrow({ where: { issueId }, orderBy: { version: "desc" } });

const rates = (payout_rates: PayoutRates) =>
  db().testCycle.update({ where: { id: cycle.id }, data: { metadata: { payout_rates } } });

/** That it was refused, for this reason, and left no trace. */
async function refused(decision: TriageDecision, code: string, who = nazira): Promise<Refusal> {
  const before = await stateOf();
  const error: unknown = await decideOnce(decision, by(who)).then(
    () => null,
    (e: unknown) => e,
  );
  expect(error).toBeInstanceOf(Refusal);
  expect((error as Refusal).reason.code).toBe(code);
  expect(await stateOf()).toEqual(before);
  return error as Refusal;
}

describe("approving", () => {
  test("at the suggested amount triages an open issue, with one event", async () => {
    await decide(approval(suggested), by(nazira));
    expect(await stateOf()).toEqual({
      is: ["triaged", "approved"],
      money: [800_000, "KZT"],
      events: ["filed", "approved"],
    });
    expect(await lastEvent()).toMatchObject({ actorId: nazira.id, amount: 800_000n, note: null });
  });

  test("keeps any other status", async () => {
    await changeIssueStatus({ issueId, to: "in_progress" }, by(sanzhar));
    await decide(approval({ ...suggested, version: 2 }), by(nazira));
    expect(await stateOf()).toMatchObject({ is: ["in_progress", "approved"] });
  });

  test("at an amount of one's own, with a note", async () => {
    const asked = approval({ ...suggested, amount: 1_234_550, note: "Two bugs in one" });
    await decide(asked, by(nazira));
    expect(await stateOf()).toMatchObject({ money: [1_234_550, "KZT"] });
    expect(await lastEvent()).toMatchObject({ amount: 1_234_550n, note: "Two bugs in one" });
  });

  test("takes the cycle's currency", async () => {
    await rates({ currency: "USD", high: 2_500 });
    await decide(approval({ expectedAmount: 2_500, currency: "USD" }), by(nazira));
    expect(await stateOf()).toMatchObject({ money: [2_500, "USD"] });
  });

  test("needs an amount where nothing is suggested", async () => {
    await rates({ currency: "USD", low: 400 });
    await refused(approval({ currency: "USD" }), "no_suggestion");
    await decide(approval({ currency: "USD", amount: 3_000 }), by(nazira));
    expect(await stateOf()).toMatchObject({ money: [3_000, "USD"] });
  });

  test("is refused when the rate moved since the page was made, also for a custom amount", async () => {
    await rates({ high: 900_000 });
    const { reason } = await refused(approval(suggested), "suggestion_changed");
    expect(reason).toMatchObject({ expected: 800_000, actual: { amount: 900_000 } });
    await refused(approval({ ...suggested, amount: 5_000 }), "suggestion_changed");
  });

  test("is refused when the currency moved, though the number is the same or there is none", async () => {
    await rates({ currency: "USD", high: 800_000 });
    await refused(approval(suggested), "suggestion_changed");
    await refused(approval({ amount: 1_500_000 }), "suggestion_changed");
  });

  test("one's own report is refused, whoever else may do it", async () => {
    issueId = (await buildIssue({ tester: nazira, cycle, severity: "high" })).id;
    await refused(approval(suggested), "own_issue");
    await refused(approval({ amount: 1 }), "own_issue");
    await decide(approval(suggested), by(sanzhar));
  });
});

describe("rejecting", () => {
  test.each(NEGATIVE_CLOSINGS)("as %s closes an open issue so, with one event", async (reason) => {
    await decide(rejection({ reason, note: "Thank you" }), by(nazira));
    expect(await stateOf()).toEqual({
      is: [reason, "rejected"],
      money: null,
      events: ["filed", "rejected"],
    });
    expect(await lastEvent()).toMatchObject({ reason, note: "Thank you" });
  });

  test("names the original of a duplicate, which must exist and be another", async () => {
    const original = await buildIssue({ tester, cycle });
    const draft = await buildIssue({ tester, cycle, draft: true });
    for (const duplicateOf of [issueId, draft.id, 2_147_483_647]) {
      const asked = rejection({ reason: "duplicate", duplicateOf });
      await expect(decideOnce(asked, by(nazira))).rejects.toBeInstanceOf(NoSuchOriginal);
    }
    const unknown = rejection({ issueId: 2_147_483_647, duplicateOf: original.id });
    await refused(unknown, "not_found");
    const asked = rejection({ reason: "duplicate", duplicateOf: original.id, note: "Same log" });
    await decide(asked, by(nazira));
    expect(await lastEvent()).toMatchObject({
      note: "Same log",
      detail: { duplicateOf: original.id },
    });
  });
});

describe("a page that is out of date", () => {
  test("decides nothing, and says who was faster", async () => {
    await decide(rejection(), by(sanzhar));
    const { reason } = await refused(approval(suggested), "stale");
    expect(reason).toMatchObject({ by: "Sanzhar", payoutStatus: "rejected" });
    await refused(rejection(), "stale");
    await refused(approval({ ...suggested, version: 2 }), "illegal");
  });

  test("but one form sent twice is one decision, answered alike", async () => {
    const approve = approval({ ...suggested, amount: 700_000 });
    const first = await decideOnce(approve, by(nazira));
    expect(await decideOnce(approve, by(nazira))).toEqual(first);
    const undo = { intent: "undo", issueId, version: 2 } as const;
    expect(await decideOnce(undo, by(nazira))).toEqual(await decideOnce(undo, by(nazira)));
    const reject = rejection({ version: 3 });
    expect(await decideOnce(reject, by(nazira))).toEqual(await decideOnce(reject, by(nazira)));
    expect(await stateOf()).toMatchObject({ events: ["filed", "approved", "undone", "rejected"] });
    // Another's, or another decision, is no second copy.
    await refused(reject, "stale", sanzhar);
    await refused(rejection({ version: 3, reason: "duplicate" }), "stale");
    await refused(rejection({ version: 3, note: "Typed in another tab" }), "stale");
    await refused(approve, "stale");
  });

  test("an original or a note typed in another tab is no second copy either", async () => {
    const [one, other] = [await buildIssue({ tester, cycle }), await buildIssue({ tester, cycle })];
    const duplicate = (more: object = {}) =>
      rejection({ reason: "duplicate", duplicateOf: one.id, note: "Same log", ...more });
    const first = await decideOnce(duplicate(), by(nazira));
    expect(await decideOnce(duplicate(), by(nazira))).toEqual(first);
    for (const more of [{ duplicateOf: other.id }, { duplicateOf: undefined }, { note: undefined }])
      await refused(duplicate(more), "stale");
    const undone = { intent: "undo", issueId, version: 2 } as const;
    await decide(undone, by(nazira));
    const approve = approval({ ...suggested, version: 3, amount: 700_000, note: "Half of it" });
    await decideOnce(approve, by(nazira));
    await refused({ ...approve, note: "A third of it" }, "stale");
  });
});

describe("undo", () => {
  const undo = (version = 2) => ({ intent: "undo", issueId, version }) as const;

  test.each([approval, rejection])("restores both statuses (%o)", async (decision) => {
    await decide(decision(), by(nazira));
    await decide(undo(), by(sanzhar));
    expect(await stateOf()).toMatchObject({ is: ["open", "pending"], money: null });
    expect(await lastEvent()).toMatchObject({ kind: "undone", actorId: sanzhar.id });
  });

  test("is refused once anything else happened", async () => {
    await decide(approval(suggested), by(nazira));
    await changeAmount({ issueId, amount: 5_000, note: "Less" }, by(sanzhar));
    await refused(undo(2), "stale");
    await refused(undo(3), "illegal");
    await changeIssueStatus({ issueId, to: "fixed" }, by(sanzhar));
    await refused(undo(4), "illegal");
  });

  test("is refused while a prepared batch holds the issue, as everything else is", async () => {
    await decide(approval(suggested), by(nazira));
    const { batchId } = await buildPreparedBatch({ admin: nazira, issueIds: [issueId] });
    const { reason } = await refused(undo(), "frozen");
    expect(reason).toMatchObject({ batchId });
    await refused(rejection({ version: 2 }), "frozen");
  });
});
