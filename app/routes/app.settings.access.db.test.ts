/** One's own way in: password, language, sessions. */
import { beforeAll, beforeEach, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import type { SettingsAnswer } from "~/http/settings-answer";
import { answerOf, visit } from "~/http/visit.fixture";
import { createInvite, invitedBy } from "~/models/invite.server";
import { hashPassword } from "~/models/password.server";
import { findSession } from "~/models/session.server";
import { signIn, verifyCredentials } from "~/models/sign-in.server";
import { buildAdmin, buildTester } from "../../prisma/builders";
import { action, loader } from "./app.settings";

useTestDatabase();

const PASSWORD = "aibek’s long password";
const NEXT = "quite another long one";

type Signed = { id: number; email: string; sessionId: number; session: string };

let passwordHash: string;
let aibek: Signed;
let dana: Signed;
let people = 0;

beforeAll(async () => {
  passwordHash = await hashPassword(PASSWORD);
});

async function session(userId: number) {
  const by = { userId, address: "192.0.2.1", userAgent: null, replaces: null };
  const { sessionId, secret } = await signIn(by);
  return { sessionId, session: secret };
}

async function signedIn(name: string): Promise<Signed> {
  const email = `own-access-${++people}@example.com`;
  const { id } = await buildTester({ name, email, passwordHash });
  return { id, email, ...(await session(id)) };
}

beforeEach(async () => {
  [aibek, dana] = [await signedIn("Aibek"), await signedIn("Dana")];
});

type Form = Record<string, string>;
const post = (form: Form, address = "192.0.2.1", as = aibek.session) =>
  answerOf(action(visit("/app/settings", { session: as, form, address })));
const change = (currentPassword: string, newPassword: string, address?: string) =>
  post({ intent: "password", currentPassword, newPassword }, address);
const isOpen = async (secret: string) => (await findSession(secret)) !== null;

async function errorsOf(answer: Response): Promise<unknown> {
  const { errors, values } = (await answer.json()) as Extract<SettingsAnswer, { errors: unknown }>;
  expect(values).toEqual({});
  return [answer.status, errors];
}

describe("the password", () => {
  test("is changed by whoever knows it; every other session and every link for one ends", async () => {
    const elsewhere = await session(aibek.id);
    const admin = await buildAdmin({ name: "Nazira" });
    const { token } = await createInvite(aibek.id, { actorId: admin.id, at: new Date() });
    expect((await change(PASSWORD, NEXT)).status).toBe(303);
    expect(await isOpen(aibek.session)).toBe(true);
    expect(await isOpen(elsewhere.session)).toBe(false);
    expect(await invitedBy(token)).toBeNull();
    const { email } = aibek;
    const verdicts = await Promise.all(
      [PASSWORD, NEXT].map((each) => verifyCredentials({ email, address: "192.0.2.9" }, each)),
    );
    expect(verdicts.map(({ kind }) => kind)).toEqual(["wrong", "right"]);
    expect(await isOpen(dana.session)).toBe(true);
  });

  test("stays what it is after a wrong one, and five of them mean to wait", async () => {
    const wrong = [422, { currentPassword: "This is not your current password" }];
    for (let tries = 0; tries < 5; tries++)
      expect(await errorsOf(await change("not the password", NEXT, "192.0.2.20"))).toEqual(wrong);
    const answer = await change(PASSWORD, NEXT, "192.0.2.20");
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(14 * 60);
    expect(answer.status).toBe(429);
    expect((await change(PASSWORD, NEXT, "192.0.2.21")).status).toBe(303);
  });

  test.each([
    ["too short", "nine char"],
    ["too long to be hashed", "a".repeat(1_000_000)],
    ["one that everybody uses", "password1234"],
    ["the present one", PASSWORD],
    ["one's own name", "AibekAibek1!"],
  ])("is not %s: 422, and nothing typed comes back", async (_, password) => {
    const before = await db().signInAttempt.count();
    const [status, errors] = (await errorsOf(await change(PASSWORD, password))) as [number, object];
    expect([status, Object.keys(errors)]).toEqual([422, ["newPassword"]]);
    expect(await db().signInAttempt.count()).toBe(before);
  });
});

describe("the language", () => {
  test("is one that there is, or the browser's", async () => {
    const locale = async () =>
      (await db().user.findUniqueOrThrow({ where: { id: aibek.id } })).locale;
    expect((await post({ intent: "language", locale: "en" })).status).toBe(303);
    expect(await locale()).toBe("en");
    expect((await post({ intent: "language", locale: "tlh" })).status).toBe(422);
    expect(await locale()).toBe("en");
    expect((await post({ intent: "language", locale: "" })).status).toBe(303);
    expect(await locale()).toBeNull();
  });
});

describe("sessions", () => {
  test("are listed, one's own only", async () => {
    const elsewhere = await session(aibek.id);
    const page = await answerOf(loader(visit("/app/settings", { session: aibek.session })));
    const { account, viewer } = (await page.json()) as {
      account: { sessions: { id: number }[] };
      viewer: { sessionId: number };
    };
    const ids = account.sessions.map(({ id }) => id).sort((a, b) => a - b);
    expect(ids).toEqual([aibek.sessionId, elsewhere.sessionId]);
    expect(viewer.sessionId).toBe(aibek.sessionId);
  });

  test("are ended one by one, or all but this one; another's number ends nothing", async () => {
    const [one, two, three] = await Promise.all([0, 1, 2].map(() => session(aibek.id)));
    await post({ intent: "revoke", session: String(one?.sessionId) });
    expect(await isOpen(one?.session ?? "")).toBe(false);
    await post({ intent: "revoke", session: String(dana.sessionId), userId: String(dana.id) });
    expect(await isOpen(dana.session)).toBe(true);
    expect((await post({ intent: "revoke", session: "1e3" })).status).toBe(422);
    await post({ intent: "revokeOthers", userId: String(dana.id) });
    const open = await Promise.all(
      [two, three, aibek, dana].map((each) => isOpen(each?.session ?? "")),
    );
    expect(open).toEqual([false, false, true, true]);
  });
});
