import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeDatabase } from "~/database/client.server";
import { type EmbeddedDatabase, startEmbedded } from "~/database/embedded.server";
import { applyMigrations } from "~/database/migrate.server";
import { hashPassword } from "~/models/password.server";
import { buildTester } from "../../prisma/builders";
import { AppProcess } from "./kill.fixture";

// Two copies of the app on one PostgreSQL, as in production, behind one proxy that says who asks. Needs the production build.

const PASSWORD = "aibek’s long password";
const STRANGER = "203.0.113.7";
const HOME = "198.51.100.1";

let database: EmbeddedDatabase;
let copies: AppProcess[];

beforeAll(async () => {
  database = await startEmbedded({ throwaway: true });
  process.env.DATABASE_URL = database.url;
  process.env.TRUST_PROXY = "1";
  await applyMigrations(database.url);
  const passwordHash = await hashPassword(PASSWORD);
  await buildTester({ name: "Aibek", email: "aibek@example.com", passwordHash });
  await buildTester({ name: "Dana", email: "dana@example.com", passwordHash });
  copies = [await AppProcess.create(database.url), await AppProcess.create(database.url)];
  await Promise.all(copies.map((copy) => copy.start()));
});

afterAll(async () => {
  await Promise.all(copies.map((copy) => copy.kill("SIGTERM")));
  delete process.env.TRUST_PROXY;
  await closeDatabase();
  await database.stop();
});

type Try = { email?: string; password: string; from: string };

async function signInAt(copy: AppProcess | undefined, { email, password, from }: Try) {
  const { origin = "" } = copy ?? {};
  const answer = await fetch(`${origin}/login`, {
    method: "POST",
    redirect: "manual",
    headers: { origin, "x-forwarded-for": from },
    body: new URLSearchParams({ email: email ?? "aibek@example.com", password }),
  });
  await answer.body?.cancel();
  return { status: answer.status, retryAfter: Number(answer.headers.get("retry-after")) };
}

/** How often each status came. */
function tally(answers: readonly { status: number }[]): Record<number, number> {
  const counts: Record<number, number> = {};
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

describe("the throttle of sign-ins over two copies", () => {
  test("lets five of thirty through that are tried at both at once", async () => {
    const tries = Array.from({ length: 30 }, (_, index) =>
      signInAt(copies[index % 2], { password: "not his password", from: STRANGER }),
    );
    expect(tally(await Promise.all(tries))).toEqual({ 401: 5, 429: 25 });
    for (const copy of copies)
      expect((await signInAt(copy, { password: PASSWORD, from: STRANGER })).status).toBe(429);
  });

  test("is as it was after both have started anew", async () => {
    await Promise.all(copies.map((copy) => copy.kill("SIGKILL")));
    await Promise.all(copies.map((copy) => copy.start()));
    for (const copy of copies) {
      const { status, retryAfter } = await signInAt(copy, { password: PASSWORD, from: STRANGER });
      expect(status).toBe(429);
      expect(retryAfter).toBeGreaterThan(10 * 60);
    }
  });

  test("does not keep the owner out at home, nor somebody else where it was tried", async () => {
    for (const copy of copies) {
      expect((await signInAt(copy, { password: PASSWORD, from: HOME })).status).toBe(303);
      const dana = { email: "dana@example.com", password: PASSWORD, from: STRANGER };
      expect((await signInAt(copy, dana)).status).toBe(303);
    }
  });

  test("takes right ones at once for what they are", async () => {
    const tries = Array.from({ length: 20 }, (_, index) =>
      signInAt(copies[index % 2], { password: PASSWORD, from: HOME }),
    );
    expect(tally(await Promise.all(tries))).toEqual({ 303: 20 });
  });
});
