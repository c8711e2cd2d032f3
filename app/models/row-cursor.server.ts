import type { PoolClient } from "pg";
import { connectionPool } from "~/database/client.server";
import { Overcrowded } from "./turnstile";

/** Rows that come as fast as they are asked for. Whoever opens one closes it, whatever happens. */
export type RowSource<Row> = {
  /** The next rows; none at the end. One call at a time. */
  next(): Promise<readonly Row[]>;
  /** May come at any time, also while rows are awaited, and more than once. */
  close(): Promise<void>;
};

/** So many that the way to the database and back does not count, so few that they are quickly made text. */
const ROWS_AT_ONCE = 1_000;

/** Of a copy's 12 connections: pages must not wait for people who download. */
const MOST_OPEN = 4;

/** A reader who takes nothing for a minute has left; PostgreSQL itself ends the session then. */
const LIMITS = `SET LOCAL idle_in_transaction_session_timeout = '60s'; SET LOCAL statement_timeout = '30s'`;

let openCursors = 0;

/**
 * Runs a query whose rows are read little by little, on a connection of its own: what the query saw when it began, in
 * memory that does not grow. `values` are its $1, $2 …; rows are what `pg` makes of them, dates and bigints as text.
 * Throws Overcrowded while too many are open, and what the database throws.
 */
export async function openRowCursor<Row extends object>(
  sql: string,
  values: readonly unknown[],
): Promise<RowSource<Row>> {
  const client = await takeConnection();
  try {
    await client.query(`BEGIN READ ONLY; ${LIMITS}`);
    await client.query(`DECLARE export NO SCROLL CURSOR FOR ${sql}`, [...values]);
  } catch (error) {
    client.giveBack("broken");
    throw error;
  }
  return rowSource<Row>(client);
}
