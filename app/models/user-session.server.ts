import { db } from "~/database/client.server";
import { transaction } from "~/database/transaction.server";
import type { Act } from "./issue-change.server";
import { recordAudit } from "./audit.server";
import { endSessionsOf } from "./session.server";

/** A session as its owner, or an admin, sees it. */
export type OwnSession = {
  readonly id: number;
  readonly userAgent: string | null;
  readonly startedAt: Date;
  readonly lastSeenAt: Date;
};

/** The sessions that still open, the one last seen first. */
export function sessionsOf(userId: number): Promise<OwnSession[]> {
  return db().$queryRaw<OwnSession[]>`
    SELECT s.id, s.user_agent AS "userAgent", s.created_at AS "startedAt", seen.at AS "lastSeenAt"
      FROM sessions s
      JOIN users u ON u.id = s.user_id
      CROSS JOIN LATERAL (
        SELECT coalesce(max(v.at), s.created_at) AS at FROM session_visits v WHERE v.session_id = s.id
      ) seen
     WHERE s.user_id = ${userId} AND s.ended_at IS NULL AND s.expires_at > now()
       AND (u.role <> 'admin' OR seen.at > now() - interval '12 hours')
     ORDER BY seen.at DESC, s.id DESC`;
}

/** Ends one session of that user; false when it was none of theirs, or had ended. */
export function revokeSession(
  { userId, sessionId }: { readonly userId: number; readonly sessionId: number },
  act: Act,
): Promise<boolean> {
  return transaction(async (tx) => {
    const { count } = await tx.session.updateMany({
      where: { id: sessionId, userId, endedAt: null },
      data: { endedAt: act.at },
    });
    if (count === 0) return false;
    const detail = { sessions: [sessionId] };
    await recordAudit(
      { kind: "sessions_ended", actorId: act.actorId, subjectId: userId, detail },
      tx,
    );
    return true;
  });
}

/** Ends all sessions of that user but `except`; how many there were. */
export function revokeSessions(
  { userId, except }: { readonly userId: number; readonly except?: number },
  act: Act,
): Promise<number> {
  return transaction(async (tx) => {
    const count = await endSessionsOf(userId, tx, { except });
    if (count === 0) return 0;
    const detail = { count };
    await recordAudit(
      { kind: "sessions_ended", actorId: act.actorId, subjectId: userId, detail },
      tx,
    );
    return count;
  });
}
