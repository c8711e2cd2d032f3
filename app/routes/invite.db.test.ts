import { beforeEach, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { sessionSecretFrom } from "~/http/session-cookie";
import { answerOf, visit } from "~/http/visit.fixture";
import { createInvite } from "~/models/invite.server";
import { hashPassword, verifyPassword } from "~/models/password.server";
import { findSession } from "~/models/session.server";
import { signIn } from "~/models/sign-in.server";
import { deactivate } from "~/models/user-change.server";
import { buildAdmin, buildTester } from "../../prisma/builders";
import { action, loader } from "./invite.$token";

useTestDatabase();

const GOOD = "four steppe foxes";

let nazira: { id: number };
let dana: { id: number };
let token: string;

const invite = async (at = new Date()) =>
  (await createInvite(dana.id, { actorId: nazira.id, at })).token;

beforeEach(async () => {
  nazira = await buildAdmin({ name: "Nazira" });
  dana = await buildTester({ name: "Dana", passwordHash: await hashPassword("the old password") });
  token = await invite();
});

type Options = Parameters<typeof visit>[1];

const open = (link = token) => answerOf(loader(visit("/invite/x", { params: { token: link } })));
const use = (newPassword: string, options: Options = {}, link = token) => {
  const given = { ...options, params: { token: link }, form: { newPassword } };
  return answerOf(action(visit("/invite/x", given)));
};

async function passwordIs(password: string): Promise<boolean> {
  const { passwordHash } = await db().user.findUniqueOrThrow({ where: { id: dana.id } });
  return verifyPassword(password, passwordHash);
}

describe("an invite link", () => {
  test("is not used up by being opened", async () => {
    const before = await db().invite.findMany();
    for (let count = 0; count < 3; count++) expect((await open()).status).toBe(200);
    expect(await db().invite.findMany()).toEqual(before);
    expect(JSON.stringify(before)).not.toContain(token);
  });

  test("sets the password, ends every session, and signs in with a fresh one", async () => {
    const by = { userId: dana.id, address: "192.0.2.1", userAgent: null, replaces: null };
    const before = [await signIn(by), await signIn(by)];
    const answer = await use(GOOD, { session: before[0]?.secret ?? "" });
    expect([answer.status, answer.headers.get("location")]).toEqual([303, "/app"]);
    for (const { secret } of before) expect(await findSession(secret)).toBeNull();
    const cookie = answer.headers.get("set-cookie")?.split(";", 1)[0];
    expect(await findSession(sessionSecretFrom(cookie) ?? "")).toMatchObject({ id: dana.id });
    expect([await passwordIs(GOOD), await passwordIs("the old password")]).toEqual([true, false]);
    const told = await db().auditEntry.findMany({
      where: { OR: [{ actorId: dana.id }, { subjectId: dana.id }] },
      orderBy: { id: "asc" },
      select: { kind: true },
    });
    expect(told.map(({ kind }) => kind)).toEqual([
      ...["invited", "signed_in", "signed_in", "password_set", "signed_in"],
    ]);
  });

  test("works once", async () => {
    await use(GOOD);
    expect((await open()).status).toBe(404);
    expect((await use("another four foxes")).status).toBe(404);
    expect(await passwordIs(GOOD)).toBe(true);
  });

  test("used 20 times at once lets one in", async () => {
    const tries = Array.from({ length: 20 }, (_, at) => use(`four steppe foxes ${at}`));
    const statuses = (await Promise.all(tries)).map(({ status }) => status).sort();
    expect(statuses).toEqual([303, ...Array<number>(19).fill(404)]);
    const sessions = await db().session.count({ where: { userId: dana.id, endedAt: null } });
    expect(sessions).toBe(1);
  });

  test("is replaced by a newer one", async () => {
    const newer = await invite();
    expect((await open()).status).toBe(404);
    expect((await use(GOOD)).status).toBe(404);
    expect((await use(GOOD, {}, newer)).status).toBe(303);
  });

  test("made ten times at once leaves one that works", async () => {
    const links = await Promise.all(Array.from({ length: 10 }, () => invite()));
    const statuses = await Promise.all(links.map(async (link) => (await open(link)).status));
    expect(statuses.filter((status) => status === 200)).toHaveLength(1);
  });

  test("lasts 72 hours", async () => {
    const HOUR = 3_600_000;
    const late = await invite(new Date(Date.now() - 71.9 * HOUR));
    expect((await open(late)).status).toBe(200);
    const tooLate = await invite(new Date(Date.now() - 72 * HOUR));
    expect([(await open(tooLate)).status, (await use(GOOD, {}, tooLate)).status]).toEqual([
      404, 404,
    ]);
  });

  test("of somebody deactivated lets nobody in", async () => {
    await deactivate(dana.id, { actorId: nazira.id, at: new Date() });
    expect([(await open()).status, (await use(GOOD)).status]).toEqual([404, 404]);
  });

  test.each(["", "x", "x".repeat(43), "x".repeat(10_000), "../../login", "%00"])(
    "that nobody made says the same: %j",
    async (link) => {
      const made = await open();
      expect((await open(link)).status).toBe(404);
      expect(made.status).toBe(200);
    },
  );
});

describe("a password that will not do is 422 and not hashed:", () => {
  test.each([
    ["", "Fill this in"],
    ["nine char", "at least 10 characters"],
    ["x".repeat(129), "at most 128 characters"],
    ["a".repeat(1_000_000), "at most 128 characters"],
    ["password123", "Too many people"],
    ["1234567890", "Too many people"],
  ])("%#", async (password, message) => {
    const answer = await use(password);
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain(message);
    expect(await passwordIs("the old password")).toBe(true);
    expect((await open()).status).toBe(200);
  });
});
