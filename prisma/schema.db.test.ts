import { expect, test } from "vitest";
import { schemaDrift } from "~/database/migrate.server";
import { useTestDatabase } from "~/database/test-database";

const url = useTestDatabase();

// Prisma has no need to know of these: nobody reads along them.
const ONLY_IN_SQL = [
  'ALTER TABLE "admin_impersonation_log" DROP CONSTRAINT "admin_impersonation_log_start_fkey"',
  'ALTER TABLE "issue_events" DROP CONSTRAINT "issue_events_chain_fkey"',
  'ALTER TABLE "issue_payouts" DROP CONSTRAINT "issue_payouts_opposite_fkey"',
  'ALTER TABLE "issue_payouts" DROP CONSTRAINT "issue_payouts_seq_fkey"',
  'ALTER TABLE "operation_keys" DROP CONSTRAINT "operation_keys_batch_id_fkey"',
  'DROP INDEX "issues_cycle_idx"',
  'DROP INDEX "issues_filed_idx"',
  'DROP INDEX "issues_payout_idx"',
  'DROP INDEX "issues_severity_idx"',
  'DROP INDEX "issues_status_idx"',
  'DROP INDEX "issues_tester_idx"',
];

test("the migrations make the tables that schema.prisma describes", async () => {
  const drift = await schemaDrift(url);
  const statements = drift
    .split(";")
    .map((statement) => statement.replace(/^\s*--.*$/gm, "").trim())
    .filter(Boolean);
  expect(statements.sort()).toEqual(ONLY_IN_SQL);
});
