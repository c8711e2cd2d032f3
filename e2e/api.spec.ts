import { randomUUID } from "node:crypto";
import type { APIRequestContext } from "@playwright/test";
import { approvedIssues, newTeam, paidTo, type Team } from "./data";
import { expect, type Person, signIn, signOut, test } from "./fixtures";

// The machine interfaces of DESIGN 6. They have no pages, hence no scripts and no width: one project runs them.

let team: Team;
let tester: Person;
let issueIds: number[];

test.beforeEach(async ({ page }) => {
  team = await newTeam("Aibek");
  [tester] = team.testers as [Person];
  issueIds = await approvedIssues(team, tester, ["high", "low"]);
  await signIn(page, team.admin.email);
});

const PAY = "/api/admin/payouts/batch-pay";

function order(changes: { key?: string; amount?: number; reference?: string } = {}) {
  const [first, second] = issueIds;
  return {
    key: changes.key ?? randomUUID(),
    payments: [
      {
        testerId: tester.id,
        currency: "KZT",
        method: "kaspi",
        reference: changes.reference ?? randomUUID(),
        issues: [
          { id: first, expectedAmount: changes.amount ?? 800_000 },
          { id: second, expectedAmount: 100_000 },
        ],
      },
    ],
  };
}

const post = (request: APIRequestContext, baseURL: string | undefined, data: unknown, path = PAY) =>
  request.post(path, { data, headers: { origin: baseURL ?? "" } });

test("batch-pay pays once, and a replay answers the same", async ({ page, baseURL }) => {
  const body = order();
  const first = await post(page.request, baseURL, body);
  expect(first.status()).toBe(200);
  const answer: unknown = await first.json();
  expect(answer).toEqual({
    batchId: expect.any(Number),
    payments: [{ testerId: tester.id, currency: "KZT", amount: 900_000, issues: 2 }],
    warnings: [],
  });
  const again = await post(page.request, baseURL, body);
  expect([again.status(), await again.json()]).toEqual([200, answer]);
  const other = await post(page.request, baseURL, {
    ...order({ reference: "another" }),
    key: body.key,
  });
  expect(other.status()).toBe(422);
  expect(await paidTo(tester)).toBe(900_000n);
});

test("an amount that is not what the caller saw is 409 with the changes, and the mended call works", async ({
  page,
  baseURL,
}) => {
  const body = order({ amount: 700_000 });
  const refused = await post(page.request, baseURL, body);
  expect(refused.status()).toBe(409);
  expect(await refused.json()).toMatchObject({
    error: { code: "conflict" },
    changes: [{ issueId: issueIds[0], expected: 700_000, actual: 800_000 }],
  });
  expect(await paidTo(tester)).toBe(0n);
  const mended = await post(page.request, baseURL, order({ key: body.key }));
  expect(mended.status()).toBe(200);
  const late = await post(page.request, baseURL, order());
  expect(await late.json()).toMatchObject({
    changes: [{ actual: null }, { actual: null }],
  });
});

test.describe("what batch-pay does not accept", () => {
  for (const [what, mend] of Object.entries({
    "no reference with Kaspi": { reference: "" },
    "a reference of 200 characters": { reference: "x".repeat(200) },
    "a control character": { reference: "88\u000741" },
    "an unknown method": { method: "bitcoin" },
    "a future date": { paidOn: "2999-01-01" },
    "no date at all": { paidOn: "yesterday" },
    "no issues": { issues: [] },
    "an amount as text": { issues: [{ id: 1, expectedAmount: "800000" }] },
    "a fraction": { issues: [{ id: 1, expectedAmount: 0.5 }] },
  })) {
    test(`${what} is 422 and names the field`, async ({ page, baseURL }) => {
      const body = order();
      Object.assign(body.payments[0] ?? {}, mend);
      const answer = await post(page.request, baseURL, body);
      expect(answer.status()).toBe(422);
      const { error } = (await answer.json()) as { error: { fields: Record<string, string> } };
      expect(Object.keys(error.fields).join()).toMatch(/^payments\.0\./);
      expect(await paidTo(tester)).toBe(0n);
    });
  }

  test("the same issue twice is 422", async ({ page, baseURL }) => {
    const body = order();
    const issues = body.payments[0]?.issues ?? [];
    issues.push({ ...issues[0], expectedAmount: 800_000 } as (typeof issues)[number]);
    expect((await post(page.request, baseURL, body)).status()).toBe(422);
    expect(await paidTo(tester)).toBe(0n);
  });
});

test("GET /api/admin/payouts has the queue, and by-tester the same one", async ({ page }) => {
  const answer = await page.request.get("/api/admin/payouts");
  const body = (await answer.json()) as { queue: { testerId: number }[] };
  expect(Object.keys(body)).toEqual([
    ...["approvedUnpaid", "paidLifetime", "pendingReview", "topTester", "voids", "queue"],
    "preparedBatches",
  ]);
  const line = body.queue.find((entry) => entry.testerId === tester.id);
  expect(line).toEqual({
    testerId: tester.id,
    name: tester.name,
    currency: "KZT",
    amount: 900_000,
    issues: [
      { id: issueIds[0], amount: 800_000 },
      { id: issueIds[1], amount: 100_000 },
    ],
    oldestApprovedAt: expect.any(String),
  });
  const byTester = await page.request.get("/api/admin/payouts/by-tester");
  const { queue } = (await byTester.json()) as { queue: { testerId: number }[] };
  expect(queue.find((entry) => entry.testerId === tester.id)).toEqual(line);
});

test("nobody else may call", async ({ page, baseURL, playwright }) => {
  const anonymous = await playwright.request.newContext({ baseURL });
  const stranger = await post(anonymous, baseURL, order());
  expect(stranger.status()).toBe(401);
  expect(await stranger.json()).toMatchObject({ error: { code: "unauthenticated" } });
  expect((await anonymous.get("/api/admin/payouts")).status()).toBe(401);
  await anonymous.dispose();

  const crossSite = await page.request.post(PAY, {
    data: order(),
    headers: { origin: "https://evil.example" },
  });
  expect(crossSite.status()).toBe(403);
  const noOrigin = await page.request.post(PAY, { data: order() });
  expect(noOrigin.status()).toBe(403);
  expect((await page.request.get(PAY)).status()).toBe(405);

  await signOut(page);
  await signIn(page, tester.email);
  expect((await post(page.request, baseURL, order())).status()).toBe(403);
  expect((await page.request.get("/api/admin/payouts")).status()).toBe(403);
  expect(await paidTo(tester)).toBe(0n);
});

test("/healthz says that the guards are in place", async ({ page }) => {
  const answer = await page.request.get("/healthz");
  expect([answer.status(), await answer.json()]).toEqual([200, { status: "ok", doctor: "ok" }]);
});
