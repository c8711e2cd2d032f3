import { beforeEach, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { buildAdmin, buildTester } from "../../prisma/builders";
import { findSession } from "./session.server";
import { signIn, signOut } from "./sign-in.server";
import { deactivate, changeRole } from "./user-change.server";
import { startView, stopView } from "./view-as.server";

useTestDatabase();

type Signed = { id: number; sessionId: number; secret: string };

let nazira: Signed;
let other: Signed;
let aibek: { id: number };

async function signedIn(person: { id: number }): Promise<Signed> {
  const by = { userId: person.id, address: "192.0.2.1", userAgent: null, replaces: null };
  return { ...person, ...(await signIn(by)) };
}

beforeEach(async () => {
  nazira = await signedIn(await buildAdmin({ name: "Nazira" }));
  other = await signedIn(await buildAdmin({ name: "Admin" }));
  aibek = await buildTester({ name: "Aibek" });
});

const start = (userId = aibek.id, admin = nazira) =>
  startView({ sessionId: admin.sessionId, adminId: admin.id, userId, reason: "A lost payment" });

const log = () =>
  db().viewAsEntry.findMany({
    where: { sessionId: nazira.sessionId },
    orderBy: { id: "asc" },
    select: { kind: true, adminId: true, userId: true, reason: true, ended: true },
  });

const started = () => ({
  ...{ kind: "started", adminId: nazira.id, userId: aibek.id, reason: "A lost payment" },
  ended: null,
});
const stopped = (ended: string) => ({ ...started(), kind: "stopped", reason: null, ended });

/** A view that began so many minutes ago. */
async function startedAgo(minutes: number): Promise<Date> {
  const at = new Date(Date.now() - minutes * 60_000);
  await db().viewAsEntry.create({
    data: {
      ...{ kind: "started", sessionId: nazira.sessionId, adminId: nazira.id, userId: aibek.id },
      ...{ reason: "A lost payment", at },
    },
  });
  return at;
}

describe("a view", () => {
  test("shows the app as that user, in this session only, until it is stopped", async () => {
    const elsewhere = await signedIn(nazira);
    await start();
    expect(await findSession(nazira.secret)).toMatchObject({
      ...{ id: aibek.id, name: "Aibek", role: "tester", sessionId: nazira.sessionId },
      viewedBy: { id: nazira.id, name: "Nazira" },
    });
    expect(await findSession(elsewhere.secret)).toMatchObject({ id: nazira.id, role: "admin" });
    expect(await stopView(nazira.sessionId, "asked")).toEqual({ userId: aibek.id });
    const after = await findSession(nazira.secret);
    expect(after).toMatchObject({ id: nazira.id, role: "admin" });
    expect(after?.viewedBy).toBeUndefined();
    expect(await log()).toEqual([started(), stopped("asked")]);
    expect(await stopView(nazira.sessionId, "asked")).toBeNull();
  });

  test("says until when it lasts: 30 minutes from its start", async () => {
    const at = await startedAgo(20);
    const until = (await findSession(nazira.secret))?.viewedBy?.until.getTime() ?? 0;
    expect(until - at.getTime()).toBe(30 * 60_000);
  });

  test("is over after 30 minutes by the clock, and the log says so before the admin's own page", async () => {
    await startedAgo(31);
    expect(await findSession(nazira.secret)).toMatchObject({ id: nazira.id, role: "admin" });
    expect(await log()).toEqual([started(), stopped("expired")]);
    const [begin, end] = await db().viewAsEntry.findMany({
      where: { sessionId: nazira.sessionId },
      orderBy: { id: "asc" },
    });
    expect((end?.at.getTime() ?? 0) - (begin?.at.getTime() ?? 0)).toBe(30 * 60_000);
    await findSession(nazira.secret);
    expect(await log()).toHaveLength(2);
    await start();
    expect(await findSession(nazira.secret)).toMatchObject({ id: aibek.id });
  });

  test("ends with the session", async () => {
    await start();
    await signOut({ ...nazira, address: "192.0.2.1" });
    expect(await findSession(nazira.secret)).toBeNull();
    expect(await log()).toEqual([started(), stopped("session_ended")]);
  });

  test("ends when the user is deactivated, or becomes an admin", async () => {
    const act = { actorId: other.id, at: new Date() };
    await start();
    await changeRole(aibek.id, "admin", act);
    expect(await findSession(nazira.secret)).toMatchObject({ id: nazira.id });
    expect(await log()).toEqual([started(), stopped("not_allowed")]);
    await changeRole(aibek.id, "tester", act);
    await start();
    await deactivate(aibek.id, act);
    expect(await findSession(nazira.secret)).toMatchObject({ id: nazira.id });
  });

  test("ends, session and all, when the admin is demoted", async () => {
    await start();
    await changeRole(nazira.id, "tester", { actorId: other.id, at: new Date() });
    expect(await findSession(nazira.secret)).toBeNull();
    expect(await log()).toEqual([started(), stopped("session_ended")]);
  });

  test("is one of ten that are started at once", async () => {
    const tries = await Promise.allSettled(Array.from({ length: 10 }, () => start()));
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await log()).toEqual([started()]);
  });
});

describe("nobody views", () => {
  const refusal = async (work: Promise<unknown>) =>
    work.then(
      () => "done",
      (error: { reason?: { problem?: string; code: string } }) =>
        error.reason?.problem ?? error.reason?.code,
    );

  test("as another admin, oneself, somebody deactivated, or nobody; nor inside another view", async () => {
    expect(await refusal(start(other.id))).toBe("not_tester");
    expect(await refusal(start(nazira.id))).toBe("oneself");
    expect(await refusal(start(2_000_000))).toBe("not_found");
    const gone = await buildTester({ name: "Gone" });
    await deactivate(gone.id, { actorId: other.id, at: new Date() });
    expect(await refusal(start(gone.id))).toBe("deactivated");
    expect(await log()).toEqual([]);
    await start();
    const dana = await buildTester({ name: "Dana" });
    expect(await refusal(start(dana.id))).toBe("nested");
    expect(await log()).toEqual([started()]);
  });
});
