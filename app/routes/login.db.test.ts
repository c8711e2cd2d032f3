import { beforeAll, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { sessionSecretFrom } from "~/http/session-cookie";
import { answerOf, visit } from "~/http/visit.fixture";
import { hashPassword } from "~/models/password.server";
import { createUser } from "~/models/user.server";
import * as index from "./app._index";
import * as login from "./login";
import * as logout from "./logout";

useTestDatabase();

const PASSWORD = "tiyn demo password";
const AIBEK = { email: "aibek@example.com", password: PASSWORD };

beforeAll(async () => {
  const passwordHash = await hashPassword(PASSWORD);
  await createUser({ name: "Aibek", email: "aibek@example.com", role: "tester", passwordHash });
  await createUser({ name: "Nazira", email: "nazira@example.com", role: "admin", passwordHash });
});

type Options = Parameters<typeof visit>[1];
const post = (options: Options) => answerOf(login.action(visit("/login", options)));
const open = (path: string, options?: Options) => answerOf(login.loader(visit(path, options)));

async function secretFor(email: string, session?: string): Promise<string> {
  const answer = await post({ form: { email, password: PASSWORD }, session });
  return sessionSecretFrom(answer.headers.get("set-cookie")?.split(";", 1)[0]) ?? "";
}

describe("the sign-in page", () => {
  test("leads on to where one wanted to go", async () => {
    const answer = await post({ form: { ...AIBEK, next: "/app/issues?x=1" } });
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toBe("/app/issues?x=1");
    expect(answer.headers.get("set-cookie")).toMatch(
      /^tiyn_session=[\w-]{43}; Path=\/; Max-Age=2592000; HttpOnly; SameSite=Lax$/,
    );
  });

  test.each(["https://evil.example", "//evil.example", "javascript:alert(1)"])(
    "but not to %s",
    async (next) => {
      expect((await post({ form: { ...AIBEK, next } })).headers.get("location")).toBe("/app");
      const opened = await open(`/login?next=${encodeURIComponent(next)}`);
      expect(await opened.json()).toEqual({ next: "/app", provider: null });
    },
  );

  test("sends on who is signed in already", async () => {
    const session = await secretFor("aibek@example.com");
    const answer = await open("/login?next=/app/issues", { session });
    expect(answer.headers.get("location")).toBe("/app/issues");
  });

  test("says the same for a wrong password and an unknown address, and keeps the address", async () => {
    const address = "192.0.2.20";
    const [wrong, unknown] = await Promise.all(
      ["aibek@example.com", "nobody@example.com"].map(async (email) => {
        const answer = await post({
          address,
          form: { email, password: "wrong", next: "/app/issues" },
        });
        return { status: answer.status, ...((await answer.json()) as object) };
      }),
    );
    expect(wrong).toEqual({
      status: 401,
      resume: null,
      next: "/app/issues",
      kept: null,
      errors: { form: "The e-mail address or the password is not right." },
      values: { email: "aibek@example.com" },
    });
    expect(unknown).toEqual({ ...wrong, values: { email: "nobody@example.com" } });
  });

  test("says what is missing: 422", async () => {
    const answer = await post({ form: { email: "aibek@example.com", password: "" } });
    expect(answer.status).toBe(422);
    expect(await answer.json()).toMatchObject({
      errors: { password: "Fill this in" },
      values: { email: "aibek@example.com" },
    });
  });

  test.each([null, "email=aibek%40example.com&password=b"])(
    "refuses a body of no type: 415 (%s)",
    async (text) => {
      const body = text === null ? null : new TextEncoder().encode(text);
      const { context, params } = visit("/login");
      const request = new Request("http://localhost:3000/login", { method: "POST", body });
      expect(request.headers.has("content-type")).toBe(false);
      const answer = await answerOf(login.action({ request, context, params }));
      expect(answer.status).toBe(415);
    },
  );

  test("hashes no megabyte: 422, and it is no try", async () => {
    const before = await db().signInAttempt.count();
    const answer = await post({ form: { ...AIBEK, password: "a".repeat(1_000_000) } });
    expect(answer.status).toBe(422);
    expect(await answer.text()).not.toContain("aaaa");
    expect(await db().signInAttempt.count()).toBe(before);
  });

  test("asks to wait after five wrong tries: 429", async () => {
    const address = "192.0.2.30";
    for (let count = 0; count < 5; count++)
      await post({ address, form: { ...AIBEK, password: "wrong" } });
    const answer = await post({ address, form: AIBEK });
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(14 * 60);
    expect(await answer.json()).toMatchObject({
      errors: { form: "Too many wrong tries. Try again in 15 minutes." },
    });
    expect((await post({ address: "192.0.2.31", form: AIBEK })).status).toBe(303);
  });

  test("gives back a form that had been posted too late, to be sent once more", async () => {
    const form = { ...AIBEK, "kept-path": "/app/issues/7", "kept:note": "typed with care" };
    const wrong = await post({ form: { ...form, password: "wrong" } });
    const kept = { path: "/app/issues/7", fields: [["note", "typed with care"]] };
    expect(await wrong.json()).toMatchObject({ kept });
    const right = await post({ form });
    expect(right.status).toBe(200);
    expect(right.headers.get("set-cookie")).toContain("tiyn_session=");
    expect(await right.json()).toEqual({ resume: kept });
    // The page's loader runs after its action, in the new session: it must not lead away from there.
    const resuming = visit("/login", { form });
    await login.action(resuming);
    const { context } = resuming;
    expect(await login.loader({ ...visit("/login"), context })).toMatchObject({ next: "/app" });
  });
});

describe("a session", () => {
  test("of before is replaced", async () => {
    const before = await secretFor("aibek@example.com");
    const after = await secretFor("aibek@example.com", before);
    expect(after).not.toBe(before);
    expect((await answerOf(index.loader(visit("/app", { session: before })))).status).toBe(302);
    const made = await post({ form: AIBEK, session: "x".repeat(43) });
    expect(made.headers.get("set-cookie")).not.toContain("x".repeat(43));
  });

  test("ends with signing out; the old cookie is nobody's", async () => {
    const session = await secretFor("aibek@example.com");
    const out = () => answerOf(logout.action(visit("/logout", { session, form: {} })));
    const answer = await out();
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toBe("/login");
    expect(answer.headers.get("set-cookie")).toMatch(/^tiyn_session=; Path=\/; Max-Age=0/);
    expect((await out()).status).toBe(401);
  });

  test.each([
    ["aibek@example.com", "/app/test-cycles/balance"],
    ["nazira@example.com", "/app/admin/triage"],
  ])("of %s begins at %s", async (email, start) => {
    const session = await secretFor(email);
    const answer = await answerOf(index.loader(visit("/app", { session })));
    expect(answer.headers.get("location")).toBe(start);
  });
});

test("GET on the sign-out changes nothing: 405", async () => {
  const answer = await answerOf((async () => logout.loader(visit("/logout")))());
  expect(answer.status).toBe(405);
});
