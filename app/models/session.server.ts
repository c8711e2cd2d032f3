import { createHash, randomBytes } from "node:crypto";
import { db } from "~/database/client.server";
import type { Tx } from "~/database/transaction.server";
import type { UserRole } from "~/generated/prisma/client";
import { stopView } from "./view-as.server";

const DAYS = 24 * 60 * 60 * 1_000;
/** However busy it is, a session ends after 30 days (DESIGN 7); an admin's also after 12 idle hours, see below. */
const SESSION_LIFETIME_MS = 30 * DAYS;

/** The table holds only this, so that reading it opens no session. */
function tokenHash(secret: string): string {
  return createHash("sha256").update(secret).digest("hex");
}

export type SessionUser = {
  sessionId: number;
  id: number;
  name: string;
  role: UserRole;
  locale: string | null;
  /** Single keys do something on the pages that have them; off by their own wish. */
  hotkeys: boolean;
  /** The admin whose session it really is, while it shows the app as this user, read-only (DESIGN 7). */
  viewedBy?: { id: number; name: string; until: Date };
};

type FoundSession = Omit<SessionUser, "viewedBy"> & {
  visitDue: boolean;
  viewOpen: boolean | null;
  /** Null when there is no view, or it may not go on. */
  view: (Omit<SessionUser, "sessionId" | "viewedBy"> & { until: string }) | null;
};

/**
 * Whose session this is, as the user stands now: a deactivated user has none, a demoted one has the lower role. Null
 * also when it has ended, is 30 days old, or an admin let it lie for 12 hours. While an admin views as a tester it is the
 * tester, `viewedBy` the admin: for 30 minutes at most, and while both are still what they were.
 */
export async function findSession(secret: string): Promise<SessionUser | null> {
  const [found] = await db().$queryRaw<FoundSession[]>`
    SELECT s.id AS "sessionId", u.id, u.name, u.role::text AS role, u.locale, u.hotkeys,
           seen.at < now() - interval '10 minutes' AS "visitDue",
           last.kind = 'started' AS "viewOpen", view.person AS view
      FROM sessions s
      JOIN users u ON u.id = s.user_id
      CROSS JOIN LATERAL (
        SELECT coalesce(max(v.at), s.created_at) AS at FROM session_visits v WHERE v.session_id = s.id
      ) seen
      LEFT JOIN LATERAL (
        SELECT l.kind, l.user_id, l.at + longest_view() AS until
          FROM admin_impersonation_log l WHERE l.session_id = s.id ORDER BY l.id DESC LIMIT 1
      ) last ON true
      LEFT JOIN LATERAL (
        SELECT jsonb_build_object('id', t.id, 'name', t.name, 'role', t.role, 'locale', t.locale,
                                  'hotkeys', t.hotkeys, 'until', last.until) AS person
          FROM users t
         WHERE t.id = last.user_id AND last.kind = 'started' AND last.until > now()
           AND u.role = 'admin' AND t.role = 'tester' AND t.deactivated_at IS NULL
      ) view ON true
     WHERE s.token_hash = ${tokenHash(secret)}
       AND s.ended_at IS NULL AND s.expires_at > now()
       AND u.deactivated_at IS NULL
       AND (u.role <> 'admin' OR seen.at > now() - interval '12 hours')`;
  if (!found) return null;
  const { visitDue, viewOpen, view, ...user } = found;
  if (visitDue) await recordVisit(user.sessionId);
  if (view) return viewedAs(user, view);
  // The log says that it is over before the admin sees their own pages again.
  if (viewOpen) await stopView(user.sessionId, "not_allowed");
  return user;
}

function viewedAs(
  admin: Omit<SessionUser, "viewedBy">,
  { until, ...person }: NonNullable<FoundSession["view"]>,
): SessionUser {
  const viewedBy = { id: admin.id, name: admin.name, until: new Date(until) };
  return { sessionId: admin.sessionId, ...person, viewedBy };
}

/** Appends to the access log, at most every 10 minutes; of two requests at the same moment one writes. */
async function recordVisit(sessionId: number): Promise<void> {
  await db().$executeRaw`
    INSERT INTO session_visits (session_id)
    SELECT ${sessionId} WHERE NOT EXISTS (
      SELECT FROM session_visits
       WHERE session_id = ${sessionId} AND at > now() - interval '10 minutes')`;
}

export type NewSession = {
  userId: number;
  userAgent: string | null;
  /** The browser's session until now: it ends, so that no earlier cookie outlives a sign-in. */
  replaces: string | null;
};

/** Returns the session and its secret, which is kept nowhere but in the browser's cookie. */
export async function startSession(
  { userId, userAgent, replaces }: NewSession,
  tx: Tx,
): Promise<{ sessionId: number; secret: string }> {
  if (replaces) {
    await tx.session.updateMany({
      where: { tokenHash: tokenHash(replaces), endedAt: null },
      data: { endedAt: new Date() },
    });
  }
  const secret = randomBytes(32).toString("base64url");
  const { id } = await tx.session.create({
    data: {
      tokenHash: tokenHash(secret),
      userId,
      userAgent: userAgent?.slice(0, 300) ?? null,
      expiresAt: new Date(Date.now() + SESSION_LIFETIME_MS),
    },
    select: { id: true },
  });
  return { sessionId: id, secret };
}

/** Ends one session; false when it had ended already. */
export async function endSession(sessionId: number, tx: Tx): Promise<boolean> {
  const { count } = await tx.session.updateMany({
    where: { id: sessionId, endedAt: null },
    data: { endedAt: new Date() },
  });
  return count === 1;
}

/** Ends every session of a user: on a new password, or when the user is deactivated. */
export async function endSessionsOf(
  userId: number,
  tx: Tx,
  { except }: { except?: number } = {},
): Promise<number> {
  const { count } = await tx.session.updateMany({
    where: { userId, endedAt: null, id: except === undefined ? undefined : { not: except } },
    data: { endedAt: new Date() },
  });
  return count;
}
