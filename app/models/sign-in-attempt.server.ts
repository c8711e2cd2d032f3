import { db } from "~/database/client.server";
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

/** Seconds until another try is allowed, or 0. Tries refused by this do not count as tries. */
export async function secondsUntilNextTry(attempt: Attempt): Promise<number> {
  const { email, address } = keyOf(attempt);
  const [throttle] = await db().$queryRaw<{ seconds: number }[]>`
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

export async function recordAttempt(attempt: Attempt, succeeded: boolean): Promise<void> {
  await db().signInAttempt.create({
    data: { ...keyOf(attempt), succeeded },
    select: { id: true },
  });
}
