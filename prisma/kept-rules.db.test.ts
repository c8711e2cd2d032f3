/** Kept totals (docs/decisions/017): written by triggers alone, whoever asks, and equal to the sum after whatever happened. */
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { rebuildKeptTotals } from "~/database/rebuild-totals.server";
import { asSuperuser, useTestDatabase } from "~/database/test-database";
import { dateInZone } from "~/domain/team-date";
import { approveIssue } from "~/models/decision.server";
import { leaveMoneySound, moneyFindings } from "~/models/doctor.fixture";
import { reversePayment } from "~/models/reversal.server";
import { buildAdmin, buildCycle, buildIssue, buildPaidBatch, buildTester } from "./builders";

const url = useTestDatabase();
leaveMoneySound();

type Id = { readonly id: number };
let owner: pg.Client;
let superuser: pg.Client;
let admin: Id;
let tester: Id;
let cycle: Id;

beforeAll(async () => {
  owner = new pg.Client(url);
  superuser = new pg.Client(asSuperuser(url));
  await Promise.all([owner.connect(), superuser.connect()]);
});
afterAll(() => Promise.all([owner.end(), superuser.end()]));

beforeEach(async () => {
  admin = await buildAdmin({ name: "Nazira" });
  tester = await buildTester({ name: "Aibek" });
  cycle = await buildCycle({ testers: [tester] });
});

/** Of this test's tester; "cycle" or "all" for the level, then what, how many and how much. */
async function kept(): Promise<string[]> {
  const { rows } = await owner.query<{ line: string }>(
    `SELECT concat_ws(' ', CASE WHEN cycle_id IS NULL THEN 'all' ELSE 'cycle' END, what, severity, currency, issues, amount) AS line
       FROM kept_totals WHERE tester_id = $1 AND issues <> 0 ORDER BY cycle_id NULLS LAST, what, severity`,
    [tester.id],
  );
  return rows.map(({ line }) => line);
}

const act = () => ({ actorId: admin.id, at: new Date() });

async function approved(): Promise<number> {
  const { id } = await buildIssue({ tester, cycle, severity: "high" });
  await approveIssue({ issueId: id }, act());
  return id;
}

test("a draft is in none, what is filed in three", async () => {
  await buildIssue({ tester, cycle, draft: true });
  expect(await kept()).toEqual([]);
  await buildIssue({ tester, cycle, severity: "low" });
  await buildIssue({ tester, cycle, severity: "low" });
  expect(await kept()).toEqual(["cycle pending low 2 0", "all pending low 2 0"]);
  const { rows } = await owner.query(
    "SELECT what, severity, issues::int FROM kept_totals WHERE tester_id IS NULL AND cycle_id = $1",
    [cycle.id],
  );
  expect(rows).toEqual([{ what: "pending", severity: "low", issues: 2 }]);
});

test("an approval, a payment and a reversal move on", async () => {
  const id = await approved();
  const cycleLines = async () => (await kept()).filter((line) => line.startsWith("cycle"));
  expect(await cycleLines()).toEqual(["cycle approved KZT 1 800000"]);
  await buildPaidBatch({ admin, issueIds: [id] });
  expect(await cycleLines()).toEqual(["cycle paid KZT 1 800000", "cycle payment KZT 1 800000"]);
  const on = dateInZone(new Date(), "Asia/Almaty");
  await reversePayment({ issueId: id, kind: "bounced", reason: "Wrong card", on }, act());
  expect(await cycleLines()).toEqual([
    "cycle approved KZT 1 800000",
    "cycle payment KZT 1 800000",
    "cycle bounced KZT 1 -800000",
  ]);
});

test("an issue with a payment behind it takes that along to another cycle", async () => {
  const id = await approved();
  await buildPaidBatch({ admin, issueIds: [id] });
  const on = dateInZone(new Date(), "Asia/Almaty");
  await reversePayment({ issueId: id, kind: "never_sent", reason: "Forgotten", on }, act());
  const other = await buildCycle({ testers: [tester] });
  await move(id, { payout_status: "rejected", status: "wont_fix" }, "status_changed");
  await move(id, { payout_status: "pending", status: "open" }, "status_changed");
  await move(id, { payout_status: "pending", status: "open", cycle_id: other.id }, "cycle_changed");
  const { rows } = await owner.query<{ cycle_id: number }>(
    "SELECT DISTINCT cycle_id FROM kept_totals WHERE tester_id = $1 AND cycle_id IS NOT NULL AND issues <> 0",
    [tester.id],
  );
  expect(rows).toEqual([{ cycle_id: other.id }]);
  expect(await moneyFindings()).toEqual([]);
});

type Move = { payout_status: string; status: string; cycle_id?: number };

/** With its event, as the app writes it. */
async function move(id: number, to: Move, kind: string): Promise<void> {
  await owner.query("BEGIN");
  await owner.query(
    `INSERT INTO issue_events (issue_id, version, kind, actor_id, from_status, to_status, from_payout_status, to_payout_status, amount, currency, reason)
       SELECT id, version + 1, $2::issue_event_kind, $3, status, $4::issue_status, payout_status, $5::payout_status, approved_amount, approved_currency, 'wont_fix'
         FROM issues WHERE id = $1`,
    [id, kind, admin.id, to.status, to.payout_status],
  );
  await owner.query(
    `UPDATE issues SET version = version + 1, status = $2::issue_status, payout_status = $3::payout_status,
            cycle_id = coalesce($4, cycle_id), approved_amount = NULL, approved_currency = NULL, approved_at = NULL, approved_by = NULL
      WHERE id = $1`,
    [id, to.status, to.payout_status, to.cycle_id ?? null],
  );
  await owner.query("COMMIT");
}

describe("by hand", () => {
  test.each([
    "INSERT INTO kept_totals (what, issues, amount) VALUES ('paid', 1, 1)",
    "UPDATE kept_totals SET amount = amount + 1",
    "DELETE FROM kept_totals",
    "TRUNCATE kept_totals",
    `INSERT INTO kept_changes (ends_statement, tester_id, cycle_id, what, issues, amount) VALUES (true, 1, 1, 'paid', 1, 1)`,
    "TRUNCATE kept_changes",
  ])("nobody writes them, not even their owner: %s", async (statement) => {
    await expect(owner.query(statement)).rejects.toMatchObject({ code: "TY003" });
  });
});

test("a temporary table of that name takes nothing away from them", async () => {
  await owner.query("CREATE TEMPORARY TABLE kept_changes AS SELECT * FROM kept_changes");
  await owner.query("CREATE TEMPORARY TABLE kept_totals AS SELECT * FROM kept_totals");
  try {
    await owner.query(
      `WITH filed AS (
         INSERT INTO issues (cycle_id, tester_id, severity, title, status, filed_at)
           VALUES (${cycle.id}, ${tester.id}, 'low', 'Crash', 'open', now()) RETURNING id)
       INSERT INTO issue_events (issue_id, version, kind, to_status, to_payout_status)
         SELECT id, 1, 'filed', 'open', 'pending' FROM filed`,
    );
  } finally {
    await owner.query("DROP TABLE pg_temp.kept_changes, pg_temp.kept_totals");
  }
  expect(await kept()).toEqual(["cycle pending low 1 0", "all pending low 1 0"]);
});

test("what is rolled back is not kept, and nothing stays behind of what was", async () => {
  await owner.query("BEGIN");
  await owner.query(
    `INSERT INTO issues (cycle_id, tester_id, severity, title, status, filed_at)
       VALUES ($1, $2, 'low', 'Crash', 'open', now())`,
    [cycle.id, tester.id],
  );
  await owner.query("ROLLBACK");
  await approved();
  expect(await kept()).toEqual(["cycle approved KZT 1 800000", "all approved KZT 1 800000"]);
  expect((await owner.query("SELECT FROM kept_changes")).rowCount).toBe(0);
});

test("wrong ones are told, and right again once they are added up anew", async () => {
  await buildPaidBatch({ admin, issueIds: [await approved()] });
  await superuser.query("SET session_replication_role = replica");
  await superuser.query("UPDATE kept_totals SET issues = issues + 1 WHERE tester_id = $1", [
    tester.id,
  ]);
  await superuser.query("SET session_replication_role = DEFAULT");
  const [found] = await moneyFindings();
  expect(found).toMatchObject({ check: "totals_kept" });
  expect(await rebuildKeptTotals(url)).toBeGreaterThan(0);
  expect(await moneyFindings()).toEqual([]);
});
