/** The app at work as a role that owns nothing: all of its money can be moved, and none of its history removed. */
import type pg from "pg";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { examineDatabase } from "~/models/doctor.server";
import { checkMoneyModel } from "~/models/money-model-check.fixture";
import { connect } from "../../prisma/rules-refusal";
import { grantAppRole } from "./app-role.server";
import { closeDatabase } from "./client.server";
import { asSuperuser, useTestDatabase } from "./test-database";
import { bringDatabaseUpToDate } from "./up-to-date.server";

const ownerUrl = useTestDatabase();
const role = `app_${process.pid}_${Date.now()}`;
const url = withUser(ownerUrl, role, "a password");
let sql: pg.Client;

function withUser(base: string, user: string, password: string): string {
  const other = new URL(base);
  Object.assign(other, { username: user, password });
  return other.href;
}

async function asOwnerOfAll(statement: string): Promise<void> {
  const superuser = await connect(asSuperuser(ownerUrl));
  await superuser.query(statement).finally(() => superuser.end());
}

beforeAll(async () => {
  await asOwnerOfAll(`CREATE ROLE ${role} LOGIN PASSWORD 'a password'`);
  await bringDatabaseUpToDate({ url, ownerUrl }, () => {});
  await closeDatabase();
  process.env.DATABASE_URL = url;
  sql = await connect(url);
});

afterAll(async () => {
  await sql.end();
  await closeDatabase();
  await asOwnerOfAll(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
});

/** The SQLSTATE of what PostgreSQL answers. */
async function answerTo(statement: string): Promise<string> {
  return sql.query(statement).then(
    () => "done",
    (error: pg.DatabaseError) => error.code ?? "",
  );
}

const NO_RIGHT = "42501";
const MONEY = [
  ...["issues", "issue_events", "issue_payouts", "payment_corrections", "payout_batches"],
  ...["payout_transfers", "payout_batch_items", "operation_keys", "audit_log", "bulk_decisions"],
  ...["admin_impersonation_log", "payee_changes", "identities", "users", "sessions"],
];

test("files, decides, pays and takes back as the model says", { timeout: 600_000 }, async () => {
  await checkMoneyModel({ runs: 10, seed: 1 });
  const { rows } = await sql.query(
    "SELECT current_user AS is, count(*)::int AS paid FROM issue_payouts",
  );
  expect(rows[0]).toMatchObject({ is: role, paid: expect.any(Number) as number });
  expect(rows[0].paid).toBeGreaterThan(0);
  expect((await examineDatabase()).filter(({ offenders }) => offenders > 0)).toEqual([]);
});

describe.each(MONEY)("on %s it may not", (table) => {
  test.each([
    ["delete", `DELETE FROM ${table}`],
    ["truncate", `TRUNCATE ${table} CASCADE`],
    ["switch the rules off", `ALTER TABLE ${table} DISABLE TRIGGER ALL`],
    ["change the table", `ALTER TABLE ${table} ADD COLUMN mine integer`],
    ["drop it", `DROP TABLE ${table} CASCADE`],
  ])("%s", async (_, statement) => {
    expect(await answerTo(statement)).toBe(NO_RIGHT);
  });
});

test.each([
  ["update a payment", "UPDATE issue_payouts SET amount = amount"],
  ["update an event", "UPDATE issue_events SET reason = reason"],
  ["update the audit log", "UPDATE audit_log SET at = at"],
  ["write a total", "UPDATE kept_totals SET amount = amount"],
  ["add a total", "INSERT INTO kept_totals (what, issues, amount) VALUES ('paid', 1, 1)"],
  ["remove the totals", "DELETE FROM kept_totals"],
  [
    "change a total unseen",
    "INSERT INTO kept_changes (ends_statement, tester_id, cycle_id, what, issues, amount) VALUES (true, 1, 1, 'paid', 1, 1)",
  ],
  ["have the totals added up", "SELECT rebuild_kept_totals()"],
  ["make a table", "CREATE TABLE mine (id integer)"],
  ["make a function", "CREATE FUNCTION mine() RETURNS integer LANGUAGE sql AS 'SELECT 1'"],
  [
    "replace a rule",
    "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
  ],
  ["pass for a replica", "SET session_replication_role = replica"],
  ["rewrite the list of migrations", "DELETE FROM _prisma_migrations"],
])("it may not %s", async (_, statement) => {
  expect(await answerTo(statement)).toBe(NO_RIGHT);
});

test("it cannot make the triggers of kept totals its own", async () => {
  await sql.query("CREATE TEMPORARY TABLE forged AS SELECT * FROM issues LIMIT 0");
  const trigger = `CREATE TRIGGER forging AFTER INSERT ON forged
    REFERENCING NEW TABLE AS new_issues FOR EACH STATEMENT EXECUTE FUNCTION issues_keep_filed()`;
  expect(await answerTo(trigger)).toBe(NO_RIGHT);
});

test("it starts on an up-to-date database, and says what to do on another one", async () => {
  expect(await bringDatabaseUpToDate({ url, ownerUrl: null }, () => {})).toEqual([]);
  await asOwnerOfAll(
    "UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name LIKE '%000014%'",
  );
  const start = bringDatabaseUpToDate({ url, ownerUrl: null }, () => {});
  await expect(start).rejects.toThrow(/lacks 1 migrations.*MIGRATE_DATABASE_URL/s);
  await asOwnerOfAll("UPDATE _prisma_migrations SET finished_at = now() WHERE finished_at IS NULL");
});

test("a role that is not there is named", async () => {
  await expect(grantAppRole(ownerUrl, "nobody_at_all")).rejects.toThrow(/CREATE ROLE/);
});
