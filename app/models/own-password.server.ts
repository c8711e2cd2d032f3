import { db } from "~/database/client.server";
import { transaction } from "~/database/transaction.server";
import { refuse } from "~/domain/refusal";
import type { Act } from "./issue-change.server";
import { recordAudit } from "./audit.server";
import { closeInvites } from "./invite.server";
import { hashPassword } from "./password.server";
import { tryPassword } from "./password-try.server";
import { endSessionsOf } from "./session.server";
import { type OwnSession, sessionsOf } from "./user-session.server";

/** Too many wrong tries of the current password: it is a sign-in like any other. */
export class PasswordThrottled extends Error {
  constructor(readonly retryAfterSeconds: number) {
    super("Too many wrong tries.");
    this.name = "PasswordThrottled";
  }
}

type PasswordChange = {
  readonly userId: number;
  /** Stays signed in; every other session ends. */
  readonly sessionId: number;
  readonly current: string;
  readonly next: string;
  readonly address: string;
};

/** Throws Refusal `wrong_password`, PasswordThrottled, and what hashPassword throws. */
export async function changePassword(change: PasswordChange, act: Act): Promise<void> {
  const { userId, sessionId, current, next, address } = change;
  const { email, passwordHash } = await db().user.findUniqueOrThrow({
    where: { id: userId },
    select: { email: true, passwordHash: true },
  });
  const tried = await tryPassword({ email, address }, current, async () => passwordHash);
  if (tried.kind === "throttled") throw new PasswordThrottled(tried.retryAfterSeconds);
  if (tried.kind === "wrong") refuse({ code: "wrong_password" });
  const newHash = await hashPassword(next);
  await transaction(async (tx) => {
    // Changed from another window meanwhile: what was verified is no longer the password.
    const { count } = await tx.user.updateMany({
      where: { id: userId, passwordHash },
      data: { passwordHash: newHash },
    });
    if (count === 0) refuse({ code: "wrong_password" });
    await endSessionsOf(userId, tx, { except: sessionId });
    // A link to set another one, handed over before, would undo this.
    await closeInvites(tx, userId, act.at);
    await recordAudit({ kind: "password_set", actorId: act.actorId, detail: { how: "own" } }, tx);
  });
}

export type OwnAccess = {
  readonly email: string;
  /** Some sign in elsewhere only, and have none to change. */
  readonly hasPassword: boolean;
  readonly sessions: readonly OwnSession[];
};

/** How somebody gets in, and where they are signed in now. */
export async function ownAccess(userId: number): Promise<OwnAccess> {
  const [{ email, passwordHash }, sessions] = await Promise.all([
    db().user.findUniqueOrThrow({
      where: { id: userId },
      select: { email: true, passwordHash: true },
    }),
    sessionsOf(userId),
  ]);
  return { email, hasPassword: passwordHash !== null, sessions };
}
