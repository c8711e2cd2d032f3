import type pg from "pg";
import { DatabaseProblem } from "./database-problem.ts";
import { withClient } from "./with-client.server.ts";

/** The only tables that the app ever deletes rows from; the rest is history. */
const DELETED_FROM = ["cycle_testers", "note_templates", "screenshots", "sign_in_attempts"];

/** Only triggers write these, with their owner's rights. */
const ONLY_READ = ["_prisma_migrations", "kept_changes", "kept_totals"];

/**
 * Gives `role` what the app needs at work in this schema, and takes everything else from it: no DDL, no TRUNCATE, no
 * DELETE but on the first tables above, no writing of the others, and no UPDATE where the tables' own triggers refuse every update. Asked of the owner
 * after each migration, so that new tables are reached too.
 */
export async function grantAppRole(ownerUrl: string, role: string): Promise<void> {
  await withClient(ownerUrl, async (client) => {
    const known = await client.query("SELECT FROM pg_roles WHERE rolname = $1", [role]);
    if (known.rowCount === 0)
      throw new DatabaseProblem(`The role ${role} of DATABASE_URL is not there. ${HOW_TO_MAKE_IT}`);
    await client.query("BEGIN");
    const { rows } = await client.query<{ schema: string }>(
      "SELECT quote_ident(current_schema()) AS schema",
    );
    await client.query(
      await grants(client, rows[0]?.schema ?? "public", client.escapeIdentifier(role)),
    );
    await client.query("COMMIT");
  });
}

const HOW_TO_MAKE_IT = "Make it with: CREATE ROLE name LOGIN PASSWORD '…'";

type Table = { name: string; constant: boolean };

async function grants(client: pg.Client, schema: string, role: string): Promise<string> {
  // Statement triggers that refuse UPDATE (bit 16 of tgtype) as a whole.
  const { rows } = await client.query<Table>(
    `SELECT c.relname AS name, EXISTS (
         SELECT FROM pg_trigger t WHERE t.tgrelid = c.oid AND t.tgtype & 16 <> 0
            AND t.tgfoid = 'refuse_change'::regproc) AS constant
       FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p')
       ORDER BY 1`,
  );
  const lines = rows.map(({ name, constant }) => {
    const isWritten = !ONLY_READ.includes(name);
    const rights = isWritten ? ["SELECT", "INSERT"] : ["SELECT"];
    if (isWritten && !constant) rights.push("UPDATE");
    if (DELETED_FROM.includes(name)) rights.push("DELETE");
    return `GRANT ${rights.join(", ")} ON ${schema}.${client.escapeIdentifier(name)} TO ${role};`;
  });
  return [
    `REVOKE ALL ON ALL TABLES IN SCHEMA ${schema} FROM ${role};`,
    `REVOKE CREATE ON SCHEMA ${schema} FROM ${role};`,
    `GRANT USAGE ON SCHEMA ${schema} TO ${role};`,
    `GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA ${schema} TO ${role};`,
    ...lines,
  ].join("\n");
}
