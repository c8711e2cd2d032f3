import { randomUUID } from "node:crypto";
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { AMOUNT_NAME } from "~/domain/review-choice";
import { takeFlash } from "~/http/flash.server";
import { answerOf, visit } from "~/http/visit.fixture";
import { rejectIssue } from "~/models/decision.server";
import { buildAdmin, buildCycle, buildIssue, buildTester } from "../../prisma/builders";
import * as page from "./app.admin.payouts.review._index";
import * as all from "./app.admin.payouts.review.all";
import { type Person, signedIn } from "./signed-in.fixture";

useTestDatabase();

let nazira: Person, aibek: Person;
let cycle: { id: number };
let high: number, low: number;

beforeAll(async () => {
  nazira = await signedIn(buildAdmin, "Nazira");
  aibek = await signedIn(buildTester, "Aibek");
});

beforeEach(async () => {
  cycle = await buildCycle({ testers: [aibek] });
  high = (await buildIssue({ tester: aibek, cycle, severity: "high" })).id;
  low = (await buildIssue({ tester: aibek, cycle, severity: "low" })).id;
});

const path = () => `/app/admin/payouts/review?cycle=${cycle.id}`;
const allPath = () => `/app/admin/payouts/review/all?cycle=${cycle.id}`;
const choices = () => [`${high}:1:KZT:800000`, `${low}:1:KZT:100000`];

type Fields = [string, string][];
const form = (more: Fields = [], intent = "approve", key: string = randomUUID()): Fields => [
  ["intent", intent],
  ["key", key],
  ...choices().map((choice): [string, string] => ["pick", choice]),
  ...more,
];
const post = (fields: Fields, who: Person = nazira) =>
  answerOf(page.action(visit(path(), { session: who.session, form: fields })));
const postAll = (fields: Fields, who: Person = nazira) =>
  answerOf(all.action(visit(allPath(), { session: who.session, form: fields })));

const plain = (text: string) => text.replaceAll("\u00a0", " ");

async function flashOf(answer: Response) {
  const cookie = answer.headers.get("Set-Cookie")?.split(";")[0] ?? "";
  const { flash } = await takeFlash(new Request("http://x/", { headers: { cookie } }));
  return plain(flash?.text ?? "");
}

const counts = async () => [await db().issueEvent.count(), await db().bulkDecision.count()];

/** The answer, after a look that nothing was written. */
async function refused(work: () => Promise<Response>): Promise<Response> {
  const before = await counts();
  const answer = await work();
  expect(await counts()).toEqual(before);
  return answer;
}

describe("who may", () => {
  test("admins alone, and only by POST", async () => {
    expect((await refused(() => post(form(), aibek))).status).toBe(403);
    expect((await refused(() => postAll([], aibek))).status).toBe(403);
    const anonymous = () => answerOf(page.action(visit(path(), { form: form() })));
    expect((await refused(anonymous)).status).toBe(401);
    for (const [route, at] of [
      [page, path()],
      [all, allPath()],
    ] as const) {
      expect((await answerOf(route.loader(visit(at, { session: aibek.session })))).status).toBe(
        403,
      );
      expect((await answerOf(route.loader(visit(at)))).status).toBe(302);
      const get = () => answerOf(route.loader(visit(at, { session: nazira.session })));
      expect((await refused(get)).status).toBe(200);
    }
  });
});

describe("approving what is ticked", () => {
  test("twice with one key: done once, and told so the second time", async () => {
    const fields = form();
    const first = await post(fields);
    expect(first.status).toBe(303);
    expect(first.headers.get("Location")).toBe(path());
    expect(await flashOf(first)).toBe("2 issues approved: ₸ 9,000.");
    const again = await refused(() => post(fields));
    expect(again.status).toBe(303);
    expect(await flashOf(again)).toContain("already recorded: 2 issues");
    const other = await refused(() => post(fields.slice(0, -1)));
    expect(other.status).toBe(422);
  });

  test.each([
    ...["-1", "0", "1.005", "NaN", "1e9", "1,000", "１００", "15 000", "15.000,00", "007", ""],
    "9".repeat(30),
    "10000000.01",
  ])("an amount of %j is 422, beside its box, and kept", async (text) => {
    const amount: [string, string] = [`${AMOUNT_NAME}${low}:1:KZT:100000`, text];
    const answer = await refused(() => post(form([amount])));
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({
      errors: { [`amount-${low}`]: expect.any(String) as string },
      kept: { picked: [high, low], typed: { [low]: text } },
    });
  });

  test.each([
    ["15000,50", 1_500_050],
    ["1500000", 150_000_000],
  ])("an amount of %j is accepted as %i", async (text, minor) => {
    await post(form([[`${AMOUNT_NAME}${low}:1:KZT:100000`, text]]));
    const issue = await db().issue.findUniqueOrThrow({ where: { id: low } });
    expect(Number(issue.approvedAmount)).toBe(minor);
  });

  test("an amount that an older page had filled in is no typed one", async () => {
    const rates = { high: 900_000 };
    await db().testCycle.update({
      where: { id: cycle.id },
      data: { metadata: { payout_rates: rates } },
    });
    const offered: Fields = [[`${AMOUNT_NAME}${high}:1:KZT:800000`, "8000"]];
    const answer = await refused(() => post(form(offered)));
    expect(answer.status).toBe(409);
    expect(await answer.json()).toMatchObject({
      kept: { picked: [high, low], typed: {} },
      changes: [{ issueId: high, expected: { amount: 800_000 }, actual: { amount: 900_000 } }],
      issues: [{ id: low }, { id: high, suggested: { amount: 900_000 } }],
    });
  });

  test("mended, the same key works", async () => {
    await rejectIssue(
      { issueId: low, reason: "duplicate" },
      { actorId: nazira.id, at: new Date() },
    );
    const key = randomUUID();
    expect((await refused(() => post(form([], "approve", key)))).status).toBe(409);
    const mended = form([], "approve", key).filter(([, value]) => value !== choices()[1]);
    expect(await flashOf(await post(mended))).toBe("1 issue approved: ₸ 8,000.");
  });

  test("nothing ticked, or one twice, is 422; what no page wrote is 400", async () => {
    const none = form().filter(([name]) => name !== "pick");
    expect((await refused(() => post(none))).status).toBe(422);
    expect((await refused(() => post(form([["pick", choices()[0] ?? ""]])))).status).toBe(422);
    for (const pick of ["12", `${high}:1:EUR:800000`, `${high}:1:KZT:-1`, "x".repeat(100)]) {
      expect((await refused(() => post(form([["pick", pick]])))).status).toBe(400);
    }
    expect((await refused(() => post(form([], "pay")))).status).toBe(400);
    expect((await refused(() => post(form([], "approve", "")))).status).toBe(400);
  });
});

describe("rejecting what is ticked", () => {
  test("without a reason is 422, with what was written kept", async () => {
    const answer = await refused(() => post(form([["note", "See the guide"]], "reject")));
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({
      errors: { reason: expect.any(String) as string },
      kept: { picked: [high, low], values: { note: "See the guide" } },
    });
  });

  test("as duplicates of an issue that is not there is 422 beside its field", async () => {
    const why: Fields = [
      ["reason", "duplicate"],
      ["duplicateOf", "#2147483647"],
    ];
    const answer = await refused(() => post(form(why, "reject")));
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({
      errors: { duplicateOf: expect.any(String) as string },
    });
    const done = await post(form([["reason", "wont_fix"]], "reject"));
    expect(await flashOf(done)).toBe("2 issues rejected.");
  });
});

describe("all that match", () => {
  const shown = (more: Record<string, string> = {}): Fields =>
    Object.entries({
      ...{ key: randomUUID(), asOf: String(Date.now() + 1), count: "2", total: "KZT:900000" },
      ...more,
    });

  test("with other figures than now is 409, and tells both", async () => {
    const answer = await refused(() => postAll(shown({ count: "3" })));
    expect(answer.status).toBe(409);
    const { text } = (await answer.json()) as { text: string };
    expect(plain(text)).toContain("showed 3 issues, ₸ 9,000; now it is 2 issues, ₸ 9,000");
  });

  test("twice with one key: done once", async () => {
    const fields = shown();
    expect(await flashOf(await postAll(fields))).toBe("2 issues approved: ₸ 9,000.");
    expect(await flashOf(await refused(() => postAll(fields)))).toContain("already recorded");
  });

  test("what no page wrote is 400", async () => {
    for (const [name, value] of [
      ["count", "0"],
      ["total", "KZT:-1"],
      ["total", "EUR:1"],
      ["asOf", "now"],
    ] as const) {
      expect((await refused(() => postAll(shown({ [name]: value })))).status).toBe(400);
    }
  });
});
