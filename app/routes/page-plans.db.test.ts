/** No page reads a whole past: the very queries that it sends, explained on a database that has one (docs/decisions/017). */
import pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { asSuperuser, useTestDatabase } from "~/database/test-database";
import { answerOf, visit } from "~/http/visit.fixture";
import { moneyFindings } from "~/models/doctor.fixture";
import { signIn } from "~/models/sign-in.server";
import { VETERAN_ID, writeManyIssues } from "../../prisma/many-issues";
import { queriesOf, type Reading, readingsOf } from "./page-plans.fixture";

const url = useTestDatabase();

/** What waits is 600 of them; the rest is history. */
const MANY = { issues: 30_000, testers: 300, cycles: 40, waiting: 300 };
/** Far more than any page shows, and a fraction of the tables that hold a past. */
const MOST_ROWS = 6_000;
/** Counts stop at a thousand, also where they count along the table itself. */
const MOST_COUNTED = 1_001;
const BIG = new Set([
  ...["issues", "issue_events", "issue_search", "issue_comments", "issue_payouts"],
  ...["payout_batch_items", "payout_transfers", "kept_totals", "session_visits"],
]);

let sql: pg.Client;
const sessions = { admin: "", tester: "" };

beforeAll(async () => {
  const superuser = new pg.Client(asSuperuser(url));
  await superuser.connect();
  await writeManyIssues(superuser, MANY).finally(() => superuser.end());
  sql = new pg.Client(url);
  await sql.connect();
  for (const [who, userId] of [
    ["admin", 1],
    ["tester", VETERAN_ID],
  ] as const) {
    const by = { userId, address: "192.0.2.1", userAgent: null, replaces: null };
    sessions[who] = (await signIn(by)).secret;
  }
}, 300_000);
afterAll(() => sql.end());

test("the database is as the app could have written it, and its big tables are big", async () => {
  expect(await moneyFindings()).toEqual([]);
  const { rows } = await sql.query<{ table: string }>(
    "SELECT relname AS table FROM pg_class WHERE relname = ANY ($1) AND reltuples >= 1500",
    [[...BIG]],
  );
  expect(new Set(rows.map(({ table }) => table))).toEqual(BIG);
});

type Who = keyof typeof sessions;
type Loader = (args: ReturnType<typeof visit>) => Promise<unknown>;
type Module = { loader: Loader };

/** Reads what is too much: a big table from its beginning to its end, or more of it than a page shows. */
async function tooMuch(work: () => Promise<unknown>): Promise<(Reading & { query: string })[]> {
  const queries = await queriesOf(work);
  expect(queries.length).toBeGreaterThan(0);
  const readings = [];
  for (const query of queries)
    for (const reading of await readingsOf(sql, query))
      readings.push({ ...reading, query: query.text });
  return readings.filter(
    ({ table, step, rows }) =>
      BIG.has(table) && rows > (step === "Seq Scan" ? MOST_COUNTED : MOST_ROWS),
  );
}

const modules = import.meta.glob<Module>("./{api,app}.*.{ts,tsx}", {
  import: "*",
});

async function open(who: Who, file: string, path: string): Promise<Response> {
  const module = await modules[`./${file}`]?.();
  if (!module) throw new Error(`There is no ${file}.`);
  // Of the addresses here only the last part is a parameter.
  const id = /\/(\d+)(?=$|[?/])/.exec(path)?.[1];
  return answerOf(
    module.loader(visit(path, { session: sessions[who], ...(id && { params: { id } }) })),
  );
}

const BALANCE = "app.test-cycles.balance._index.tsx";
const CYCLE = "app.admin.test-cycles.$id._index.tsx";
const ISSUES = "app.issues._index.tsx";
const VOIDS = "app.admin.payouts.voids.tsx";
const BATCHES = "app.admin.payouts.batches._index.tsx";
const OWN_CYCLE = "app.test-cycles.$id.tsx";

const PAGES: readonly (readonly [Who, string, string])[] = [
  ["tester", BALANCE, "/app/test-cycles/balance"],
  ["tester", BALANCE, "/app/test-cycles/balance?before=1700000000000-5000"],
  ["tester", "app.test-cycles._index.tsx", "/app/test-cycles"],
  ["tester", OWN_CYCLE, "/app/test-cycles/15"],
  ["tester", OWN_CYCLE, "/app/test-cycles/15?paid=1"],
  ["tester", ISSUES, "/app/issues"],
  ["tester", ISSUES, "/app/issues?payoutStatus=paid&sort=severity"],
  ["tester", "app.issues.new.tsx", "/app/issues/new"],
  ["tester", "api.me.balance._index.ts", "/api/me/balance"],
  ["admin", "app.admin.triage.tsx", "/app/admin/triage"],
  ["admin", "app.admin.triage.tsx", "/app/admin/triage?severity=low"],
  ["admin", "api.admin.triage.ts", "/api/admin/triage"],
  ["admin", "app.admin.payouts._index.tsx", "/app/admin/payouts"],
  ["admin", "app.admin.payouts._index.tsx", "/app/admin/payouts?open=5:KZT"],
  ["admin", "app.admin.payouts.review._index.tsx", "/app/admin/payouts/review"],
  ["admin", "api.admin.payouts._index.ts", "/api/admin/payouts"],
  ["admin", "api.admin.payouts.by-tester.ts", "/api/admin/payouts/by-tester"],
  ["admin", VOIDS, "/app/admin/payouts/voids"],
  ["admin", VOIDS, "/app/admin/payouts/voids?kind=kept"],
  ["admin", VOIDS, "/app/admin/payouts/voids?kind=never_sent"],
  ["admin", BATCHES, "/app/admin/payouts/batches"],
  ["admin", "app.admin.payouts.batches.$id.tsx", "/app/admin/payouts/batches/7"],
  ["admin", "app.admin.test-cycles._index.tsx", "/app/admin/test-cycles"],
  ["admin", CYCLE, "/app/admin/test-cycles/15"],
  ["admin", CYCLE, "/app/admin/test-cycles/15?part=payouts"],
  ["admin", CYCLE, "/app/admin/test-cycles/15?part=testers"],
  ["admin", "app.admin.test-cycles.$id.settings.tsx", "/app/admin/test-cycles/15/settings"],
  ["admin", "app.admin.users._index.tsx", "/app/admin/users"],
  ["admin", "app.admin.users.$id.tsx", `/app/admin/users/${VETERAN_ID}`],
  ["admin", "app.issues.$id.tsx", "/app/issues/1000"],
  ["admin", ISSUES, "/app/issues"],
  ["admin", ISSUES, "/app/issues?sort=oldest"],
  ["admin", ISSUES, "/app/issues?sort=severity&status=fixed"],
  ["admin", ISSUES, "/app/issues?sort=amount&payoutStatus=paid"],
  ["admin", ISSUES, "/app/issues?payoutStatus=approved&cycle=39"],
  ["admin", ISSUES, `/app/issues?tester=${VETERAN_ID}&payoutStatus=paid`],
  ["admin", ISSUES, "/app/issues?q=r12"],
  ["admin", "app.admin.audit.tsx", "/app/admin/audit"],
];

describe("reads what it shows", () => {
  test.each(PAGES)("as %s: %s, %s", async (who, file, path) => {
    const found = await tooMuch(async () => {
      expect((await open(who, file, path)).status).toBe(200);
    });
    expect(found).toEqual([]);
  });
});

describe("and what does not is told", () => {
  test("a table read from end to end", async () => {
    const found = await tooMuch(() => db().issue.count({ where: { body: { contains: "r12" } } }));
    expect(found).toMatchObject([{ table: "issues", step: "Seq Scan" }]);
  });

  test("an index read from end to end", async () => {
    const found = await tooMuch(() => db().issue.count({ where: { payoutStatus: "paid" } }));
    expect(found.length).toBeGreaterThan(0);
  });

  test("a sum of somebody's every payment", async () => {
    const found = await tooMuch(
      () => db().$queryRaw`SELECT sum(amount) FROM issue_payouts GROUP BY tester_id`,
    );
    expect(found).toMatchObject([{ table: "issue_payouts" }]);
  });
});
