import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient } from "~/generated/prisma/client";
import { poolSizeFor } from "~/process-count";
import { isUnanswered } from "./errors";

/** Told by the server where this process is one of several (app/server/worker.ts). */
const POOL_SIZE = Number(process.env.TIYN_POOL_SIZE ?? poolSizeFor(1));

/**
 * How long somebody waits in line for one of them before they are told to come back. The tests, which let many wait on
 * machines that stand still at times, ask for more.
 */
const POOL_WAIT_MS = Number(process.env.TIYN_POOL_WAIT_MS ?? 5_000);

/**
 * How long one statement may stay unanswered: longer than PostgreSQL's own limits (transaction.server.ts), so that only a
 * database that hangs, or a connection that leads nowhere, gets so far. `?query_timeout=` in DATABASE_URL overrides it.
 */
const QUERY_TIMEOUT_MS = 35_000;

type Database = { client: PrismaClient; pool: pg.Pool };

// Kept on globalThis because the development server loads this module anew after every edit.
const holder = globalThis as typeof globalThis & { tiynDatabase?: Database };

function open(): Database {
  const connectionString = process.env.DATABASE_URL;
  if (!connectionString)
    throw new Error("DATABASE_URL is not set: start the app through its server.");
  const pool = new pg.Pool({
    connectionString,
    max: POOL_SIZE,
    connectionTimeoutMillis: POOL_WAIT_MS,
    // A transaction that stalls must give its locks back even when this process hangs.
    idle_in_transaction_session_timeout: 15_000,
    query_timeout: QUERY_TIMEOUT_MS,
    // Without it an idle connection that died is noticed only by the next reader.
    keepAlive: true,
    application_name: "tiyn",
  });
  // A connection that breaks is replaced at the next use; without a listener it would end the process. The pool
  // listens to idle ones only, and one that was just lent has nobody listening yet.
  pool.on("error", () => {});
  pool.on("connect", (client) => client.on("error", () => {}));
  pool.on("connect", cutWhenUnanswered);
  const adapter = new PrismaPg(pool);
  // Prisma's own limits stay above PostgreSQL's (transaction.server.ts), so that the database always ends a
  // transaction first: a timeout of Prisma's during COMMIT would leave the outcome unknown.
  const client = new PrismaClient({
    adapter,
    transactionOptions: { maxWait: 2 * POOL_WAIT_MS, timeout: 60_000 },
  });
  return { client, pool };
}

// A connection whose answer is overdue would keep the next ones waiting behind it: it is cut, and not used again.
function cutWhenUnanswered(client: pg.PoolClient): void {
  const query = client.query.bind(client) as (...given: unknown[]) => unknown;
  const watched = (...given: unknown[]) => {
    const answer = query(...given);
    if (answer instanceof Promise)
      answer.catch((error: unknown) => {
        if (isUnanswered(error)) void (client as unknown as pg.Client).end().catch(() => {});
      });
    return answer;
  };
  client.query = watched as typeof client.query;
}

function database(): Database {
  return (holder.tiynDatabase ??= open());
}

/** The one Prisma client of this process. */
export function db(): PrismaClient {
  return database().client;
}

/** The connection pool beneath it, for cursors that stream (the CSV). */
export function connectionPool(): pg.Pool {
  return database().pool;
}

/** Closes every connection; the next use opens anew. */
export async function closeDatabase(): Promise<void> {
  const open = holder.tiynDatabase;
  if (!open) return;
  delete holder.tiynDatabase;
  await open.client.$disconnect();
  await open.pool.end();
}
