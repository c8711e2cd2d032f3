import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { answerOf, visit } from "~/http/visit.fixture";
import { approveIssue } from "~/models/decision.server";
import { buildAdmin, buildCycle, buildIssue, buildTester } from "../../prisma/builders";
import * as one from "./app.issues.$id";
import * as list from "./app.issues._index";
import { type Answer, type Form, goodForm, hadEffect, postTo } from "./issue-pages.fixture";
import { type Person, signedIn } from "./signed-in.fixture";

useTestDatabase();

let aibek: Person;
let dana: Person;
let nazira: Person;
let cycle: { id: number };
let issueId: number;

beforeAll(async () => {
  aibek = await signedIn(buildTester, "Aibek");
  dana = await signedIn(buildTester, "Dana");
  nazira = await signedIn(buildAdmin, "Nazira");
  cycle = await buildCycle({ testers: [aibek, nazira] });
});

beforeEach(async () => {
  issueId = (await buildIssue({ tester: aibek, cycle, severity: "high", title: "A bug" })).id;
});

const good = () => goodForm(cycle);
const post = (who: Person, form: Form, id = String(issueId)) => postTo(id, who, form);
const open = (who: Person, id: string) =>
  answerOf(one.loader(visit(`/app/issues/${id}`, { session: who.session, params: { id } })));

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

  test.each(["", "Another title"])(
    "a draft's form, title %j, that comes after it was submitted changes nothing and loses nothing",
    async (title) => {
      const draft = String((await buildIssue({ tester: aibek, cycle, draft: true })).id);
      const { intent: _, key: __, ...text } = good();
      expect((await post(aibek, { ...text, intent: "submit" }, draft)).status).toBe(303);
      const late = { ...text, title, severity: "critical", body: "a long text", intent: "save" };
      const [before] = await db().issue.findMany({ where: { id: Number(draft) } });
      const answer = await post(aibek, late, draft);
      expect(answer.status).toBe(409);
      const { errors, values } = (await answer.json()) as Answer;
      expect(errors.form).toMatch(/^This draft is filed already/);
      expect(values).toMatchObject({ title, severity: "critical", body: "a long text" });
      expect(await db().issue.findMany({ where: { id: Number(draft) } })).toEqual([before]);
    },
  );

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
