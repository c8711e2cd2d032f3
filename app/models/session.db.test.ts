import { describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { transaction } from "~/database/transaction.server";
import type { UserRole } from "~/generated/prisma/client";
import { endSessionsOf, findSession } from "./session.server";
import { signIn, signOut } from "./sign-in.server";
import { createUser } from "./user.server";

useTestDatabase();

let people = 0;

async function signedIn(role: UserRole = "tester", replaces: string | null = null) {
  const email = `session${++people}@example.com`;
  const { id: userId } = await createUser({ name: "Dana", email, role });
  const by = { userId, address: "192.0.2.1", userAgent: "Firefox", replaces };
  return { userId, ...(await signIn(by)) };
}

const hoursLater = (sessionId: number, hours: number) =>
  db().$executeRaw`
    UPDATE sessions SET created_at = created_at - ${hours} * interval '1 hour',
                        expires_at = expires_at - ${hours} * interval '1 hour'
     WHERE id = ${sessionId}`;

const visits = (sessionId: number) => db().sessionVisit.count({ where: { sessionId } });

describe("a session", () => {
  test("is found by its secret, which the database does not know", async () => {
    const { secret, sessionId, userId } = await signedIn();
    expect(await findSession(secret)).toEqual({
      sessionId,
      id: userId,
      name: "Dana",
      role: "tester",
      locale: null,
      hotkeys: true,
    });
    const rows = JSON.stringify(await db().session.findMany());
    expect(rows).not.toContain(secret);
    expect(await findSession("x".repeat(43))).toBeNull();
  });

  test("replaces the one that the browser had", async () => {
    const before = await signedIn();
    const after = await signedIn("tester", before.secret);
    expect(await findSession(before.secret)).toBeNull();
    expect(await findSession(after.secret)).not.toBeNull();
    expect(after.secret).not.toBe(before.secret);
  });

  test("ends with the sign-out, and both are in the audit log", async () => {
    const { secret, sessionId, userId } = await signedIn();
    await signOut({ id: userId, sessionId, address: "192.0.2.1" });
    await signOut({ id: userId, sessionId, address: "192.0.2.1" });
    expect(await findSession(secret)).toBeNull();
    const entries = await db().auditEntry.findMany({
      where: { actorId: userId },
      orderBy: { id: "asc" },
      select: { kind: true, address: true, detail: true },
    });
    const rest = { address: "192.0.2.1", detail: { sessionId } };
    expect(entries).toEqual([
      { kind: "signed_in", ...rest },
      { kind: "signed_out", ...rest },
    ]);
  });

  test("is nobody's once the user is deactivated, and follows a change of role at once", async () => {
    const { secret, userId } = await signedIn("admin");
    // The last active admin could not be demoted.
    await signedIn("admin");
    await db().user.update({ where: { id: userId }, data: { role: "tester" } });
    expect(await findSession(secret)).toMatchObject({ role: "tester" });
    await db().user.update({ where: { id: userId }, data: { deactivatedAt: new Date() } });
    expect(await findSession(secret)).toBeNull();
  });

  test("all but this one end with a new password", async () => {
    const one = await signedIn();
    const other = await signIn({ ...one, address: "a", userAgent: null, replaces: null });
    await transaction((tx) => endSessionsOf(one.userId, tx, { except: other.sessionId }));
    expect(await findSession(one.secret)).toBeNull();
    expect(await findSession(other.secret)).not.toBeNull();
  });
});

describe("how long it lasts", () => {
  test("a tester's: 30 days, however long unused", async () => {
    const { secret, sessionId } = await signedIn();
    await hoursLater(sessionId, 30 * 24 - 1);
    expect(await findSession(secret)).not.toBeNull();
    await hoursLater(sessionId, 1);
    expect(await findSession(secret)).toBeNull();
  });

  test("an admin's: 12 hours unused, longer in use, 30 days in all", async () => {
    const { secret, sessionId } = await signedIn("admin");
    await hoursLater(sessionId, 11);
    expect(await findSession(secret)).not.toBeNull();
    expect(await visits(sessionId)).toBe(1);
    await hoursLater(sessionId, 24);
    expect(await findSession(secret)).not.toBeNull();
    await db()
      .$executeRaw`UPDATE session_visits SET at = at - interval '12 hours' WHERE session_id = ${sessionId}`;
    expect(await findSession(secret)).toBeNull();
  });

  test("visits are noted every ten minutes, not at every request", async () => {
    const { secret, sessionId } = await signedIn();
    await findSession(secret);
    expect(await visits(sessionId)).toBe(0);
    await hoursLater(sessionId, 1);
    await Promise.all(Array.from({ length: 5 }, () => findSession(secret)));
    await findSession(secret);
    expect(await visits(sessionId)).toBeLessThanOrEqual(5);
    const noted = await visits(sessionId);
    await findSession(secret);
    expect(await visits(sessionId)).toBe(noted);
  });
});
