import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { answerOf, visit } from "~/http/visit.fixture";
import { approveIssue, rejectIssue } from "~/models/decision.server";
import { signIn } from "~/models/sign-in.server";
import {
  buildAdmin,
  buildCycle,
  buildIssue,
  buildPaidBatch,
  buildPreparedBatch,
  buildTester,
} from "../../prisma/builders";
import * as one from "./app.issues.$id";
import * as list from "./app.issues._index";
import * as fresh from "./app.issues.new";

useTestDatabase();

type Person = { id: number; session: string };
let aibek: Person;
let dana: Person;
let nazira: Person;
let cycle: { id: number };
let issueId: number;

async function person(build: typeof buildTester, name: string): Promise<Person> {
  const { id } = await build({ name });
  const by = { userId: id, address: "192.0.2.1", userAgent: null, replaces: null };
  return { id, session: (await signIn(by)).secret };
}

beforeAll(async () => {
  [aibek, dana, nazira] = [
    await person(buildTester, "Aibek"),
    await person(buildTester, "Dana"),
    await person(buildAdmin, "Nazira"),
  ];
  cycle = await buildCycle({ testers: [aibek, nazira] });
});

beforeEach(async () => {
  issueId = (await buildIssue({ tester: aibek, cycle, severity: "high", title: "A bug" })).id;
});

type Form = Record<string, string>;
type Answer = { errors: Form; values: Form; intent?: string };

const file = (who: Person, form: Form) =>
  answerOf(fresh.action(visit("/app/issues/new", { session: who.session, form })));
const post = (who: Person, form: Form, id = String(issueId)) =>
  answerOf(one.action(visit(`/app/issues/${id}`, { session: who.session, form, params: { id } })));
const open = (who: Person, id = String(issueId), query = "") =>
  answerOf(
    one.loader(visit(`/app/issues/${id}${query}`, { session: who.session, params: { id } })),
  );

async function version(id = issueId): Promise<string> {
  const issue = await db().issue.findUniqueOrThrow({ where: { id }, select: { version: true } });
  return String(issue.version);
}

/** Runs it, and says whether anything at all was written. */
async function hadEffect(work: () => Promise<unknown>): Promise<boolean> {
  const count = () =>
    Promise.all([db().issue.count(), db().issueEvent.count(), db().payment.count()]);
  const before = await count();
  await work();
  return JSON.stringify(await count()) !== JSON.stringify(before);
}

const good = () => ({
  intent: "file",
  key: randomUUID(),
  cycleId: String(cycle.id),
  severity: "high",
  // Nothing that looks like what another test has filed.
  title: randomUUID(),
  body: "1. Pay",
});

describe("filing an issue", () => {
  test("leads to its page; fields that the form does not have are nothing", async () => {
    const more = {
      role: "admin",
      payoutStatus: "paid",
      testerId: String(dana.id),
      status: "fixed",
    };
    const answer = await file(aibek, { ...good(), ...more });
    expect(answer.status).toBe(303);
    const [, id] = /^\/app\/issues\/(\d+)$/.exec(answer.headers.get("location") ?? "") ?? [];
    expect(answer.headers.get("set-cookie")).toContain("tiyn_flash=");
    expect(await db().issue.findUnique({ where: { id: Number(id) } })).toMatchObject({
      testerId: aibek.id,
      status: "open",
      payoutStatus: "pending",
      approvedAmount: null,
    });
  });

  test("says every mistake and keeps every value: 422, no effect", async () => {
    const typed = { ...good(), severity: "", title: "t".repeat(300), body: "kept\r\ntext" };
    let answer: Response | undefined;
    expect(await hadEffect(async () => (answer = await file(aibek, typed)))).toBe(false);
    expect(answer?.status).toBe(422);
    expect((await answer?.json()) as Answer).toMatchObject({
      errors: { severity: "Choose how severe it is", title: "Use at most 255 characters" },
      values: { title: typed.title, body: typed.body, cycleId: typed.cycleId },
    });
  });

  test("in somebody else's cycle and in one that does not exist looks the same", async () => {
    const other = await buildCycle({ testers: [dana] });
    const answers = [String(other.id), "2000000000"].map(async (cycleId) => {
      const form = { ...good(), cycleId };
      const answer = await file(aibek, form);
      const { errors, values } = (await answer.json()) as Answer;
      expect(values.title).toBe(form.title);
      return { status: answer.status, errors };
    });
    const [others, unknown] = await Promise.all(answers);
    expect(others).toEqual(unknown);
    expect(others).toEqual({ status: 422, errors: { cycleId: "Choose one of your cycles" } });
  });

  test("another text under the key that has filed is asked about: 409", async () => {
    const form = good();
    await file(aibek, form);
    const answer = await file(aibek, { ...form, title: "Another bug" });
    expect(answer.status).toBe(409);
    const { errors, values } = (await answer.json()) as Answer;
    expect(errors.form).toMatch(/^This form has already filed issue #\d+, with another text/);
    expect(values.title).toBe("Another bug");
  });

  test("an intent that no button has is 400, a form after the session 401 with what was typed", async () => {
    expect((await file(aibek, { ...good(), intent: "approve" })).status).toBe(400);
    const late = { ...good(), title: "Payment fails" };
    const answer = await file({ id: 0, session: "x".repeat(43) }, late);
    expect(answer.status).toBe(401);
    expect(JSON.stringify(await answer.json())).toContain("Payment fails");
  });

  test("the page may be kept by Back, and preselects the cycle it is asked for", async () => {
    expect(fresh.headers()).toEqual({ "Cache-Control": "private, no-cache" });
    const second = await buildCycle({ testers: [aibek] });
    const loaded = async (query: string) => {
      const answer = await answerOf(
        fresh.loader(visit(`/app/issues/new${query}`, { session: aibek.session })),
      );
      return (await answer.json()) as { cycleId: string; cycles: unknown[]; key: string };
    };
    expect(await loaded(`?cycle=${second.id}`)).toMatchObject({ cycleId: String(second.id) });
    expect(await loaded("?cycle=999999")).toMatchObject({ cycleId: "" });
    expect((await loaded("")).key).not.toBe((await loaded("")).key);
    await db().testCycle.update({ where: { id: second.id }, data: { status: "closed" } });
    expect(await loaded("")).toMatchObject({ cycleId: String(cycle.id) });
  });
});

describe("the page of an issue", () => {
  test("is not there for others, with the same words as one that does not exist", async () => {
    const draft = await buildIssue({ tester: aibek, cycle, draft: true });
    const nothing = await open(dana, "2000000000");
    expect(nothing.status).toBe(404);
    for (const [who, id] of [
      [dana, String(issueId)],
      [nazira, String(draft.id)],
      [dana, "0"],
      [dana, "1e3"],
      [dana, "99999999999"],
    ] as const) {
      const answer = await open(who, id);
      expect([answer.status, await answer.text()]).toEqual([404, ""]);
      expect((await post(who, { intent: "edit", title: "x" }, id)).status).toBe(404);
    }
  });

  test("an admin's form from its tester is 403, and so is an edit by an admin", async () => {
    const effect = await hadEffect(async () => {
      for (const intent of ["approve", "reject", "status", "void", "undo", "reverse"]) {
        const form = { intent, version: "1", expected: "800000", reason: "duplicate", to: "fixed" };
        expect((await post(aibek, form)).status).toBe(403);
      }
      expect((await post(nazira, { intent: "edit", title: "Mine" })).status).toBe(403);
      expect((await post(nazira, { intent: "delete" })).status).toBe(400);
      expect((await post(nazira, {})).status).toBe(400);
    });
    expect(effect).toBe(false);
  });

  test("its tester edits title and text, until somebody decides", async () => {
    const edit = { intent: "edit", title: "Better title", body: "", cycleId: "1", severity: "low" };
    expect((await post(aibek, edit)).headers.get("location")).toBe(`/app/issues/${issueId}`);
    expect(await db().issue.findUnique({ where: { id: issueId } })).toMatchObject({
      title: "Better title",
      severity: "high",
      cycleId: cycle.id,
    });
    await approveIssue({ issueId }, { actorId: nazira.id, at: new Date() });
    const late = { ...edit, title: "Too late" };
    expect(await hadEffect(async () => (await post(aibek, late)).status)).toBe(false);
    const answer = await post(aibek, late);
    expect(answer.status).toBe(409);
    expect(((await answer.json()) as Answer).values).toMatchObject({ title: "Too late" });
  });

  test("a draft is submitted once, however often its button is pressed", async () => {
    const draft = String((await buildIssue({ tester: aibek, cycle, draft: true })).id);
    const { intent: _, key: __, ...text } = good();
    const submit = () => post(aibek, { ...text, intent: "submit" }, draft);
    const answers = await Promise.all([submit(), submit(), submit()]);
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 303]);
    const submitted = await db().issueEvent.count({
      where: { issueId: Number(draft), kind: "submitted" },
    });
    expect(submitted).toBe(1);
  });
});

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

describe("the list of issues", () => {
  test("shows testers their own, and takes no posts", async () => {
    const path = `/app/issues?tester=${aibek.id}&page=-1&sort=id;drop&q=%00%25`;
    const answer = await answerOf(list.loader(visit(path, { session: dana.session })));
    expect(await answer.json()).toMatchObject({
      filter: { tester: null, q: "%" },
      list: { issues: [], newer: null, older: null },
      found: { count: 0, more: false },
    });
    const posted = (async () => list.action(visit("/app/issues", { form: {} })))();
    expect((await answerOf(posted)).status).toBe(405);
  });
});
