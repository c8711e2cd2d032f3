import { db } from "~/database/client.server";
import { type Tx, transaction } from "~/database/transaction.server";
import { refuse } from "~/domain/refusal";
import { viewAsProblem } from "~/domain/view-as";
import type { ViewAsEnd } from "~/generated/prisma/client";

export type NewView = {
  readonly sessionId: number;
  readonly adminId: number;
  readonly userId: number;
  /** Why; kept for ever, beside who and when. */
  readonly reason: string;
};

/**
 * From here on the admin's session shows the app as that user (DESIGN 7): the row of the log is the view itself, so
 * nothing is shown before it is written. Throws Refusal `not_found`, or `view_as` for whom nobody views as.
 */
export function startView(view: NewView): Promise<{ id: number }> {
  return transaction(async (tx) => {
    await lockSession(tx, view.sessionId);
    const target = await tx.user.findUnique({
      where: { id: view.userId },
      select: { id: true, role: true, deactivatedAt: true },
    });
    if (!target) refuse({ code: "not_found" });
    const problem = viewAsProblem(view.adminId, {
      ...target,
      active: target.deactivatedAt === null,
    });
    if (problem) refuse({ code: "view_as", problem });
    if (await openView(view.sessionId, tx)) refuse({ code: "view_as", problem: "nested" });
    return tx.viewAsEntry.create({ data: { ...view, kind: "started" }, select: { id: true } });
  });
}

/** Ends the session's view, if there is one that nobody has ended yet; whom it showed, else null. */
export function stopView(sessionId: number, ended: ViewAsEnd): Promise<{ userId: number } | null> {
  return transaction(async (tx) => {
    await lockSession(tx, sessionId);
    const [stopped] = await tx.$queryRaw<{ userId: number }[]>`
      INSERT INTO admin_impersonation_log (kind, at, session_id, admin_id, user_id, start_id, ended)
      SELECT 'stopped', greatest(l.at, least(now(), l.at + longest_view())), l.session_id, l.admin_id, l.user_id, l.id,
             CASE WHEN now() >= l.at + longest_view() THEN 'expired' ELSE ${ended} END::impersonation_end
        FROM admin_impersonation_log l
       WHERE l.session_id = ${sessionId} AND l.kind = 'started'
         AND NOT EXISTS (SELECT FROM admin_impersonation_log x WHERE x.start_id = l.id)
      RETURNING user_id AS "userId"`;
    return stopped ?? null;
  });
}

async function openView(sessionId: number, tx: Tx): Promise<boolean> {
  const last = await tx.viewAsEntry.findFirst({
    where: { sessionId },
    orderBy: { id: "desc" },
    select: { kind: true },
  });
  return last?.kind === "started";
}

// Two starts or stops in one session, from two windows, go one after the other.
async function lockSession(tx: Tx, sessionId: number): Promise<void> {
  await tx.$queryRaw`SELECT id FROM sessions WHERE id = ${sessionId} FOR UPDATE`;
}

export type ViewAsRecord = {
  readonly id: number;
  readonly at: Date;
  readonly until: Date | null;
  readonly ended: ViewAsEnd | null;
  readonly by: { readonly id: number; readonly name: string };
  readonly reason: string;
};

/** Who has viewed the app as this user, newest first. */
export async function viewsOf(userId: number, limit: number): Promise<ViewAsRecord[]> {
  const starts = await db().viewAsEntry.findMany({
    where: { userId, kind: "started" },
    orderBy: { id: "desc" },
    take: limit,
    select: { id: true, at: true, reason: true, admin: { select: { id: true, name: true } } },
  });
  const stops = await db().viewAsEntry.findMany({
    where: { startId: { in: starts.map(({ id }) => id) } },
    select: { startId: true, at: true, ended: true },
  });
  return starts.map(({ id, at, reason, admin }) => {
    const stop = stops.find(({ startId }) => startId === id);
    return {
      ...{ id, at, by: admin, reason: reason ?? "" },
      ...{ until: stop?.at ?? null, ended: stop?.ended ?? null },
    };
  });
}
