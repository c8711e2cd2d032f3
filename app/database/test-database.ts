import { randomBytes } from "node:crypto";
import { afterAll, beforeAll, inject } from "vitest";
import { closeDatabase } from "./client.server.ts";
import { withClient } from "./with-client.server";

/**
 * Gives the test file that calls it a migrated, empty database of its own and points DATABASE_URL,
 * and with it the database client, there. Call it once, at the top of the file.
 */
export function useTestDatabase(): string {
  const template = new URL(inject("templateUrl"));
  const name = `test_${randomBytes(6).toString("hex")}`;
  const url = withDatabase(template, name);
  process.env.DATABASE_URL = url;

  beforeAll(() =>
    // WAL_LOG copies only pages that hold something, without the checkpoints that the other way needs.
    runApart(template, `CREATE DATABASE ${name} TEMPLATE ${nameOf(template)} STRATEGY WAL_LOG`),
  );
  afterAll(async () => {
    await closeDatabase();
    // FORCE: a test may have left connections of its own open. As superuser: nobody else may end an autovacuum worker.
    await runApart(new URL(inject("superuserUrl")), `DROP DATABASE ${name} WITH (FORCE)`);
  });
  return url;
}

/** The same database with all rights, for what the app's own role may not do: break its guards. */
export function asSuperuser(url: string): string {
  return withDatabase(new URL(inject("superuserUrl")), nameOf(new URL(url)));
}

/** From another database, since nobody may be connected to the template while it is copied. */
async function runApart(server: URL, sql: string): Promise<void> {
  await withClient(withDatabase(server, "postgres"), (client) => client.query(sql));
}

function withDatabase(url: URL, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}

const nameOf = (url: URL) => url.pathname.slice(1);
