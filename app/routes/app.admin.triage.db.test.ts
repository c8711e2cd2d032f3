import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { takeFlash } from "~/http/flash.server";
import { answerOf, visit } from "~/http/visit.fixture";
import { approveIssue } from "~/models/decision.server";
import { editIssue } from "~/models/issue-filing.server";
import { buildIssue } from "../../prisma/builders";
import * as page from "./app.admin.triage";
import type { Person } from "./signed-in.fixture";
import {
  buildInbox,
  buildTriagePeople,
  type Form,
  hadEffect,
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
const approve = () => ({
  ...shown(),
  intent: "approve",
  currency: "KZT",
  expectedAmount: "1500000",
});

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
