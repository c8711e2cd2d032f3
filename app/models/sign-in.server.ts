import { transaction } from "~/database/transaction.server";
import { recordAudit } from "./audit.server";
import { verifyPassword } from "./password.server";
import { endSession, startSession } from "./session.server";
import { type Attempt, recordAttempt, secondsUntilNextTry } from "./sign-in-attempt.server";
import { Turnstile } from "./turnstile";
import { type Account, comparableEmail, findAccountByEmail } from "./user.server";

export type Verdict =
  | { kind: "right"; account: Account }
  /** The e-mail address or the password: nobody is told which. */
  | { kind: "wrong" }
  | { kind: "throttled"; retryAfterSeconds: number };

/** Tries for one account from one address go one after another, or many at once would all pass the count. */
const inLine = new Map<string, Turnstile>();

async function oneByOne<T>(attempt: Attempt, work: () => Promise<T>): Promise<T> {
  const key = `${comparableEmail(attempt.email)} ${attempt.address}`;
  const turnstile = inLine.get(key) ?? new Turnstile({ atOnce: 1, waiting: 100 });
  inLine.set(key, turnstile);
  try {
    return await turnstile.pass(work);
  } finally {
    if (turnstile.idle) inLine.delete(key);
  }
}

/** Checks and counts one try. Takes as long for an unknown e-mail address as for a wrong password. */
export function verifyCredentials(attempt: Attempt, password: string): Promise<Verdict> {
  return oneByOne(attempt, async () => {
    const retryAfterSeconds = await secondsUntilNextTry(attempt);
    if (retryAfterSeconds > 0) return { kind: "throttled", retryAfterSeconds };
    const account = await findAccountByEmail(attempt.email);
    const right = await verifyPassword(password, account?.passwordHash ?? null);
    await recordAttempt(attempt, right);
    return account && right ? { kind: "right", account } : { kind: "wrong" };
  });
}

export type SignIn = {
  userId: number;
  address: string;
  userAgent: string | null;
  /** The session's secret that the browser sent along, if any. */
  replaces: string | null;
};

/** Starts a session, in place of the browser's present one, and returns its secret. */
export function signIn(by: SignIn): Promise<{ sessionId: number; secret: string }> {
  return transaction(async (tx) => {
    const session = await startSession(by, tx);
    const detail = { sessionId: session.sessionId };
    await recordAudit({ kind: "signed_in", actorId: by.userId, address: by.address, detail }, tx);
    return session;
  });
}

export async function signOut(by: {
  id: number;
  sessionId: number;
  address: string;
}): Promise<void> {
  await transaction(async (tx) => {
    if (!(await endSession(by.sessionId, tx))) return;
    const detail = { sessionId: by.sessionId };
    await recordAudit({ kind: "signed_out", actorId: by.id, address: by.address, detail }, tx);
  });
}
