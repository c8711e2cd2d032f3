/** What was written stays: no update, delete or truncate, whichever way SQL can say it (DESIGN 3). */
import { beforeAll, describe, expect, test } from "vitest";
import { pay, prepare, reverse } from "./rules-batch";
import { approveInBulk } from "./rules-bulk";
import { type ItemRow } from "./rules-fixture";
import { comparison, identity, look, openInvite, someHash, startView } from "./rules-people";
import {
  answerTo,
  appendOnly,
  everything,
  expectRefused,
  illegal,
  type Refusal,
  useWorld,
} from "./rules-refusal";
import { all, insert, insertOne, inTransaction, one, update } from "./rules-sql";
import { issueIn, paidIssue } from "./rules-states";
import { suggestion } from "./rules-suggestion";

const world = useWorld();

// What each table's rows are told apart by, and a column that somebody could want to change.
const APPEND_ONLY = [
  { table: "issue_events", key: "id", set: "note = 'changed'" },
  { table: "issue_payouts", key: "id", set: "reference = 'changed'" },
  { table: "payment_corrections", key: "id", set: "reference = 'changed'" },
  { table: "bulk_decisions", key: "id", set: "content_hash = 'changed'" },
  { table: "operation_keys", key: "user_id, operation, key", set: "content_hash = 'changed'" },
  { table: "audit_log", key: "id", set: "kind = 'changed'" },
  { table: "admin_impersonation_log", key: "id", set: "reason = 'changed'" },
  { table: "issue_comments", key: "id", set: "body = 'changed'" },
  { table: "identities", key: "id", set: "subject = 'changed'" },
  { table: "oidc_used_states", key: "state_hash", set: "at = now()" },
  { table: "doctor_runs", key: "id", set: "took_ms = 1" },
  { table: "doctor_looks", key: "run_id", set: "note = 'changed'" },
  { table: "restorations", key: "id", set: "backup_at = now()" },
  { table: "restoration_looks", key: "restoration_id", set: "note = 'changed'" },
  { table: "payee_changes", key: "id", set: "new_iban = NULL" },
  { table: "suggestion_calls", key: "id", set: "reserved_tokens = 1" },
  { table: "suggestion_answers", key: "call_id", set: "took_ms = 1" },
  { table: "cycle_reports", key: "id", set: "body = 'changed'" },
];

// These change, but only the ways that the other tests show.
const NEVER_DELETED = [
  { table: "issues", set: "title = 'changed'", refusal: illegal("issues_version_step") },
  {
    table: "payout_batches",
    set: "prepared_at = now()",
    refusal: illegal("payout_batches_legal_move"),
  },
  {
    table: "payout_transfers",
    set: "total_amount = 1",
    refusal: illegal("payout_transfers_legal_change"),
  },
  {
    table: "payout_batch_items",
    set: "amount = 1",
    refusal: illegal("payout_batch_items_legal_move"),
  },
  { table: "invites", set: "expires_at = now()", refusal: illegal("invites_legal_change") },
  { table: "suggestion_jobs", set: "round = 9", refusal: illegal("suggestion_jobs_legal_change") },
];

const TABLES = [...APPEND_ONLY, ...NEVER_DELETED].map(({ table }) => table);
// Screenshots may be taken away while their issue can be edited: see screenshot-rules.db.test.ts.
const ALL_OF_THEM = [...TABLES, "screenshots", "issue_search"];
const ANY_OF_THEM = ALL_OF_THEM.map(appendOnly);

beforeAll(async () => {
  const w = world();
  const id = await paidIssue(w);
  const payment = await one<{ id: number }>(
    w,
    "SELECT id FROM issue_payouts WHERE issue_id = $1",
    id,
  );
  const mended = {
    payment_id: payment.id,
    reference: "8842",
    paid_on: "2026-05-10",
    reason: "Typo",
  };
  await insert(w, "payment_corrections", { ...mended, corrected_by: w.admin });
  await inTransaction(w, () => reverse(w, id));
  const pending = await issueIn(w, "pending");
  await inTransaction(w, () => approveInBulk(w, [pending]));
  const held = await issueIn(w, "approved");
  const batchId = await inTransaction(w, () => prepare(w, [held]));
  const key = { user_id: w.admin, operation: "prepare", key: "k1", content_hash: "h1" };
  await insert(w, "operation_keys", { ...key, batch_id: batchId });
  const comment = { issue_id: id, author_id: w.tester, body: "Which phone?", key: "k1" };
  await insert(w, "issue_comments", comment);
  await inTransaction(w, async () => {
    const payee = { kaspi_phone: "+77015550100", payee_changed_at: "2026-05-10T07:00:00Z" };
    await insert(w, "payee_changes", {
      ...{ user_id: w.tester, actor_id: w.tester, at: payee.payee_changed_at },
      new_kaspi_phone: payee.kaspi_phone,
    });
    await update(w, "users", w.tester, payee);
  });
  await startView(w);
  await openInvite(w);
  await identity(w);
  await insert(w, "oidc_used_states", { state_hash: someHash() });
  await look(w);
  await comparison(w);
  await suggestion(w, id);
  await insert(w, "audit_log", { actor_id: w.admin, subject_id: w.tester, kind: "sign_in" });
});

const refusedSql = (text: string, ...refusals: readonly Refusal[]) =>
  expectRefused(world(), () => world().sql.query(text), ...refusals);

test("every one of these tables holds something to lose", async () => {
  const sizes = await everything(world());
  for (const table of TABLES) expect(sizes[table]).not.toMatch(/^0 rows/);
});

describe.each(APPEND_ONLY)("$table", ({ table, key, set }) => {
  const refusal = appendOnly(table);
  const statements = [
    `UPDATE ${table} SET ${set}`,
    `UPDATE ${table} SET ${set} WHERE false`,
    `WITH changed AS (UPDATE ${table} SET ${set} RETURNING 1) SELECT count(*) FROM changed`,
    `INSERT INTO ${table} SELECT * FROM ${table} ON CONFLICT (${key}) DO UPDATE SET ${set}`,
    `MERGE INTO ${table} t USING (SELECT) s ON true WHEN MATCHED THEN UPDATE SET ${set}`,
    `SELECT FROM ${table} FOR UPDATE; UPDATE ${table} SET ${set}`,
  ];
  test.each(statements)("%s", async (text) => {
    const columns = await writableColumns(table);
    await refusedSql(
      text.replace(/(INTO \w+) SELECT \*/, `$1 (${columns}) SELECT ${columns}`),
      refusal,
    );
  });
});

// Generated columns are nobody's to write.
async function writableColumns(table: string): Promise<string> {
  const { names } = await one<{ names: string }>(
    world(),
    `SELECT string_agg(column_name, ', ') AS names FROM information_schema.columns
     WHERE table_schema = current_schema() AND table_name = $1 AND is_generated = 'NEVER'`,
    table,
  );
  return names;
}

describe.each(TABLES)("%s", (table) => {
  const refusal = appendOnly(table);
  test.each([
    `DELETE FROM ${table}`,
    `DELETE FROM ${table} WHERE false`,
    `WITH gone AS (DELETE FROM ${table} RETURNING 1) SELECT count(*) FROM gone`,
    `MERGE INTO ${table} t USING (SELECT) s ON true WHEN MATCHED THEN DELETE`,
  ])("%s", (text) => refusedSql(text, refusal));

  test.each([
    `TRUNCATE ${table} CASCADE`,
    `TRUNCATE ${table} RESTART IDENTITY CASCADE`,
    `TRUNCATE ${ALL_OF_THEM.join(", ")}`,
  ])("%s", (text) => refusedSql(text, ...ANY_OF_THEM));
});

describe.each(NEVER_DELETED)("$table", ({ table, set, refusal }) => {
  test(`UPDATE ${table} SET ${set}`, () => refusedSql(`UPDATE ${table} SET ${set}`, refusal));
});

describe("the tables above them", () => {
  test.each(["users", "test_cycles"])("TRUNCATE %s CASCADE", (table) =>
    refusedSql(`TRUNCATE ${table} CASCADE`, ...ANY_OF_THEM),
  );

  test.each(["users", "test_cycles"])("DELETE FROM %s", async (table) => {
    const before = await everything(world());
    const answer = await answerTo(world(), () => world().sql.query(`DELETE FROM ${table}`));
    // PostgreSQL 18 answers 23001 to RESTRICT where older ones answer 23503.
    expect(answer).toMatchObject({ code: expect.stringMatching(/^23(001|503)$/) as string });
    expect(await everything(world())).toEqual(before);
  });

  const moveTo = (id: number) => `UPDATE users SET id = id + 1000000 WHERE id = ${id}`;

  // A new number would cascade into whatever they did: the events refuse that, even where there is none.
  test("a user keeps their number", async () => {
    const somebody = { name: "Somebody", email: "somebody@example.com" };
    await refusedSql(moveTo(await insertOne(world(), "users", somebody)), ...ANY_OF_THEM);
  });

  test("a tester with an issue keeps their number", async () => {
    await refusedSql(moveTo(world().tester), illegal("issues_identity_fixed"));
  });

  test("a cycle with issues keeps its number", () =>
    refusedSql("UPDATE test_cycles SET id = id + 1000000", illegal("issues_version_step")));
});

test("a payment cannot be copied under its own number", async () => {
  const [item] = await all<ItemRow>(
    world(),
    "SELECT * FROM payout_batch_items WHERE state = 'paid'",
  );
  if (!item) throw new Error("There is a paid item.");
  const { id } = await one<{ id: number }>(world(), "SELECT id FROM issue_payouts ORDER BY id");
  await expectRefused(world(), () => pay(world(), item, { id }), {
    ...{ code: "23505", rule: "issue_payouts_pkey" },
  });
});
