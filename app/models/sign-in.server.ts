import { transaction } from "~/database/transaction.server";
import { recordAudit } from "./audit.server";
import { endSession, startSession } from "./session.server";
import type { Attempt } from "./sign-in-attempt.server";
import { tryPassword } from "./password-try.server";
import { type Account, findAccountByEmail } from "./user.server";

export type Verdict =
  | { kind: "right"; account: Account }
  /** The e-mail address or the password: nobody is told which. */
  | { kind: "wrong" }
  | { kind: "throttled"; retryAfterSeconds: number };

/** Checks and counts one try. Takes as long for an unknown e-mail address as for a wrong password. */
export async function verifyCredentials(attempt: Attempt, password: string): Promise<Verdict> {
  const found: { account?: Account | null } = {};
  const verdict = await tryPassword(attempt, password, async () => {
    found.account = await findAccountByEmail(attempt.email);
    return found.account?.passwordHash ?? null;
  });
  if (verdict.kind !== "right") return verdict;
  return found.account ? { kind: "right", account: found.account } : { kind: "wrong" };
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
