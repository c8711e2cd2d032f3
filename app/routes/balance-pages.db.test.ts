import { beforeAll, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { answerOf, visit } from "~/http/visit.fixture";
import { signIn } from "~/models/sign-in.server";
import { seedIfEmpty } from "../../prisma/seed";
import { loader as cycle } from "./app.test-cycles.$id";
import { loader as balance } from "./app.test-cycles.balance._index";
import { loader as statement } from "./app.test-cycles.balance.statement";

useTestDatabase();

const sessions = new Map<string, string>();

beforeAll(async () => {
  await seedIfEmpty();
  for (const { id, name } of await db().user.findMany()) {
    const by = { userId: id, address: "192.0.2.1", userAgent: null, replaces: null };
    sessions.set(name, (await signIn(by)).secret);
  }
});

type Loader = (args: ReturnType<typeof visit>) => Promise<unknown>;

const as = (name: string, loader: Loader, path: string, params?: Record<string, string>) =>
  answerOf(loader(visit(path, { session: sessions.get(name) ?? "", params })));

const BALANCE = "/app/test-cycles/balance";

describe("Balance", () => {
  test("is one's own, also of an admin", async () => {
    const filed = async (name: string, query = "") => {
      const page = await (await as(name, balance, BALANCE + query)).json();
      return (page as { balance: { issues: { filed: number } } }).balance.issues.filed;
    };
    expect(await filed("Aibek")).toBe(42);
    expect(await filed("Timur", "?userId=3&testerId=3")).toBe(5);
    expect(await filed("Nazira")).toBe(0);
  });

  test("asks the anonymous to sign in, and comes back here", async () => {
    const answer = await as("nobody", balance, `${BALANCE}?before=1-1`);
    expect(answer.status).toBe(302);
    expect(answer.headers.get("location")).toBe(
      `/login?next=${encodeURIComponent(`${BALANCE}?before=1-1`)}`,
    );
  });

  test.each([
    ...["before=page", "before=-1", "after=9999999999999999-1", "before=1'--", "page=-1"],
    ...["before=253402300800000-5", "after=999999999999999-5"],
  ])("?%s is its first page", async (query) => {
    const page = await (await as("Aibek", balance, `${BALANCE}?${query}`)).json();
    expect((page as { history: { lines: unknown[] } }).history.lines).toHaveLength(42);
  });
});

describe("the page of a cycle", () => {
  const open = async (name: string, id: string) =>
    (await as(name, cycle, `/app/test-cycles/${id}`, { id })).status;

  test("is there for its testers and for nobody else", async () => {
    const { id } = await db().testCycle.findFirstOrThrow({
      where: { name: { contains: "Nomad" } },
    });
    expect(await open("Dana", String(id))).toBe(200);
    for (const name of ["Timur", "Nazira"]) expect(await open(name, String(id))).toBe(404);
  });

  test.each(["0", "-1", "1.5", "9999999999", "new", "1 OR 1=1"])("%s is none", async (id) => {
    expect(await open("Dana", id)).toBe(404);
  });
});

test("a statement with dates that are none is a 422, with what was typed and a period all the same", async () => {
  const answer = await as("Dana", statement, `${BALANCE}/statement?from=31.02.2026&to=2026-05-01`);
  expect(answer.status).toBe(422);
  expect(await answer.json()).toMatchObject({
    period: {
      values: { from: "31.02.2026", to: "2026-05-01" },
      errors: { from: expect.stringContaining("date") as string },
    },
    payee: { name: "Dana" },
  });
});
