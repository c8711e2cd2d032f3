import { beforeEach, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { buildAdmin, buildCycle, buildTester } from "../../prisma/builders";
import { createInvite, invitedBy } from "./invite.server";
import { findSession } from "./session.server";
import { signIn } from "./sign-in.server";
import { addPerson, addToCycle, changeRole, deactivate, reactivate } from "./user-change.server";
import { revokeSession, revokeSessions, sessionsOf } from "./user-session.server";

useTestDatabase();

let nazira: { id: number };
let admin: { id: number };
let aibek: { id: number };

beforeEach(async () => {
  // The admins of the test before would be others who may let somebody in.
  await db().user.updateMany({ where: { role: "tester" }, data: { deactivatedAt: new Date() } });
  nazira = await buildAdmin({ name: "Nazira" });
  admin = await buildAdmin({ name: "Admin" });
  const ids = [nazira.id, admin.id];
  const before = { role: "admin", deactivatedAt: null, id: { notIn: ids } } as const;
  await db().user.updateMany({ where: before, data: { deactivatedAt: new Date() } });
  aibek = await buildTester({ name: "Aibek" });
});

const by = ({ id }: { id: number }) => ({ actorId: id, at: new Date() });
const signedIn = ({ id }: { id: number }, userAgent: string | null = null) =>
  signIn({ userId: id, address: "192.0.2.1", userAgent, replaces: null });

/** "done", or why not. */
const outcome = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "done",
    (error: { reason?: { problem?: string; code: string }; message: string }) =>
      error.reason?.problem ?? error.reason?.code ?? error.message,
  );

const acts = (subject: { id: number }) =>
  db().auditEntry.findMany({
    where: { subjectId: subject.id },
    orderBy: { id: "asc" },
    select: { kind: true, actorId: true, detail: true },
  });
const activeAdmins = () => db().user.count({ where: { role: "admin", deactivatedAt: null } });

describe("a role", () => {
  test("is changed by another admin; sessions end, and the log says from what to what", async () => {
    const { secret } = await signedIn(aibek);
    await changeRole(aibek.id, "admin", by(nazira));
    expect(await findSession(secret)).toBeNull();
    const again = await signedIn(aibek);
    expect(await findSession(again.secret)).toMatchObject({ role: "admin" });
    expect(await acts(aibek)).toEqual([
      { kind: "role_changed", actorId: nazira.id, detail: { from: "tester", to: "admin" } },
    ]);
    expect(await outcome(changeRole(aibek.id, "admin", by(nazira)))).toBe("unchanged");
  });

  test("is not one's own to change, nor is one's own account to close", async () => {
    expect(await outcome(changeRole(nazira.id, "tester", by(nazira)))).toBe("oneself");
    expect(await outcome(deactivate(nazira.id, by(nazira)))).toBe("oneself");
  });

  test.each([
    ["demote", (of: number, actor: { id: number }) => changeRole(of, "tester", by(actor))],
    ["deactivate", (of: number, actor: { id: number }) => deactivate(of, by(actor))],
  ])("two admins who %s each other at once leave one", async (_, act) => {
    const outcomes = await Promise.all([
      outcome(act(nazira.id, admin)),
      outcome(act(admin.id, nazira)),
    ]);
    expect(outcomes.sort()).toEqual(["done", "last_admin"]);
    expect(await activeAdmins()).toBe(1);
  });

  test("of ten who are demoted by one another at once one admin is left", async () => {
    const more = await Promise.all(Array.from({ length: 8 }, () => buildAdmin({ name: "One" })));
    const all = [nazira, admin, ...more];
    await Promise.all(
      all.map(({ id }, at) => outcome(changeRole(id, "tester", by(all.at(at - 1) ?? nazira)))),
    );
    expect(await activeAdmins()).toBe(1);
  });

  test("is not given to somebody deactivated", async () => {
    await deactivate(aibek.id, by(nazira));
    expect(await outcome(changeRole(aibek.id, "admin", by(nazira)))).toBe("deactivated");
    expect(await outcome(changeRole(2_000_000, "admin", by(nazira)))).toBe("not_found");
  });
});

describe("deactivating somebody", () => {
  test("ends their sessions and their invite link at once; reactivated they sign in anew", async () => {
    const { secret } = await signedIn(aibek);
    const { token } = await createInvite(aibek.id, by(nazira));
    await deactivate(aibek.id, by(nazira));
    expect(await findSession(secret)).toBeNull();
    expect(await invitedBy(token)).toBeNull();
    expect(await outcome(createInvite(aibek.id, by(nazira)))).toBe("deactivated");
    expect(await outcome(deactivate(aibek.id, by(nazira)))).toBe("unchanged");
    await reactivate(aibek.id, by(nazira));
    expect(await findSession(secret)).toBeNull();
    expect(await invitedBy(token)).toBeNull();
    expect((await acts(aibek)).map(({ kind }) => kind)).toEqual([
      ...["invited", "deactivated", "reactivated"],
    ]);
  });
});

describe("sessions", () => {
  test("are listed with device and time, the one last seen first, ended ones not", async () => {
    const phone = await signedIn(aibek, "A phone");
    const laptop = await signedIn(aibek, "A laptop");
    await db().sessionVisit.create({ data: { sessionId: phone.sessionId } });
    const seen = await sessionsOf(aibek.id);
    expect(seen.map(({ userAgent }) => userAgent)).toEqual(["A phone", "A laptop"]);
    expect(await revokeSession({ userId: aibek.id, ...laptop }, by(nazira))).toBe(true);
    expect(await revokeSession({ userId: aibek.id, ...laptop }, by(nazira))).toBe(false);
    expect((await sessionsOf(aibek.id)).map(({ id }) => id)).toEqual([phone.sessionId]);
    expect(await findSession(laptop.secret)).toBeNull();
  });

  test("of somebody else are not ended under one's own name", async () => {
    const { sessionId, secret } = await signedIn(aibek);
    expect(await revokeSession({ userId: nazira.id, sessionId }, by(nazira))).toBe(false);
    expect(await findSession(secret)).not.toBeNull();
  });

  test("all but one end at once", async () => {
    const kept = await signedIn(aibek);
    await signedIn(aibek);
    await signedIn(aibek);
    const except = kept.sessionId;
    expect(await revokeSessions({ userId: aibek.id, except }, by(aibek))).toBe(2);
    expect((await sessionsOf(aibek.id)).map(({ id }) => id)).toEqual([kept.sessionId]);
    expect((await acts(aibek)).map(({ kind }) => kind)).toEqual(["sessions_ended"]);
  });
});

describe("a new person", () => {
  test("has an address that nobody has, whatever its case", async () => {
    const person = { name: "Dana", email: "Dana@Example.com", role: "tester" } as const;
    const dana = await addPerson(person, by(nazira));
    expect((await acts(dana)).map(({ kind }) => kind)).toEqual(["user_created"]);
    const again = addPerson({ ...person, email: "dana@EXAMPLE.com" }, by(nazira));
    expect(await outcome(again)).toBe("email_taken");
  });

  test("is added to an open cycle once, and to no closed one", async () => {
    const cycle = await buildCycle({});
    const to = { userId: aibek.id, cycleId: cycle.id };
    const adding = await Promise.all(Array.from({ length: 5 }, () => addToCycle(to, by(nazira))));
    expect(adding.filter(({ added }) => added)).toHaveLength(1);
    expect((await acts(aibek)).map(({ kind }) => kind)).toEqual(["cycle_tester_added"]);
    await db().testCycle.update({ where: { id: cycle.id }, data: { status: "closed" } });
    expect(await outcome(addToCycle(to, by(nazira)))).toBe("not_found");
  });
});
