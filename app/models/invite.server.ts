import { createHash, randomBytes } from "node:crypto";
import { db } from "~/database/client.server";
import { type Tx, transaction } from "~/database/transaction.server";
import { refuse } from "~/domain/refusal";
import type { Act } from "./issue-change.server";
import { recordAudit } from "./audit.server";
import { endSessionsOf } from "./session.server";

/** Long enough for a weekend; the database allows no more than a week. */
const INVITE_HOURS = 72;

/** 32 bytes in base64url: 256 bits that nobody guesses. */
const TOKEN_FORM = /^[\w-]{43}$/;

/** The table holds only this, so that reading it opens no account. */
function tokenHash(token: string): string {
  return createHash("sha256").update(token).digest("hex");
}

/**
 * A link with which that person sets their password, once, in the next 72 hours; it replaces the one before. The token is
 * kept nowhere. Throws Refusal `not_found`, or `person` for somebody deactivated.
 */
export function createInvite(
  userId: number,
  act: Act,
): Promise<{ token: string; expiresAt: Date }> {
  const token = randomBytes(32).toString("base64url");
  const expiresAt = new Date(act.at.getTime() + INVITE_HOURS * 3_600_000);
  return transaction(async (tx) => {
    const user = await lockUser(tx, userId);
    if (!user) refuse({ code: "not_found" });
    if (user.deactivated) refuse({ code: "person", problem: "deactivated" });
    await closeInvites(tx, userId, act.at);
    const data = { userId, tokenHash: tokenHash(token), createdById: act.actorId };
    await tx.invite.create({
      data: { ...data, createdAt: act.at, expiresAt },
      select: { id: true },
    });
    const detail = { until: expiresAt.toISOString() };
    await recordAudit({ kind: "invited", actorId: act.actorId, subjectId: userId, detail }, tx);
    return { token, expiresAt };
  });
}

/** The link of before does not work any more. */
export async function closeInvites(tx: Tx, userId: number, at: Date): Promise<void> {
  await tx.invite.updateMany({
    where: { userId, usedAt: null, replacedAt: null },
    data: { replacedAt: at },
  });
}

/** Until when the present link works, if there is one. */
export async function openInvite(userId: number): Promise<{ expiresAt: Date } | null> {
  return db().invite.findFirst({
    where: { userId, usedAt: null, replacedAt: null, expiresAt: { gt: new Date() } },
    select: { expiresAt: true },
  });
}

export type Invited = { readonly id: number; readonly name: string; readonly email: string };

/** Whom a link is for. Null when it was used, replaced, has expired, or was never made: nobody is told which. */
export async function invitedBy(token: string): Promise<Invited | null> {
  if (!TOKEN_FORM.test(token)) return null;
  const invite = await db().invite.findFirst({
    where: {
      ...{ tokenHash: tokenHash(token), usedAt: null, replacedAt: null },
      ...{ expiresAt: { gt: new Date() }, user: { deactivatedAt: null } },
    },
    select: { user: { select: { id: true, name: true, email: true } } },
  });
  return invite?.user ?? null;
}

/**
 * Sets the password and ends every session of that person. Null when the link does not work any more: of many uses at
 * once one wins. `passwordHash` is made before, outside the transaction.
 */
export function acceptInvite(
  { token, passwordHash }: { readonly token: string; readonly passwordHash: string },
  at: Date,
): Promise<{ userId: number } | null> {
  return transaction(async (tx) => {
    const invite = await tx.invite.findUnique({
      where: { tokenHash: tokenHash(token) },
      select: { id: true, userId: true },
    });
    const user = invite && (await lockUser(tx, invite.userId));
    if (!invite || !user || user.deactivated) return null;
    const { count } = await tx.invite.updateMany({
      where: { id: invite.id, usedAt: null, replacedAt: null, expiresAt: { gt: at } },
      data: { usedAt: at },
    });
    if (count === 0) return null;
    const { userId } = invite;
    await tx.user.update({ where: { id: userId }, data: { passwordHash }, select: { id: true } });
    await endSessionsOf(userId, tx);
    await recordAudit({ kind: "password_set", actorId: userId, detail: { how: "invite" } }, tx);
    return { userId };
  });
}

type LockedUser = { id: number; deactivated: boolean };

/** The user before their invites: whoever changes an account takes locks in this order. */
async function lockUser(tx: Tx, userId: number): Promise<LockedUser | undefined> {
  const [user] = await tx.$queryRaw<LockedUser[]>`
    SELECT id, deactivated_at IS NOT NULL AS deactivated FROM users WHERE id = ${userId} FOR UPDATE`;
  return user;
}
