import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import { PrismaClient } from "~/generated/prisma/client";

/**
 * Connections one copy of the app holds at most. Every money transaction is short, so a few serve many requests; the
 * rest wait in line instead of crowding a database that other copies share.
 */
const POOL_SIZE = 12;

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
    connectionTimeoutMillis: 5_000,
    // A transaction that stalls must give its locks back even when this process hangs.
    idle_in_transaction_session_timeout: 15_000,
    // Without it an idle connection that died is noticed only by the next reader.
    keepAlive: true,
    application_name: "tiyn",
  });
  // An idle connection that breaks is replaced at the next use; without a listener it would end the process.
  pool.on("error", () => {});
  const adapter = new PrismaPg(pool);
  // Prisma's own limits stay above PostgreSQL's (transaction.server.ts), so that the database always ends a
  // transaction first: a timeout of Prisma's during COMMIT would leave the outcome unknown.
  const client = new PrismaClient({
    adapter,
    transactionOptions: { maxWait: 10_000, timeout: 60_000 },
  });
  return { client, pool };
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
