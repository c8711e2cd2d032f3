import { createHash } from "node:crypto";
import { db } from "~/database/client.server";
import { isUniqueViolation } from "~/database/errors";
import { transaction, type Tx } from "~/database/transaction.server";
import type { IdentityLink } from "~/generated/prisma/client";
import { recordAudit } from "./audit.server";
import { type Verdict, verifyCredentials } from "./sign-in.server";

/** What a provider says of somebody, its token validated. */
export type Claims = {
  issuer: string;
  subject: string;
  email: string | null;
  /** True only when the provider said the boolean true. */
  emailVerified: boolean;
};

type Subject = Pick<Claims, "issuer" | "subject">;

/** Whom an identity belongs to, and where the claims came from. */
export type Identified =
  | { kind: "known"; userId: number }
  /** Linked just now: the verified e-mail address was a user's who had neither identity nor password (DESIGN 7). */
  | { kind: "linked"; userId: number }
  /** The address is of a user who has a password, and confirms with it once. */
  | { kind: "password_needed"; userId: number; email: string }
  | { kind: "refused"; reason: "unverified" | "unknown" | "deactivated" | "other_identity" };

type Holder = {
  id: number;
  email: string;
  hasPassword: boolean;
  isActive: boolean;
  hasIdentity: boolean;
};

/**
 * One sign-in at the provider counts once, however often its answer is sent: false when this `state` came back before.
 */
export async function claimState(state: string): Promise<boolean> {
  const stateHash = createHash("sha256").update(state).digest("hex");
  try {
    await db().oidcUsedState.create({ data: { stateHash }, select: { stateHash: true } });
    return true;
  } catch (error) {
    if (isUniqueViolation(error)) return false;
    throw error;
  }
}

/** Finds whose identity this is, or links it where that is safe. */
export async function identify(claims: Claims, address: string): Promise<Identified> {
  const known = await userOf(claims);
  if (known) return known;
  const { email } = claims;
  if (!claims.emailVerified || email === null) return { kind: "refused", reason: "unverified" };
  return oncePerIdentity(claims, () =>
    transaction(async (tx) => {
      const holder = await lockHolder(email, tx);
      if (!holder) return { kind: "refused", reason: "unknown" };
      if (!holder.isActive) return { kind: "refused", reason: "deactivated" };
      if (holder.hasIdentity) return { kind: "refused", reason: "other_identity" };
      if (holder.hasPassword)
        return { kind: "password_needed", userId: holder.id, email: holder.email };
      await link({ ...claims, userId: holder.id, how: "email", address }, tx);
      return { kind: "linked", userId: holder.id };
    }),
  );
}

async function userOf({ issuer, subject }: Subject): Promise<Identified | null> {
  const found = await db().identity.findUnique({
    where: { issuer_subject: { issuer, subject } },
    select: { user: { select: { id: true, deactivatedAt: true } } },
  });
  if (!found) return null;
  if (found.user.deactivatedAt) return { kind: "refused", reason: "deactivated" };
  return { kind: "known", userId: found.user.id };
}

/** Two tabs that link the same identity at once: the second one finds it linked. */
async function oncePerIdentity(
  subject: Subject,
  work: () => Promise<Identified>,
): Promise<Identified> {
  try {
    return await work();
  } catch (error) {
    const known = isUniqueViolation(error) ? await userOf(subject) : null;
    if (!known) throw error;
    return known;
  }
}

/** Whose e-mail address this is, without regard to case; locked, so that nobody sets a password or links meanwhile. */
async function lockHolder(email: string, tx: Tx): Promise<Holder | null> {
  const [holder] = await tx.$queryRaw<Holder[]>`
    SELECT u.id, u.email, u.password_hash IS NOT NULL AS "hasPassword",
           u.deactivated_at IS NULL AS "isActive",
           EXISTS (SELECT FROM identities i WHERE i.user_id = u.id) AS "hasIdentity"
      FROM users u WHERE lower(u.email) = lower(${email.trim()})
       FOR NO KEY UPDATE OF u`;
  return holder ?? null;
}

type Link = Subject & {
  userId: number;
  how: IdentityLink;
  address: string;
};

async function link({ userId, issuer, subject, how, address }: Link, tx: Tx): Promise<void> {
  await tx.identity.create({ data: { userId, issuer, subject, how }, select: { id: true } });
  const detail = { issuer, subject, how };
  await recordAudit({ kind: "identity_linked", actorId: userId, address, detail }, tx);
}

/** Somebody back from the provider whose address is a user's with a password. */
export type Confirmation = Subject & {
  userId: number;
  email: string;
  address: string;
};

export type Confirmed = Exclude<Verdict, { kind: "right" }> | Identified;

/**
 * Links an identity to the user who knows the password. A try counts, and is throttled, as one to sign in. Refused when
 * meanwhile the user was given another identity or address, or was deactivated.
 */
export async function linkWithPassword(by: Confirmation, password: string): Promise<Confirmed> {
  const verdict = await verifyCredentials({ email: by.email, address: by.address }, password);
  if (verdict.kind !== "right") return verdict;
  if (verdict.account.id !== by.userId) return { kind: "refused", reason: "unknown" };
  const known = await userOf(by);
  if (known?.kind === "known" && known.userId !== by.userId)
    return { kind: "refused", reason: "other_identity" };
  return known ?? oncePerIdentity(by, () => transaction((tx) => linkConfirmed(by, tx)));
}

async function linkConfirmed(by: Confirmation, tx: Tx): Promise<Identified> {
  const holder = await lockHolder(by.email, tx);
  if (holder?.id !== by.userId) return { kind: "refused", reason: "unknown" };
  if (!holder.isActive) return { kind: "refused", reason: "deactivated" };
  if (holder.hasIdentity) return { kind: "refused", reason: "other_identity" };
  await link({ ...by, how: "password" }, tx);
  return { kind: "linked", userId: holder.id };
}
