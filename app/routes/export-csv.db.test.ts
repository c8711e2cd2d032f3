import { beforeAll, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { answerOf, visit } from "~/http/visit.fixture";
import { signIn } from "~/models/sign-in.server";
import { seedIfEmpty } from "../../prisma/seed";
import { loader as allPayments } from "./api.admin.payouts.export[.]csv";
import { loader as ownBalance } from "./api.me.balance._index";
import { loader as ownPayments } from "./api.me.balance.export[.]csv";

useTestDatabase();

const sessions = new Map<string, string>();
const ids = new Map<string, number>();

beforeAll(async () => {
  await seedIfEmpty();
  for (const { id, name } of await db().user.findMany()) {
    const by = { userId: id, address: "192.0.2.1", userAgent: null, replaces: null };
    sessions.set(name, (await signIn(by)).secret);
    ids.set(name, id);
  }
});

type Loader = (args: ReturnType<typeof visit>) => Promise<unknown>;

const as = (name: string, loader: Loader, path: string) =>
  answerOf(loader(visit(path, { session: sessions.get(name) ?? "" })));

async function rowsOf(answer: Response): Promise<string[]> {
  return (await answer.text()).trimEnd().split("\r\n").slice(1);
}

const OWN = "/api/me/balance/export.csv";
const ALL = "/api/admin/payouts/export.csv";

describe("a tester's own payments", () => {
  test("are theirs alone, whoever else the query names", async () => {
    const own = await rowsOf(await as("Dana", ownPayments, OWN));
    expect(own).toHaveLength(11);
    for (const query of [`userId=${ids.get("Aibek")}`, `testerId=${ids.get("Aibek")}`])
      expect(await rowsOf(await as("Dana", ownPayments, `${OWN}?${query}`))).toEqual(own);
  });

  test("may be asked for by date, also with empty boxes of a form", async () => {
    const all = await rowsOf(await as("Aibek", ownPayments, OWN));
    const empty = await rowsOf(await as("Aibek", ownPayments, `${OWN}?from=&to=&separator=`));
    expect([all.length, empty]).toEqual([17, all]);
    const day = all.at(-1)?.slice(0, 10) ?? "";
    const some = await rowsOf(await as("Aibek", ownPayments, `${OWN}?from=${day}&to=${day}`));
    expect(some).toEqual(all.filter((row) => row.startsWith(day)));
  });

  test.each([
    ["from=2026-02-30", { from: "Write a date such as 10.05.2026" }],
    ["from=2026-05-02&to=2026-05-01", { to: "The first date must not be after the second" }],
    ["separator=tab", { separator: "Choose one of the answers offered" }],
  ])("?%s is a 422 that says so", async (query, fields) => {
    const answer = await as("Aibek", ownPayments, `${OWN}?${query}`);
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({ error: { code: "invalid", fields } });
  });
});

describe("everybody's payments", () => {
  test("are for admins", async () => {
    expect((await as("Aibek", allPayments, ALL)).status).toBe(403);
    expect((await as("nobody", allPayments, ALL)).status).toBe(401);
  });

  test("are the testers' own together", async () => {
    const all = await rowsOf(await as("Nazira", allPayments, ALL));
    expect(all).toHaveLength(28);
    const ofDana = await as("Nazira", allPayments, `${ALL}?testerId=${ids.get("Dana")}`);
    expect(await rowsOf(ofDana)).toEqual(all.filter((row) => row.includes("dana@example.com")));
  });

  test.each(["testerId=0", "testerId=x", "testerId=2147483648", "testerId=2147483647"])(
    "?%s is a 422, and never an empty file",
    async (query) => {
      const answer = await as("Nazira", allPayments, `${ALL}?${query}`);
      expect(answer.status).toBe(422);
      expect(await answer.json()).toMatchObject({
        error: { fields: { testerId: expect.any(String) as string } },
      });
    },
  );
});

test("an export is in the audit log, a refused one is not", async () => {
  const before = await db().auditEntry.count({ where: { kind: "exported" } });
  await (await as("Dana", ownPayments, `${OWN}?from=2026-01-01`)).body?.cancel();
  await as("Dana", ownPayments, `${OWN}?from=soon`);
  const entries = await db().auditEntry.findMany({
    where: { kind: "exported" },
    orderBy: { id: "desc" },
  });
  expect(entries).toHaveLength(before + 1);
  expect(entries[0]).toMatchObject({
    actorId: ids.get("Dana"),
    detail: { file: "own payments", from: "2026-01-01" },
    address: "192.0.2.1",
  });
});

test("the balance as JSON is the one of DESIGN 6", async () => {
  const answer = await as("Aibek", ownBalance, "/api/me/balance?userId=4");
  expect(await answer.json()).toMatchObject({
    totals: [{ currency: "KZT", paid: 12_000_000, pending: 4_500_000, awaiting: 3_000_000 }],
    issues: { filed: 42, accepted: 30, awaiting: 12 },
    acceptanceRate: 30 / 42,
    cycles: [
      { name: "Dala Market — Payments regression", earned: [{ currency: "KZT", amount: 0 }] },
      { name: "Akashi Cloud — Pre-launch sweep", issues: 12, approved: 9, paid: 9 },
      { name: "Hackorda Onboarding — QA shake-down", issues: 18, approved: 12, paid: 8 },
    ],
  });
});
