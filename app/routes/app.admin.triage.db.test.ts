import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { takeFlash } from "~/http/flash.server";
import { answerOf, visit } from "~/http/visit.fixture";
import { approveIssue } from "~/models/decision.server";
import { editIssue } from "~/models/issue-filing.server";
import { signIn } from "~/models/sign-in.server";
import { buildAdmin, buildCycle, buildIssue, buildTester } from "../../prisma/builders";
import * as listing from "./api.admin.triage";
import * as deciding from "./api.admin.triage_.decide";
import * as page from "./app.admin.triage";

useTestDatabase();

type Person = { id: number; session: string };
type Form = Record<string, string>;
let nazira: Person, sanzhar: Person, aibek: Person;
let cycle: { id: number };
let worst: number, next: number;

async function person(build: typeof buildTester, name: string): Promise<Person> {
  const { id } = await build({ name });
  const by = { userId: id, address: "192.0.2.1", userAgent: null, replaces: null };
  return { id, session: (await signIn(by)).secret };
}

beforeAll(async () => {
  nazira = await person(buildAdmin, "Nazira");
  sanzhar = await person(buildAdmin, "Sanzhar");
  aibek = await person(buildTester, "Aibek");
});

beforeEach(async () => {
  await db().testCycle.updateMany({ where: { status: "open" }, data: { status: "archived" } });
  cycle = await buildCycle({ name: `Cycle ${Math.random()}`, testers: [aibek, nazira] });
  worst = (await buildIssue({ tester: aibek, cycle, severity: "critical", title: "Worst" })).id;
  next = (await buildIssue({ tester: aibek, cycle, severity: "low", title: "Next" })).id;
});

const PATH = "/app/admin/triage";
const open = (who: Person, query = "") =>
  answerOf(page.loader(visit(PATH + query, { session: who.session })));
const post = (who: Person, form: Form, query = `?issue=${worst}`) =>
  answerOf(page.action(visit(PATH + query, { session: who.session, form })));
const list = (who: Person, query = "") =>
  answerOf(listing.loader(visit(`/api/admin/triage${query}`, { session: who.session })));
const decide = (who: Person, json: unknown) =>
  answerOf(deciding.action(visit("/api/admin/triage/decide", { session: who.session, json })));

const shown = () => ({ issueId: String(worst), version: "1" });
const approve = () => ({
  ...shown(),
  intent: "approve",
  currency: "KZT",
  expectedAmount: "1500000",
});

/** Runs it, and says whether anything at all was written. */
async function hadEffect(work: () => Promise<unknown>): Promise<boolean> {
  const before = await db().issueEvent.count();
  await work();
  return (await db().issueEvent.count()) !== before;
}

async function flashOf(answer: Response) {
  const cookie = answer.headers.get("Set-Cookie")?.split(";")[0] ?? "";
  return (await takeFlash(new Request("http://x/", { headers: { cookie } }))).flash;
}

describe("the page", () => {
  test("shows the inbox and its first issue to an admin, and to nobody else", async () => {
    const shown = await (await open(nazira)).json();
    expect(shown).toMatchObject({ total: 2, selected: { id: worst }, nextId: next });
    expect((await open(aibek)).status).toBe(403);
    expect((await answerOf(page.loader(visit(PATH)))).status).toBe(302);
    expect(await hadEffect(() => post(aibek, approve()))).toBe(false);
    expect((await post(aibek, approve())).status).toBe(403);
    expect((await answerOf(page.action(visit(PATH, { form: approve() })))).status).toBe(401);
  });

  test("an unknown number is 404 with the list; odd parameters are nothing", async () => {
    const missing = await open(nazira, "?issue=2147483647");
    expect(missing.status).toBe(404);
    expect(await missing.json()).toMatchObject({ total: 2, selected: null });
    const odd = await open(nazira, "?cycle=x&severity=huge&after=1;drop&issue=-1&sort=id;drop");
    expect(await odd.json()).toMatchObject({ total: 2, selected: { id: worst } });
  });

  test("approving leads to the next issue, within the filter, and offers to undo it", async () => {
    const answer = await post(nazira, approve(), `?cycle=${cycle.id}&issue=${worst}`);
    expect(answer.status).toBe(303);
    expect(answer.headers.get("Location")).toBe(`${PATH}?cycle=${cycle.id}&issue=${next}`);
    const flash = await flashOf(answer);
    expect(flash?.text).toBe(`Approved ₸\u00a015,000 for #${worst}: Worst`);
    const { url, fields } = flash?.action ?? {};
    expect(url).toBe(`${PATH}?cycle=${cycle.id}&issue=${worst}`);
    const undone = await post(nazira, fields ?? {}, url?.replace(PATH, ""));
    expect(undone.headers.get("Location")).toBe(url);
    expect(await db().issue.findUnique({ where: { id: worst } })).toMatchObject({
      status: "open",
      payoutStatus: "pending",
    });
  });

  test("the last one leads back to the inbox", async () => {
    const last = { ...shown(), issueId: String(next), intent: "reject", reason: "rejected" };
    const answer = await post(nazira, last, `?issue=${next}`);
    expect(answer.headers.get("Location")).toBe(PATH);
    expect((await flashOf(answer))?.text).toBe(`Rejected #${next}: Next (Not a bug)`);
  });

  test("a mistake is 422 with the message beside its field and everything typed", async () => {
    const typed = { amountText: "15 000", note: "Two bugs" };
    const answer = await post(nazira, { ...approve(), ...typed });
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({
      panel: "custom",
      issueId: worst,
      values: typed,
      errors: { amountText: "Write an amount such as 15000 or 15000.50, without spaces" },
    });
    const unknown = { ...shown(), intent: "reject", reason: "duplicate", duplicateOf: "#999999" };
    const rejected = await post(nazira, unknown);
    expect([rejected.status, await rejected.json()]).toMatchObject([
      422,
      { errors: { duplicateOf: "There is no other issue of this number" } },
    ]);
  });

  test("what changed meanwhile is 409, and says by whom", async () => {
    const text = {
      cycleId: cycle.id,
      severity: "critical",
      title: "Worst",
      body: "Mended",
    } as const;
    await editIssue({ issueId: worst, ...text }, { actorId: aibek.id, at: new Date() });
    const edited = await post(nazira, { ...approve(), amountText: "1", note: "kept" });
    expect([edited.status, await edited.json()]).toMatchObject([
      409,
      { errors: { form: expect.stringMatching(/^Aibek changed/) }, values: { note: "kept" } },
    ]);
    await approveIssue({ issueId: worst }, { actorId: sanzhar.id, at: new Date() });
    const late = await post(nazira, { ...approve(), version: "2" });
    expect([late.status, await late.json()]).toMatchObject([
      409,
      { errors: { form: expect.stringMatching(/^Sanzhar was faster/) } },
    ]);
    expect(await (await open(nazira, `?issue=${worst}`)).json()).toMatchObject({
      selected: { payoutStatus: "approved" },
    });
  });

  test("one's own report is 403, an unknown button 400; neither has an effect", async () => {
    const own = await buildIssue({ tester: nazira, cycle, severity: "critical" });
    const asked = { ...approve(), issueId: String(own.id) };
    const effect = await hadEffect(async () => {
      expect((await post(nazira, asked, `?issue=${own.id}`)).status).toBe(403);
      expect((await post(nazira, { ...approve(), intent: "pay" })).status).toBe(400);
      expect((await post(nazira, {})).status).toBe(400);
    });
    expect(effect).toBe(false);
  });
});

describe("the machine interface", () => {
  test("lists the inbox in the shape of DESIGN 6", async () => {
    const { name } = await db().testCycle.findUniqueOrThrow({ where: cycle });
    const answer = await (await list(nazira)).json();
    expect(answer).toEqual({
      total: 2,
      cycles: [{ id: cycle.id, name, issues: 2 }],
      issues: [
        {
          id: worst,
          version: 1,
          title: "Worst",
          severity: "critical",
          cycle: { id: cycle.id, name },
          tester: { id: aibek.id, name: "Aibek" },
          createdAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT/),
          suggested: { currency: "KZT", amount: 1_500_000 },
        },
        expect.objectContaining({ id: next }),
      ],
      next: null,
    });
    expect((await list(aibek)).status).toBe(403);
    expect((await list(nazira, "?cycle=x")).status).toBe(422);
    expect((await list(nazira, "?severity=huge")).status).toBe(422);
    expect((await list(nazira, "?after=x")).status).toBe(422);
    expect((await list(nazira, `?after=critical.9999999999999.${worst}`)).status).toBe(200);
  });

  test("approves and rejects, and names the next", async () => {
    const note = "Thank you";
    const asked = { issueId: worst, decision: "approve", expectedAmount: 1_500_000, version: 1 };
    expect(await (await decide(nazira, { ...asked, note })).json()).toEqual({
      issueId: worst,
      status: "triaged",
      payoutStatus: "approved",
      amount: 1_500_000,
      currency: "KZT",
      next,
    });
    const rejection = { issueId: next, decision: "reject", reason: "wont_fix" };
    expect(await (await decide(nazira, rejection)).json()).toEqual({
      issueId: next,
      status: "wont_fix",
      payoutStatus: "rejected",
      amount: null,
      currency: null,
      next: null,
    });
  });

  test.each([
    [409, { decision: "approve", version: 7 }],
    [409, { decision: "approve", expectedAmount: 1 }],
    [404, { decision: "approve", issueId: 2_147_483_647 }],
    [422, { decision: "approve", amount: 0 }],
    [422, { decision: "approve", amount: -1 }],
    [422, { decision: "approve", amount: 1.5 }],
    [422, { decision: "approve", amount: 1_000_000_001 }],
    [422, { decision: "approve", amount: "1500000" }],
    [422, { decision: "approve", amount: null }],
    [422, { decision: "reject" }],
    [422, { decision: "reject", reason: "lazy" }],
    [422, { decision: "reject", reason: "duplicate", duplicateOf: 2_147_483_647 }],
    [422, { decision: "reject", reason: "rejected", note: "x".repeat(2_001) }],
    [422, { decision: "pay" }],
    [422, { decision: "approve", issueId: "1; DROP" }],
  ])("answers %i to %j, with no effect", async (status, asked) => {
    const effect = await hadEffect(async () => {
      expect((await decide(nazira, { issueId: worst, ...asked })).status).toBe(status);
    });
    expect(effect).toBe(false);
  });

  test("asks for an amount where nothing is suggested, and for another admin for one's own", async () => {
    const rates = { payout_rates: { currency: "USD" } };
    await db().testCycle.update({ where: cycle, data: { metadata: rates } });
    expect((await decide(nazira, { issueId: worst, decision: "approve" })).status).toBe(422);
    const own = await buildIssue({ tester: nazira, cycle });
    const asked = { issueId: own.id, decision: "approve", amount: 100 };
    expect((await decide(nazira, asked)).status).toBe(403);
    expect((await decide(aibek, asked)).status).toBe(403);
    expect((await decide(sanzhar, asked)).status).toBe(200);
  });
});

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
