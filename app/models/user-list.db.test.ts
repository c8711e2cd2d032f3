import { beforeAll, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import type { UserFilter, UserPlace } from "~/filters/user-filter";
import {
  buildAdmin,
  buildCycle,
  buildIssue,
  buildPaidBatch,
  buildTester,
} from "../../prisma/builders";
import { approveIssue } from "./decision.server";
import { countUsers, USERS_A_PAGE, userList } from "./user-list.server";

useTestDatabase();

const ALL: UserFilter = { q: null, role: null, state: null };
const MANY = 10_000;
const LONG = "Ж".repeat(200);

beforeAll(async () => {
  const nazira = await buildAdmin({ name: "Nazira", email: "nazira@example.com" });
  const aigerim = await buildTester({ name: "Әйгерім Қуанышқызы", email: "Aigerim@Example.com" });
  await buildTester({ name: LONG, email: `${"l".repeat(64)}@${"example.".repeat(20)}com` });
  await buildTester({ name: "100%_sure\\", email: "percent@example.com" });
  const { id } = await buildTester({ name: "Ушедший", email: "gone@example.com" });
  await db().user.update({ where: { id }, data: { deactivatedAt: new Date() } });
  const cycle = await buildCycle({ testers: [aigerim] });
  const paid = await buildIssue({ tester: aigerim, cycle, severity: "high" });
  const at = new Date();
  await approveIssue({ issueId: paid.id }, { actorId: nazira.id, at });
  await buildPaidBatch({ admin: nazira, issueIds: [paid.id], at });
  await db().$executeRaw`
    INSERT INTO users (name, email, role)
    SELECT 'Tester ' || lpad((n % 5000)::text, 5, '0'), 'many-' || n || '@example.com', 'tester'
      FROM generate_series(1, ${MANY}) n`;
});

const list = (filter: Partial<UserFilter>, place: UserPlace = null, limit?: number) =>
  userList({ ...ALL, ...filter }, place, limit);
const names = async (filter: Partial<UserFilter>) =>
  (await list(filter)).users.map(({ name }) => name);

describe("the list of people", () => {
  test("finds by a part of the name or the address, Cyrillic and Kazakh letters without regard to case", async () => {
    expect(await names({ q: "әйгерім ҚУА" })).toEqual(["Әйгерім Қуанышқызы"]);
    expect(await names({ q: "УШЕД" })).toEqual(["Ушедший"]);
    expect(await names({ q: "aigerim@EXAMPLE" })).toEqual(["Әйгерім Қуанышқызы"]);
    expect(await names({ q: LONG.toLowerCase() })).toEqual([LONG]);
    expect(await names({ q: "nobody like this" })).toEqual([]);
  });

  test("takes %, _ and \\ for what they are", async () => {
    for (const q of ["%", "100%_", "\\"]) expect(await names({ q })).toEqual(["100%_sure\\"]);
    expect(await names({ q: "'; DROP TABLE users; --" })).toEqual([]);
  });

  test("of a role, or of a state", async () => {
    expect(await names({ role: "admin" })).toEqual(["Nazira"]);
    expect(await names({ state: "deactivated" })).toEqual(["Ушедший"]);
    const [first] = (await list({ state: "invited", q: "many-1@" })).users;
    expect(first).toMatchObject({ name: "Tester 00001", state: "invited", reports: 0, paid: [] });
  });

  test("says what they filed and were paid, per currency", async () => {
    const [aigerim] = (await list({ q: "әйгерім" })).users;
    expect(aigerim).toMatchObject({
      ...{ email: "Aigerim@Example.com", role: "tester", reports: 1 },
      paid: [{ currency: "KZT", amount: 800_000 }],
    });
  });

  test("counts a thousand, and beyond that says more", async () => {
    expect(await countUsers({ ...ALL, q: "әйгерім" })).toEqual({ count: 1, more: false });
    expect(await countUsers(ALL)).toEqual({ count: 1_000, more: true });
  });

  test("in pages, forwards and back, is the whole list: nobody twice, nobody missing", async () => {
    const pages: number[][] = [];
    let place: UserPlace = null;
    for (;;) {
      const page = await list({}, place, 700);
      pages.push(page.users.map(({ id }) => id));
      if (page.next === null) break;
      place = { direction: "after", id: page.next };
    }
    const forwards = pages.flat();
    expect(new Set(forwards).size).toBe(forwards.length);
    expect(forwards).toHaveLength(await db().user.count());
    const last = pages.at(-1)?.[0] ?? 0;
    const before = await list({}, { direction: "before", id: last }, 700);
    expect(before.users.map(({ id }) => id)).toEqual(pages.at(-2));
  });

  test("begins anew at a place that is nobody, or before the first", async () => {
    const first = await list({});
    expect(first.users).toHaveLength(USERS_A_PAGE);
    expect(first.previous).toBeNull();
    expect(await list({}, { direction: "after", id: 2_000_000 })).toEqual(first);
    const id = first.users[0]?.id ?? 0;
    expect(await list({}, { direction: "before", id })).toEqual(first);
  });
});
