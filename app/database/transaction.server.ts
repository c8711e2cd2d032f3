import type { Prisma } from "~/generated/prisma/client";
import { db } from "./client.server";
import { sqlState } from "./errors";

export type Tx = Prisma.TransactionClient;

/**
 * The answer to COMMIT never came: the transaction may have happened or not. Never to be told as "failed"; the caller
 * looks its one-time key up, or answers 503 with the same form and key (DESIGN 5).
 */
export class OutcomeUnknown extends Error {
  constructor(cause: unknown) {
    super("The database did not say whether the transaction was committed.", { cause });
    this.name = "OutcomeUnknown";
  }
}

/** Tries in all, DESIGN 5. */
const MAX_TRIES = 5;
/** Serialization failure, deadlock, lock not available: another transaction was in the way, and a new try may pass. */
const RETRIED = new Set(["40001", "40P01", "55P03"]);

// Below Prisma's and the pool's limits, so that PostgreSQL is always the one that ends a transaction.
const LOCK_TIMEOUT = "4s";
const STATEMENT_TIMEOUT = "30s";
const IDLE_TIMEOUT = "10s";

function pauseBeforeTry(attempt: number): Promise<void> {
  const longest = 20 * 2 ** attempt;
  return new Promise((resolve) => setTimeout(resolve, longest * (0.5 + Math.random() / 2)));
}

// An answer with a SQLSTATE other than a cut connection means: rolled back, and we were told so.
function wasRefused(error: unknown): boolean {
  const state = sqlState(error);
  return state !== null && !/^(08|57P0)/.test(state);
}

async function tryOnce<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  let committing = false;
  try {
    return await db().$transaction(async (tx) => {
      await tx.$queryRaw`SELECT
        set_config('lock_timeout', ${LOCK_TIMEOUT}, true),
        set_config('statement_timeout', ${STATEMENT_TIMEOUT}, true),
        set_config('idle_in_transaction_session_timeout', ${IDLE_TIMEOUT}, true)`;
      const result = await work(tx);
      // The deferred rules speak now, as an ordinary error, and not in the middle of COMMIT.
      await tx.$executeRaw`SET CONSTRAINTS ALL IMMEDIATE`;
      committing = true;
      return result;
    });
  } catch (error) {
    if (committing && !wasRefused(error)) throw new OutcomeUnknown(error);
    throw error;
  }
}

/**
 * Runs `work` in one transaction: the only way to open one. Conflicts with other transactions are retried whole, with
 * jitter, at most 5 times, so `work` must have no effect outside the database.
 * Throws what `work` throws, the database's own error, or OutcomeUnknown.
 */
export async function transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await tryOnce(work);
    } catch (error) {
      const state = sqlState(error);
      if (state === null || !RETRIED.has(state) || attempt === MAX_TRIES) throw error;
      await pauseBeforeTry(attempt);
    }
  }
}
