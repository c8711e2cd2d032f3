import { isDatabaseAway } from "~/database/errors";
import { OutcomeUnknown, type Tx, transaction } from "~/database/transaction.server";

const TRIES_TO_LEARN_THE_OUTCOME = 3;

/**
 * A transaction whose first act is to claim a one-time key. When the answer to its COMMIT is lost, running it again is
 * the safe way to learn the outcome: claiming the key waits for whatever is still under way, and finds it if it
 * succeeded (DESIGN 5). Throws OutcomeUnknown when the database stays away meanwhile.
 */
export async function keyedTransaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  let unknown: OutcomeUnknown | null = null;
  for (let attempt = 1; ; attempt++) {
    try {
      return await transaction(work);
    } catch (error) {
      if (error instanceof OutcomeUnknown) unknown = error;
      else if (unknown === null || !isDatabaseAway(error)) throw error;
      if (attempt >= TRIES_TO_LEARN_THE_OUTCOME) throw unknown;
      await new Promise((resolve) => setTimeout(resolve, 150 * attempt));
    }
  }
}
