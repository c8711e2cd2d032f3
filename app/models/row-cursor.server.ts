import type { PoolClient } from "pg";
import { connectionPool } from "~/database/client.server";
import { isUnanswered } from "~/database/errors";
import { fetchText, type TextRow } from "./text-fetch.server";
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
const FETCH = `FETCH ${ROWS_AT_ONCE} FROM export`;

/** Of a copy's 12 connections: pages must not wait for people who download. */
const MOST_OPEN = 4;

/** A reader who takes nothing for a minute has left; PostgreSQL itself ends the session then. */
const LIMITS =
  "SET LOCAL idle_in_transaction_session_timeout = '60s'; SET LOCAL statement_timeout = '30s'";

/**
 * Runs a query whose rows are read little by little, on a connection of its own: what the query saw when it began, in
 * memory that does not grow. `values` are its $1, $2 …; rows are what `pg` makes of them, so cast dates to text.
 * Throws Overcrowded while too many are open, and what the database throws.
 */
export async function openRowCursor<Row extends object>(
  sql: string,
  values: readonly unknown[],
): Promise<RowSource<Row>> {
  const loan = await openCursor(sql, values);
  return rowSource(loan, async () =>
    takeOut((await loan.client.query<Row>(FETCH)).rows, (row) => row),
  );
}

/** The same for the longest files: `rowOf` gets each column as text, in the order of the query. */
export async function openTextCursor<Row>(
  sql: string,
  values: readonly unknown[],
  rowOf: (columns: TextRow) => Row,
): Promise<RowSource<Row>> {
  const loan = await openCursor(sql, values);
  return rowSource(loan, async () => takeOut(await fetchText(loan.client, FETCH), rowOf));
}

/**
 * The callbacks of `pg`'s old queries keep the rows they were given alive until the next full collection: 100 MB of rows
 * that are long written, copied about by every small collection before it. So nothing is left in their hands.
 */
function takeOut<Fetched, Row>(fetched: Fetched[], rowOf: (fetched: Fetched) => Row): Row[] {
  const rows = fetched.map((row) => rowOf(row));
  fetched.length = 0;
  return rows;
}

async function openCursor(sql: string, values: readonly unknown[]): Promise<Loan> {
  const loan = await borrow();
  try {
    await loan.client.query(`BEGIN READ ONLY; ${LIMITS}`);
    await loan.client.query(`DECLARE export NO SCROLL CURSOR FOR ${sql}`, [...values]);
    return loan;
  } catch (error) {
    loan.giveBack("broken");
    throw error;
  }
}

type Loan = { client: PoolClient; giveBack(state: "clean" | "broken"): void };

let openLoans = 0;

async function borrow(): Promise<Loan> {
  if (openLoans >= MOST_OPEN) throw new Overcrowded();
  openLoans++;
  const client = await connectionPool().connect().catch(notLent);
  let isLent = true;
  const giveBack: Loan["giveBack"] = (state) => {
    if (!isLent) return;
    isLent = false;
    openLoans--;
    if (state === "clean") client.off("error", onError);
    client.release(state === "broken");
  };
  // Between two fetches nobody awaits the connection: when it breaks then, this is who hears of it.
  const onError = () => giveBack("broken");
  client.on("error", onError);
  return { client, giveBack };
}

function notLent(error: unknown): never {
  openLoans--;
  throw error;
}

function rowSource<Row>(loan: Loan, fetch: () => Promise<readonly Row[]>): RowSource<Row> {
  let isFetching = false;
  let ahead: Promise<readonly Row[]> | null = null;
  let closing: Promise<void> | null = null;

  async function fetchRows(): Promise<readonly Row[]> {
    isFetching = true;
    try {
      return await fetch();
    } catch (error) {
      // Nothing more would be answered there.
      if (isUnanswered(error)) loan.giveBack("broken");
      throw error;
    } finally {
      isFetching = false;
    }
  }

  return {
    async next() {
      // Its connection may be someone else's by now.
      if (closing) throw new Error("the cursor is closed");
      const rows = await (ahead ?? fetchRows());
      // The database works on the next rows while these are made text and sent.
      ahead = rows.length < ROWS_AT_ONCE || closing ? Promise.resolve([]) : fetchRows();
      // Whoever asks for them gets the failure; without this it would also count as unhandled.
      ahead.catch(() => {});
      return rows;
    },
    close: () => (closing ??= isFetching ? breakOff(loan) : finish(loan)),
  };
}

async function finish({ client, giveBack }: Loan): Promise<void> {
  await client.query("ROLLBACK").then(
    () => giveBack("clean"),
    () => giveBack("broken"),
  );
}

/** The database would notice a closed connection only when it has rows to send. */
async function breakOff({ client, giveBack }: Loan): Promise<void> {
  const { processID } = client as PoolClient & { processID: number };
  giveBack("broken");
  await connectionPool()
    .query("SELECT pg_cancel_backend($1)", [processID])
    .catch(() => {});
}
