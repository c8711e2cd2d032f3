import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { answerOf, visit } from "~/http/visit.fixture";
import { approveIssue, rejectIssue } from "~/models/decision.server";
import { COMMENTS_SHOWN, earlierComments } from "~/models/comment.server";
import { issueView } from "~/models/issue.server";
import {
  buildAdmin,
  buildCycle,
  buildIssue,
  buildPreparedBatch,
  buildTester,
} from "../../prisma/builders";
import * as one from "./app.issues.$id";
import { type Person, signedIn } from "./signed-in.fixture";

useTestDatabase();

type Form = Record<string, string>;
type Answer = { intent: string; errors: Form; values: Form; confirm?: object };

let aibek: Person;
let dana: Person;
let nazira: Person;
let cycle: { id: number };
let issueId: number;

beforeAll(async () => {
  aibek = await signedIn(buildTester, "Aibek");
  dana = await signedIn(buildTester, "Dana");
  nazira = await signedIn(buildAdmin, "Nazira");
  cycle = await buildCycle({ testers: [aibek] });
});

beforeEach(async () => {
  issueId = (await buildIssue({ tester: aibek, cycle, severity: "high" })).id;
});

const post = (who: Person, form: Form, id = String(issueId)) =>
  answerOf(one.action(visit(`/app/issues/${id}`, { session: who.session, form, params: { id } })));
const say = (who: Person, comment: string, more: Form = {}) =>
  post(who, { intent: "comment", comment, key: randomUUID(), ...more });
const said = () => db().issueComment.findMany({ where: { issueId }, orderBy: { id: "asc" } });
const events = () => db().issueEvent.count({ where: { issueId } });

describe("comments", () => {
  test("go back and forth, as safe HTML, and each leads to itself", async () => {
    const answer = await say(nazira, "Which *phone*? <script>alert(1)</script>");
    expect(answer.status).toBe(303);
    await say(aibek, "Redmi 9A");
    const [first] = await said();
    expect(answer.headers.get("location")).toBe(`/app/issues/${issueId}#comment-${first?.id}`);
    const view = await issueView(issueId, { id: aibek.id, role: "tester" });
    expect(view?.comments.map(({ author, html }) => [author.name, author.isAdmin, html])).toEqual([
      ["Nazira", true, "<p>Which <em>phone</em>? &lt;script&gt;alert(1)&lt;/script&gt;</p>\n"],
      ["Aibek", false, "<p>Redmi 9A</p>\n"],
    ]);
    expect(await events()).toBe(1);
  });

  test("sent twice are said once; from another page they lead back to it", async () => {
    const key = randomUUID();
    const next = `/app/admin/triage?issue=${issueId}`;
    const both = await Promise.all([
      say(nazira, "Hm", { key, next }),
      say(nazira, "Hm", { key, next }),
    ]);
    const [only, ...others] = await said();
    expect(others).toEqual([]);
    for (const { status, headers } of both)
      expect([status, headers.get("location")]).toEqual([303, `${next}#comment-${only?.id}`]);
    const elsewhere = await say(nazira, "Hm", { next: "https://evil.example/" });
    expect(elsewhere.headers.get("location")).toMatch(/^\/app\/issues\/\d+#comment-\d+$/);
  });

  test("sent again with other words, or about another issue, are not said, and not lost", async () => {
    const key = randomUUID();
    await say(aibek, "first words", { key });
    const other = String((await buildIssue({ tester: aibek, cycle, severity: "low" })).id);
    const more = { intent: "comment", comment: "first words, and the rest", key };
    for (const answer of [await post(aibek, more), await post(aibek, more, other)]) {
      expect(answer.status).toBe(409);
      const { errors, values } = (await answer.json()) as Answer;
      expect([errors.comment, values.comment]).toEqual([
        expect.stringContaining("already been sent, with other words"),
        more.comment,
      ]);
    }
    expect((await said()).map(({ body }) => body)).toEqual(["first words"]);
  });

  test("say something, and not too much: 422 with what was typed", async () => {
    for (const comment of ["", " \n ", "x".repeat(4_001), "a\u0007b"]) {
      const answer = await say(aibek, comment);
      expect(answer.status).toBe(422);
      const { errors, values, intent } = (await answer.json()) as Answer;
      expect([intent, Object.keys(errors), values.comment]).toEqual([
        "comment",
        ["comment"],
        comment,
      ]);
    }
    expect(await said()).toEqual([]);
  });

  test("are between the tester and admins, and not of a draft", async () => {
    expect((await say(dana, "Me too")).status).toBe(404);
    const draft = String((await buildIssue({ tester: aibek, cycle, draft: true })).id);
    const form = { intent: "comment", comment: "x", key: randomUUID() };
    expect((await post(aibek, form, draft)).status).toBe(409);
    expect((await post(nazira, form, draft)).status).toBe(404);
    expect(await db().issueComment.count({ where: { body: { in: ["Me too", "x"] } } })).toBe(0);
  });

  test("of very many, the newest are shown and the others are a link away", async () => {
    const rows = Array.from({ length: COMMENTS_SHOWN + 3 }, (_, at) => ({
      ...{ issueId, authorId: aibek.id, body: `No. ${at + 1}`, key: randomUUID() },
    }));
    for (const data of rows) await db().issueComment.create({ data });
    const reader = { id: aibek.id, role: "tester" } as const;
    const view = await issueView(issueId, reader);
    expect([view?.comments.length, view?.earlierComments]).toEqual([COMMENTS_SHOWN, 3]);
    expect(view?.comments[0]?.html).toBe("<p>No. 4</p>\n");
    const earlier = await earlierComments(issueId, reader);
    expect(earlier.map(({ html }) => html)).toEqual([
      "<p>No. 1</p>\n",
      "<p>No. 2</p>\n",
      "<p>No. 3</p>\n",
    ]);
  });
});

describe("a status that moves money", () => {
  const change = async (form: Form) => {
    const { version } = await db().issue.findUniqueOrThrow({ where: { id: issueId } });
    return post(nazira, { intent: "status", version: String(version), ...form });
  };

  test("is done only once that was read: no effect before", async () => {
    await approveIssue({ issueId }, { actorId: nazira.id, at: new Date() });
    const asked = await change({ to: "duplicate", note: "of #7" });
    expect(asked.status).toBe(422);
    expect(await asked.json()).toMatchObject({
      confirm: { to: "duplicate", payout: "rejected" },
      values: { note: "of #7" },
      errors: {},
    });
    // Agreed to something else.
    expect((await change({ to: "duplicate", confirmed: "wont_fix" })).status).toBe(422);
    expect(await events()).toBe(2);
    expect((await change({ to: "duplicate", confirmed: "duplicate" })).status).toBe(303);
    expect(await db().issue.findUnique({ where: { id: issueId } })).toMatchObject({
      status: "duplicate",
      payoutStatus: "rejected",
    });
  });

  test("asks before a reopening, too, and not before what leaves the money alone", async () => {
    expect((await change({ to: "in_progress" })).status).toBe(303);
    await rejectIssue({ issueId, reason: "duplicate" }, { actorId: nazira.id, at: new Date() });
    expect((await change({ to: "wont_fix" })).status).toBe(303);
    expect(await (await change({ to: "open" })).json()).toMatchObject({
      confirm: { to: "open", payout: "pending" },
    });
    expect((await change({ to: "open", confirmed: "open" })).status).toBe(303);
  });

  test("is not asked about what is refused anyway", async () => {
    const { version } = await db().issue.findUniqueOrThrow({ where: { id: issueId } });
    await approveIssue({ issueId }, { actorId: nazira.id, at: new Date() });
    const stale = { intent: "status", version: String(version), to: "duplicate" };
    expect((await post(nazira, stale)).status).toBe(409);
    await buildPreparedBatch({ admin: nazira, issueIds: [issueId] });
    expect((await change({ to: "duplicate" })).status).toBe(409);
  });
});

test("an admin mends the severity while the payout waits", async () => {
  const form = { intent: "severity", version: "1", severity: "low" };
  expect((await post(aibek, form)).status).toBe(403);
  expect((await post(nazira, { ...form, severity: "huge" })).status).toBe(422);
  expect((await post(nazira, form)).status).toBe(303);
  expect(await db().issue.findUnique({ where: { id: issueId } })).toMatchObject({
    severity: "low",
    version: 2,
  });
  await approveIssue({ issueId }, { actorId: nazira.id, at: new Date() });
  expect((await post(nazira, { ...form, version: "3", severity: "high" })).status).toBe(409);
});
