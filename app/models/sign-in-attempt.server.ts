import { db } from "~/database/client.server";
import { type Tx, transaction } from "~/database/transaction.server";
import { throttleAddress } from "./throttle-address";
import { comparableEmail } from "./user.server";

const WINDOW_SECONDS = 15 * 60;

/** Wrong in a row for one account from one address; the owner, elsewhere, is not kept out by a stranger. */
const WRONG_PER_ACCOUNT = 5;
/** Wrong from one address, whatever the accounts: far above what an office behind one address mistypes. */
const WRONG_PER_ADDRESS = 100;

export type Attempt = { email: string; address: string };

// E-mail addresses have at most 254 characters; what is longer is nobody's, and is not kept whole.
function keyOf({ email, address }: Attempt): Attempt {
  return { email: comparableEmail(email).slice(0, 254), address: throttleAddress(address) };
}

/** A try that was let through, or how long to wait for the next one. */
export type Claim = { id: number } | { retryAfterSeconds: number };

/**
 * Lets a try through and counts it as wrong, in one step: whoever passes has taken a place, in this process or in another
 * copy of the app. `settleTry` says later that it was right. Tries refused by this do not count as tries.
 */
export function claimTry(attempt: Attempt): Promise<Claim> {
  const { email, address } = keyOf(attempt);
  return transaction(async (tx) => {
    // One after another from one address, for both counts; a lock of its own, since there may be no row yet.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`sign-in ${address}`}, 0))`;
    const retryAfterSeconds = await secondsUntilNextTry({ email, address }, tx);
    if (retryAfterSeconds > 0) return { retryAfterSeconds };
    return tx.signInAttempt.create({
      data: { email, address, succeeded: false },
      select: { id: true },
    });
  });
}

/** What became of a try: `right`; `wrong`, as it counts already; or `none`, when nothing was compared after all. */
export async function settleTry(id: number, outcome: "right" | "wrong" | "none"): Promise<void> {
  if (outcome === "right")
    await db().signInAttempt.updateMany({ where: { id }, data: { succeeded: true } });
  if (outcome === "none") await db().signInAttempt.deleteMany({ where: { id } });
}

async function secondsUntilNextTry({ email, address }: Attempt, tx: Tx): Promise<number> {
  const [throttle] = await tx.$queryRaw<{ seconds: number }[]>`
    WITH in_a_row AS (
      SELECT at FROM sign_in_attempts
       WHERE email = ${email} AND address = ${address} AND NOT succeeded
         AND at > now() - ${WINDOW_SECONDS} * interval '1 second'
         AND at > coalesce(
           (SELECT max(at) FROM sign_in_attempts
             WHERE email = ${email} AND address = ${address} AND succeeded), '-infinity')
       ORDER BY at DESC LIMIT ${WRONG_PER_ACCOUNT}
    ), from_here AS (
      SELECT at FROM sign_in_attempts
       WHERE address = ${address} AND NOT succeeded
         AND at > now() - ${WINDOW_SECONDS} * interval '1 second'
       ORDER BY at DESC LIMIT ${WRONG_PER_ADDRESS}
    ), oldest AS (
      SELECT min(at) AS at FROM in_a_row HAVING count(*) >= ${WRONG_PER_ACCOUNT}
      UNION ALL
      SELECT min(at) FROM from_here HAVING count(*) >= ${WRONG_PER_ADDRESS}
    )
    SELECT coalesce(ceil(max(extract(epoch FROM at - now()) + ${WINDOW_SECONDS})), 0)::int AS seconds
      FROM oldest`;
  return Math.max(throttle?.seconds ?? 0, 0);
}
