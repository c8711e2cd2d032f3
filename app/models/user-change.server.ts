import { db } from "~/database/client.server";
import { isUniqueViolation } from "~/database/errors";
import { type Tx, transaction } from "~/database/transaction.server";
import type { Role } from "~/domain/permission";
import { deactivationProblem, type PersonProblem, roleChangeProblem } from "~/domain/person";
import { refuse } from "~/domain/refusal";
import type { Prisma } from "~/generated/prisma/client";
import { type AuditKind, recordAudit } from "./audit.server";
import { closeInvites } from "./invite.server";
import type { Act } from "./issue-change.server";
import { endSessionsOf } from "./session.server";
import { createUser } from "./user.server";

/** A new account without a password; an invite link lets them set one. Throws Refusal `person`: the address is taken. */
export async function addPerson(
  person: { readonly name: string; readonly email: string; readonly role: Role },
  act: Act,
): Promise<{ id: number }> {
  try {
    return await transaction(async (tx) => {
      const user = await createUser(person, tx);
      const detail = { role: person.role };
      const entry = { kind: "user_created", subjectId: user.id, detail } as const;
      await recordAudit({ ...entry, actorId: act.actorId }, tx);
      return user;
    });
  } catch (error) {
    if (isUniqueViolation(error)) refuse({ code: "person", problem: "email_taken" });
    throw error;
  }
}

type Account = { id: number; name: string; role: Role; active: boolean; otherAdmins: number };

/** Locked; with the number of active admins beside this one, each locked as well, by id. */
async function lockAccount(tx: Tx, userId: number): Promise<Account> {
  const locked = await tx.$queryRaw<(Omit<Account, "otherAdmins"> & { isAdmin: boolean })[]>`
    SELECT id, name, role::text AS role, deactivated_at IS NULL AS active,
           role = 'admin' AND deactivated_at IS NULL AS "isAdmin"
      FROM users WHERE id = ${userId} OR (role = 'admin' AND deactivated_at IS NULL)
     ORDER BY id FOR UPDATE`;
  const account = locked.find(({ id }) => id === userId);
  if (!account) refuse({ code: "not_found" });
  const otherAdmins = locked.filter(({ id, isAdmin }) => isAdmin && id !== userId).length;
  const { id, name, role, active } = account;
  return { id, name, role, active, otherAdmins };
}

type Change = {
  readonly problem: PersonProblem | null;
  readonly data: Prisma.UserUpdateInput;
  readonly kind: AuditKind;
  readonly detail?: Prisma.InputJsonObject;
};

/** Locks, judges, changes, ends every session, writes it down: all or nothing. */
function changeAccount(userId: number, act: Act, judge: (account: Account) => Change) {
  return transaction(async (tx) => {
    const account = await lockAccount(tx, userId);
    const { problem, data, kind, detail } = judge(account);
    if (problem) refuse({ code: "person", problem });
    await tx.user.update({ where: { id: userId }, data, select: { id: true } });
    await endSessionsOf(userId, tx);
    await recordAudit({ kind, actorId: act.actorId, subjectId: userId, detail }, tx);
    if (data.deactivatedAt) await closeInvites(tx, userId, act.at);
    return { name: account.name };
  });
}

/** Makes somebody an admin or a tester; their sessions end. Throws Refusal `not_found` and `person`. */
export function changeRole(userId: number, to: Role, act: Act): Promise<{ name: string }> {
  return changeAccount(userId, act, (account) => ({
    problem: roleChangeProblem(act.actorId, account, to, account.otherAdmins),
    data: { role: to },
    kind: "role_changed",
    detail: { from: account.role, to },
  }));
}

/**
 * Signs somebody out everywhere, for good. What is approved stays owed and payable (DESIGN 5). Throws Refusal `not_found`
 * and `person`.
 */
export function deactivate(userId: number, act: Act): Promise<{ name: string }> {
  return changeAccount(userId, act, (account) => ({
    problem: deactivationProblem(act.actorId, account, account.otherAdmins),
    data: { deactivatedAt: act.at },
    kind: "deactivated",
  }));
}

export function reactivate(userId: number, act: Act): Promise<{ name: string }> {
  return changeAccount(userId, act, (account) => ({
    problem: account.active ? "unchanged" : null,
    data: { deactivatedAt: null },
    kind: "reactivated",
  }));
}

/** Lets somebody file reports in a cycle; `added` is false when they could already. Throws Refusal `not_found`. */
export function addToCycle(
  { userId, cycleId }: { readonly userId: number; readonly cycleId: number },
  act: Act,
): Promise<{ added: boolean; cycle: string; name: string }> {
  return transaction(async (tx) => {
    const [user, cycle] = await Promise.all([
      tx.user.findUnique({ where: { id: userId }, select: { name: true } }),
      tx.testCycle.findFirst({
        where: { id: cycleId, status: "open" },
        select: { name: true },
      }),
    ]);
    if (!user || !cycle) refuse({ code: "not_found" });
    const { count } = await tx.cycleTester.createMany({
      data: [{ userId, cycleId, addedAt: act.at }],
      skipDuplicates: true,
    });
    const detail = { cycle: cycleId };
    if (count > 0)
      await recordAudit(
        { kind: "cycle_tester_added", actorId: act.actorId, subjectId: userId, detail },
        tx,
      );
    return { added: count > 0, cycle: cycle.name, name: user.name };
  });
}

/** The language of the pages; null: what the browser asks for. */
export async function changeLocale(userId: number, locale: string | null): Promise<void> {
  await db().user.update({ where: { id: userId }, data: { locale }, select: { id: true } });
}
