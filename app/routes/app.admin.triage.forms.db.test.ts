import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { answerOf, visit } from "~/http/visit.fixture";
import { approveIssue } from "~/models/decision.server";
import { buildCycle, buildIssue } from "../../prisma/builders";
import * as page from "./app.admin.triage";
import type { Person } from "./signed-in.fixture";
import {
  buildInbox,
  buildTriagePeople,
  decide,
  type Form,
  list,
  open,
  PATH,
  postTriage,
} from "./triage-inbox.fixture";

useTestDatabase();

let nazira: Person, sanzhar: Person, aibek: Person;
let cycle: { id: number };
let worst: number, next: number;

beforeAll(async () => {
  ({ nazira, sanzhar, aibek } = await buildTriagePeople());
});

beforeEach(async () => {
  ({ cycle, worst, next } = await buildInbox({ aibek, nazira }));
});

const post = (who: Person, form: Form, query = `?issue=${worst}`) => postTriage(who, form, query);
const shown = () => ({ issueId: String(worst), version: "1" });

describe("what the forms around a decision post", () => {
  const shownAs = (id: number, minor: number) => `${id}:1:${minor}:KZT`;
  const postRows = async (rows: readonly string[], form: Form) => {
    const fields = new URLSearchParams({ key: crypto.randomUUID(), ...form });
    for (const row of rows) fields.append("row", row);
    const args = visit(PATH, { session: nazira.session, form: {} });
    const { headers, url } = args.request;
    const request = new Request(url, { method: "POST", headers, body: fields });
    return answerOf(page.action({ ...args, request }));
  };

  test("the list is narrowed by cycle, severity and text, counts included", async () => {
    const other = await buildCycle({ name: `Other ${Math.random()}`, testers: [aibek] });
    const { id } = await buildIssue({ tester: aibek, cycle: other, severity: "low", title: "Sum" });
    const ask = async (query: string) => (await list(nazira, query)).json() as Promise<unknown>;
    expect(await ask(`?cycle=${other.id}`)).toMatchObject({
      ...{ total: 1, cycles: [{ id: other.id, issues: 1 }], issues: [{ id }] },
    });
    expect(await ask("?severity=critical")).toMatchObject({ total: 1, issues: [{ id: worst }] });
    expect(await ask("?q=sum")).toMatchObject({ total: 1, issues: [{ id }] });
    expect(await ask(`?q=%23${next}`)).toMatchObject({ total: 1, issues: [{ id: next }] });
    const shown: unknown = await (await open(nazira, "?q=sum")).json();
    expect(shown).toMatchObject({ total: 3, counts: [{ issues: 1 }], selected: { id } });
  });

  test("an original belongs to a duplicate only", async () => {
    const asked = { issueId: worst, decision: "reject", duplicateOf: next };
    const refused = await decide(nazira, { ...asked, reason: "wont_fix" });
    expect(refused.status).toBe(422);
    expect(await refused.json()).toMatchObject({
      error: { fields: { duplicateOf: expect.any(String) as string } },
    });
    expect((await decide(nazira, { ...asked, reason: "duplicate" })).status).toBe(200);
  });

  test("another currency than the one shown is refused under the lock", async () => {
    const asked = { issueId: worst, decision: "approve", amount: 100, currency: "USD" };
    expect((await decide(nazira, asked)).status).toBe(409);
    expect((await decide(nazira, { ...asked, currency: "KZT" })).status).toBe(200);
  });

  test("a ready-made note goes before what was typed; another reason's, or one that is gone, is refused", async () => {
    const [template] = await db().noteTemplate.findMany({ where: { reason: "wont_fix" } });
    if (!template) throw new Error("no ready-made note");
    const form = { ...shown(), intent: "reject", readyNote: String(template.id), note: "Thanks" };
    expect((await post(nazira, { ...form, reason: "duplicate" })).status).toBe(422);
    const gone = { ...form, reason: "wont_fix", readyNote: "2147483647" };
    expect((await post(nazira, gone)).status).toBe(422);
    expect((await post(nazira, { ...form, reason: "wont_fix" })).status).toBe(303);
    const event = await db().issueEvent.findFirstOrThrow({
      where: { issueId: worst, kind: "rejected" },
    });
    expect(event.note).toBe(`${template.text}\nThanks`);
  });

  test("a ready-made note that comes with the app is in the tester's own language", async () => {
    const template = await db().noteTemplate.findFirstOrThrow({
      where: { builtin: "not_for_now" },
    });
    const { testerId } = await db().issue.findUniqueOrThrow({ where: { id: worst } });
    await db().user.update({ where: { id: testerId }, data: { locale: "ru" } });
    const form = { intent: "reject", reason: "wont_fix", readyNote: String(template.id) };
    expect((await post(nazira, { ...shown(), ...form })).status).toBe(303);
    const event = await db().issueEvent.findFirstOrThrow({
      where: { issueId: worst, kind: "rejected" },
    });
    expect(event.note).toBe("Вы правы, но пока мы это менять не будем.");
  });

  test("ticked issues: none is 422, all of them 303, some of them 409 with each one's story", async () => {
    expect((await postRows([], { intent: "approveMany" })).status).toBe(422);
    expect((await postRows(["1:x"], { intent: "approveMany" })).status).toBe(422);
    expect((await postRows([shownAs(worst, 1_500_000)], { intent: "rejectMany" })).status).toBe(
      422,
    );
    await approveIssue({ issueId: worst }, { actorId: sanzhar.id, at: new Date() });
    const rows = [shownAs(worst, 1_500_000), shownAs(next, 100_000)];
    const some = await postRows(rows, { intent: "approveMany" });
    expect(some.status).toBe(409);
    expect(await some.json()).toMatchObject({
      outcomes: [
        { issueId: worst, outcome: "decided_before", by: "Sanzhar" },
        { issueId: next, outcome: "decided" },
      ],
    });
    const left = await buildIssue({ tester: aibek, cycle, severity: "low" });
    const reject = { intent: "rejectMany", reason: "wont_fix" };
    expect((await postRows([shownAs(left.id, 100_000)], reject)).status).toBe(303);
  });
});
