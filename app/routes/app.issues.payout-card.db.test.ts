import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { rejectIssue } from "~/models/decision.server";
import {
  buildAdmin,
  buildCycle,
  buildIssue,
  buildPaidBatch,
  buildPreparedBatch,
  buildTester,
} from "../../prisma/builders";
import { type Answer, type Form, hadEffect, postTo } from "./issue-pages.fixture";
import { type Person, signedIn } from "./signed-in.fixture";

useTestDatabase();

let aibek: Person;
let nazira: Person;
let cycle: { id: number };
let issueId: number;

beforeAll(async () => {
  aibek = await signedIn(buildTester, "Aibek");
  nazira = await signedIn(buildAdmin, "Nazira");
  cycle = await buildCycle({ testers: [aibek, nazira] });
});

beforeEach(async () => {
  issueId = (await buildIssue({ tester: aibek, cycle, severity: "high", title: "A bug" })).id;
});

const post = (who: Person, form: Form, id = String(issueId)) => postTo(id, who, form);

async function version(): Promise<string> {
  const issue = await db().issue.findUniqueOrThrow({
    where: { id: issueId },
    select: { version: true },
  });
  return String(issue.version);
}

describe("the payout card", () => {
  const decide = async (form: Form, who = nazira) =>
    post(who, { version: await version(), ...form });

  test("approves what is suggested, and offers to undo it", async () => {
    const answer = await decide({ intent: "approve", expected: "800000" });
    expect(answer.status).toBe(303);
    await decide({ intent: "undo" });
    const events = await db().issueEvent.findMany({ where: { issueId }, orderBy: { id: "asc" } });
    expect(events.map(({ kind }) => kind)).toEqual(["filed", "approved", "undone"]);
  });

  test("does every other move: custom amount, another amount, void", async () => {
    await decide({
      intent: "approveCustom",
      amountText: "9500,50",
      expected: "800000",
      note: "Two",
    });
    const same = await decide({ intent: "changeAmount", amountText: "9500.5", note: "same" });
    expect(same.status).toBe(422);
    expect(((await same.json()) as Answer).errors).toEqual({
      amountText: "That is what is approved already",
    });
    await decide({ intent: "changeAmount", amountText: "9000", note: "Too much" });
    await decide({ intent: "void", reason: "Filed twice" });
    expect(await db().issue.findUnique({ where: { id: issueId } })).toMatchObject({
      payoutStatus: "void",
      approvedAmount: 900_000n,
      version: 4,
    });
  });

  test("takes a payment back on a date between it and today", async () => {
    await decide({ intent: "approve", expected: "800000" });
    await buildPaidBatch({ admin: nazira, issueIds: [issueId] });
    const bounced = { intent: "reverse", kind: "bounced", reason: "Closed" };
    for (const on of ["2026-01-01", "2999-01-01", ""])
      expect((await decide({ ...bounced, on })).status).toBe(422);
    const [{ paidOn } = { paidOn: new Date(0) }] = await db().payment.findMany({
      where: { issueId },
    });
    const on = paidOn.toISOString().slice(0, 10);
    expect((await decide({ ...bounced, on })).status).toBe(303);
    expect(await db().payment.count({ where: { issueId } })).toBe(2);
  });

  test("refuses a correction after one that is not there: 409, with what was typed", async () => {
    await decide({ intent: "approve", expected: "800000" });
    await buildPaidBatch({ admin: nazira, issueIds: [issueId] });
    const typed = { reference: "zz", paidOn: "2026-05-10", reason: "Typo" };
    const answer = await decide({ intent: "correct", shown: "7", ...typed });
    expect(answer.status).toBe(409);
    expect((await answer.json()) as Answer).toEqual({
      intent: "correct",
      errors: {
        form: "The correction that this page showed is not there any more. Nothing was changed: look at what the transfer says now.",
      },
      values: typed,
    });
  });

  test("refuses what was decided on an older page: 409, in place, with what was typed", async () => {
    const shown = await version();
    const act = { actorId: nazira.id, at: new Date() };
    await rejectIssue({ issueId, reason: "duplicate" }, act);
    const typed = {
      intent: "approveCustom",
      version: shown,
      amountText: "9000",
      note: "Well done",
    };
    expect(await hadEffect(async () => void (await post(nazira, typed)))).toBe(false);
    const answer = await post(nazira, typed);
    expect(answer.status).toBe(409);
    expect((await answer.json()) as Answer).toEqual({
      intent: "approveCustom",
      errors: {
        form: "Nazira was faster: this issue is now duplicate, its payout rejected. Nothing was overwritten.",
      },
      values: { amountText: "9000", note: "Well done" },
    });
  });

  test("refuses an older suggestion, an issue in a batch, one's own: no effect", async () => {
    const effect = await hadEffect(async () => {
      const older = await decide({ intent: "approve", expected: "700000" });
      expect(older.status).toBe(409);
      const missing = { version: "", intent: "approve", expected: "" };
      expect((await post(nazira, missing)).status).toBe(422);
      expect((await decide({ intent: "reject", reason: "" })).status).toBe(422);
      expect((await decide({ intent: "status", to: "draft" })).status).toBe(422);
    });
    expect(effect).toBe(false);
    await decide({ intent: "approve", expected: "800000" });
    await buildPreparedBatch({ admin: nazira, issueIds: [issueId] });
    const frozen = await decide({ intent: "status", to: "wont_fix" });
    expect(frozen.status).toBe(409);
    expect(((await frozen.json()) as Answer).errors.form).toMatch(/prepared batch #\d+/);
    const own = await buildIssue({ tester: nazira, cycle, severity: "high" });
    const form = { intent: "approve", version: "1", expected: "800000" };
    expect((await post(nazira, form, String(own.id))).status).toBe(403);
  });
});
