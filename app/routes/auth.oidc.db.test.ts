/** Sign-in with a real provider on this machine, and with answers of it that somebody forged (ABUSE, Sign-in). */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { signInAtProvider } from "~/http/oidc-browser.fixture";
import { OIDC_CLIENT, startTestProvider, type TestProvider } from "~/http/oidc-provider.fixture";
import { sessionSecretFrom } from "~/http/session-cookie";
import { answerOf, visit } from "~/http/visit.fixture";
import { hashPassword } from "~/models/password.server";
import { findSession } from "~/models/session.server";
import { createUser } from "~/models/user.server";
import * as start from "./auth.oidc._index";
import * as callback from "./auth.oidc.callback";
import * as confirm from "./auth.oidc.confirm";
import * as login from "./login";

useTestDatabase();

const PASSWORD = "tiyn demo password";
let passwordHash: string;
let provider: TestProvider;
/** What the provider says of a name, beside the name itself as the subject. */
const people = new Map<string, Record<string, unknown>>();

beforeAll(async () => {
  passwordHash = await hashPassword(PASSWORD);
  provider = await startTestProvider({
    redirectUri: "http://localhost:3000/auth/oidc/callback",
    claimsOf: (name) => people.get(name) ?? {},
  });
  Object.assign(process.env, {
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: OIDC_CLIENT.id,
    OIDC_CLIENT_SECRET: OIDC_CLIENT.secret,
    OIDC_NAME: "Keycloak",
  });
});
afterAll(() => provider.close());
afterEach(() => provider.tamper(null));

let count = 0;
type Person = { email: string; id: number };

/** A user, and a name at the provider whose e-mail address is the user's, verified. */
async function person(options: { password?: boolean; claims?: object } = {}) {
  const name = `person-${++count}`;
  const email = `${name}@example.com`;
  const hash = options.password ? passwordHash : null;
  const { id } = await createUser({ name, email, role: "tester", passwordHash: hash });
  people.set(name, { email, email_verified: true, ...options.claims });
  return { name, email, id };
}

const cookiesOf = (answer: Response) =>
  answer.headers.getSetCookie().map((line) => line.split(";", 1)[0] ?? "");

/** The browser's way to the provider and back; what it brings to the callback. */
async function toProvider(name: string, options: { next?: string; cancel?: boolean } = {}) {
  const next = options.next ? `?next=${encodeURIComponent(options.next)}` : "";
  const answer = await answerOf(start.loader(visit(`/auth/oidc${next}`)));
  expect(answer.status).toBe(302);
  const [cookie = ""] = cookiesOf(answer);
  const to = answer.headers.get("location") ?? "";
  const back = await signInAtProvider(to, name, options);
  return { cookie, to: new URL(to), search: back.search };
}

type Back = { cookie: string; search: string };

const arrive = ({ cookie, search }: Back, address?: string) =>
  answerOf(
    callback.loader(
      visit(`/auth/oidc/callback${search}`, { headers: { Cookie: cookie }, address }),
    ),
  );

const signInAs = async (name: string) => arrive(await toProvider(name));

async function sessionOf(answer: Response) {
  const secret = sessionSecretFrom(cookiesOf(answer).join("; "));
  return secret ? findSession(secret) : null;
}

async function problemOf(answer: Response): Promise<unknown> {
  expect(await sessionOf(answer)).toBeNull();
  const { problem } = (await answer.json()) as { problem: unknown };
  return [answer.status, problem];
}

const links = (of: { id: number }) => db().identity.count({ where: { userId: of.id } });
const everything = async () => ({
  sessions: await db().session.count(),
  identities: await db().identity.count(),
  audit: await db().auditEntry.count(),
});

describe("the way to the provider", () => {
  test("asks for a code, with PKCE, state and nonce, and says where to come back", async () => {
    const { to, cookie } = await toProvider((await person()).name);
    expect(to.origin).toBe(provider.issuer);
    expect(Object.fromEntries(to.searchParams)).toMatchObject({
      response_type: "code",
      client_id: "tiyn",
      redirect_uri: "http://localhost:3000/auth/oidc/callback",
      scope: "openid email profile",
      code_challenge_method: "S256",
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
    });
    expect(cookie).not.toContain(to.searchParams.get("state"));
  });

  test("keeps what must come back where no script and no other page reads it", async () => {
    const answer = await answerOf(start.loader(visit("/auth/oidc")));
    expect(answer.headers.get("set-cookie")).toMatch(
      /^tiyn_oidc=[\w-]+; Path=\/auth\/oidc; Max-Age=600; HttpOnly; SameSite=Lax$/,
    );
  });

  test("is on the sign-in page, with the provider's name", async () => {
    const answer = await answerOf(login.loader(visit("/login?next=/app/issues")));
    expect(await answer.json()).toEqual({
      next: "/app/issues",
      provider: {
        name: "Keycloak",
        url: "http://localhost:3000/auth/oidc?next=%2Fapp%2Fissues",
      },
    });
  });
});

describe("the first sign-in", () => {
  test("of an invited user without password links the two, and the next one needs no e-mail", async () => {
    const dana = await person();
    const back = await toProvider(dana.name, { next: "/app/issues?severity=high" });
    const answer = await arrive(back, "192.0.2.7");
    expect(answer.status).toBe(302);
    expect(answer.headers.get("location")).toBe("/app/issues?severity=high");
    expect((await sessionOf(answer))?.id).toBe(dana.id);
    expect(await db().identity.findUnique({ where: { userId: dana.id } })).toMatchObject({
      issuer: provider.issuer,
      subject: dana.name,
      how: "email",
    });
    const acts = await db().auditEntry.findMany({
      where: { actorId: dana.id },
      orderBy: { id: "asc" },
    });
    expect(acts.map(({ kind, address }) => [kind, address])).toEqual([
      ["identity_linked", "192.0.2.7"],
      ["signed_in", "192.0.2.7"],
    ]);
    people.set(dana.name, { email: "married@example.com", email_verified: false });
    expect((await sessionOf(await signInAs(dana.name)))?.id).toBe(dana.id);
    expect(await links(dana)).toBe(1);
  });

  test("finds the address whatever its case", async () => {
    const dana = await person();
    people.set(dana.name, { email: dana.email.toUpperCase(), email_verified: true });
    expect((await sessionOf(await signInAs(dana.name)))?.id).toBe(dana.id);
  });

  test("replaces the session of before", async () => {
    const dana = await person();
    const before = await signInAs(dana.name);
    const cookies = cookiesOf(before).find((pair) => pair.startsWith("tiyn_session="));
    const back = await toProvider(dana.name);
    const after = await arrive({ ...back, cookie: `${cookies}; ${back.cookie}` });
    expect((await sessionOf(after))?.id).toBe(dana.id);
    expect(await sessionOf(before)).toBeNull();
  });

  test.each([
    ["false", { email_verified: false }],
    ["absent", { email_verified: undefined }],
    ['the text "true"', { email_verified: "true" }],
    ["1", { email_verified: 1 }],
    ["true but without an address", { email: undefined }],
  ])("with email_verified %s links nobody and signs nobody in", async (_, claims) => {
    const dana = await person({ claims });
    expect(await problemOf(await signInAs(dana.name))).toEqual([403, "unverified"]);
    expect(await links(dana)).toBe(0);
  });

  test("with an address that nobody has here creates no user", async () => {
    people.set("stranger", { email: "stranger@example.com", email_verified: true });
    const before = await db().user.count();
    expect(await problemOf(await signInAs("stranger"))).toEqual([403, "unknown"]);
    expect(await db().user.count()).toBe(before);
  });

  test("of a deactivated user is refused, linked or not", async () => {
    const [linked, unlinked] = [await person(), await person()];
    await signInAs(linked.name);
    const ids = [linked.id, unlinked.id];
    await db().user.updateMany({
      where: { id: { in: ids } },
      data: { deactivatedAt: new Date() },
    });
    expect(await problemOf(await signInAs(linked.name))).toEqual([403, "deactivated"]);
    expect(await problemOf(await signInAs(unlinked.name))).toEqual([403, "deactivated"]);
    expect(await links(unlinked)).toBe(0);
  });

  test("of another identity with the same address is refused once the user has one", async () => {
    const dana = await person();
    await signInAs(dana.name);
    people.set("dana's other account", { email: dana.email, email_verified: true });
    expect(await problemOf(await signInAs("dana's other account"))).toEqual([
      403,
      "other_identity",
    ]);
    expect(await links(dana)).toBe(1);
  });

  test("from another issuer with the same subject is another identity", async () => {
    const dana = await person();
    const data = { userId: dana.id, issuer: "https://id.example.com", subject: "the-same" };
    await db().identity.create({ data: { ...data, how: "email" } });
    people.set("the-same", { email: "nobody@example.com", email_verified: true });
    expect(await problemOf(await signInAs("the-same"))).toEqual([403, "unknown"]);
    people.set("the-same", { email: dana.email, email_verified: true });
    expect(await problemOf(await signInAs("the-same"))).toEqual([403, "other_identity"]);
  });

  test("twenty times at once links once, and every one is signed in", async () => {
    const dana = await person();
    const backs = [];
    for (let n = 0; n < 20; n++) backs.push(await toProvider(dana.name));
    const answers = await Promise.all(backs.map((back) => arrive(back)));
    for (const answer of answers) expect((await sessionOf(answer))?.id).toBe(dana.id);
    expect(await links(dana)).toBe(1);
    expect(
      await db().auditEntry.count({ where: { actorId: dana.id, kind: "identity_linked" } }),
    ).toBe(1);
  });
});

describe("a user who has a password", () => {
  async function atConfirm(): Promise<Person & { cookie: string; name: string }> {
    const aibek = await person({ password: true });
    const back = await toProvider(aibek.name, { next: "/app/issues" });
    const answer = await arrive(back);
    expect(answer.status).toBe(302);
    expect(answer.headers.get("location")).toBe("/auth/oidc/confirm");
    expect(await sessionOf(answer)).toBeNull();
    expect(await links(aibek)).toBe(0);
    const cookie = cookiesOf(answer).find((pair) => pair.startsWith("tiyn_oidc_link=")) ?? "";
    return { ...aibek, cookie };
  }
  const send = (cookie: string, password: string, address?: string) =>
    answerOf(
      confirm.action(
        visit("/auth/oidc/confirm", { headers: { Cookie: cookie }, form: { password }, address }),
      ),
    );

  test("confirms with it once, and never again", async () => {
    const aibek = await atConfirm();
    const page = await answerOf(
      confirm.loader(visit("/auth/oidc/confirm", { headers: { Cookie: aibek.cookie } })),
    );
    expect(await page.json()).toMatchObject({ email: aibek.email, problem: null });
    const answer = await send(aibek.cookie, PASSWORD);
    expect(answer.status).toBe(303);
    expect(answer.headers.get("location")).toBe("/app/issues");
    expect((await sessionOf(answer))?.id).toBe(aibek.id);
    expect(await db().identity.findUnique({ where: { userId: aibek.id } })).toMatchObject({
      how: "password",
    });
    expect((await sessionOf(await signInAs(aibek.name)))?.id).toBe(aibek.id);
  });

  test("is asked again after a wrong one, and to wait after five: 401, 429", async () => {
    const { cookie, ...aibek } = await atConfirm();
    const address = "192.0.2.40";
    for (let tries = 0; tries < 5; tries++)
      expect((await send(cookie, "wrong", address)).status).toBe(401);
    const answer = await send(cookie, PASSWORD, address);
    expect(answer.status).toBe(429);
    expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(14 * 60);
    expect(await links(aibek)).toBe(0);
    expect((await send(cookie, PASSWORD, "192.0.2.41")).status).toBe(303);
  });

  test("fills the password in: 422, and a megabyte of it is no try", async () => {
    const { cookie } = await atConfirm();
    expect((await send(cookie, "")).status).toBe(422);
    const before = await db().signInAttempt.count();
    expect((await send(cookie, "a".repeat(1_000_000))).status).toBe(422);
    expect(await db().signInAttempt.count()).toBe(before);
  });

  test("cannot be named by a cookie that somebody made: 400", async () => {
    for (const cookie of ["", "tiyn_oidc_link=e30"]) {
      const before = await everything();
      expect(await problemOf(await send(cookie, PASSWORD))).toEqual([400, "invalid"]);
      expect(await everything()).toEqual(before);
    }
    const page = await answerOf(confirm.loader(visit("/auth/oidc/confirm")));
    expect(page.status).toBe(400);
  });

  test("who was linked or deactivated meanwhile is refused", async () => {
    const [linked, gone] = [await atConfirm(), await atConfirm()];
    const data = { userId: linked.id, issuer: "https://id.example.com", subject: linked.name };
    await db().identity.create({ data: { ...data, how: "password" } });
    expect(await problemOf(await send(linked.cookie, PASSWORD))).toEqual([403, "other_identity"]);
    await db().user.update({ where: { id: gone.id }, data: { deactivatedAt: new Date() } });
    expect((await send(gone.cookie, PASSWORD)).status).toBe(401);
    expect(await links(gone)).toBe(0);
  });
});

describe("an answer that proves nothing opens no session: 400", () => {
  async function refused(answer: Promise<Response> | Response, problem = "invalid") {
    expect(await problemOf(await answer)).toEqual([400, problem]);
  }
  const minutes = (count: number) => Math.floor(Date.now() / 1_000) + count * 60;

  test.each([
    ["unsigned", { signature: "none" }],
    ["signed with the client's secret", { signature: "HS256" }],
    ["signed with a key of somebody's", { signature: "another key" }],
    ["changed after it was signed", { signature: "broken" }],
    ["for another client", { claims: (c: object) => ({ ...c, aud: "another" }) }],
    ["of another issuer", { claims: (c: object) => ({ ...c, iss: "https://evil.example" }) }],
    ["of another sign-in", { claims: (c: object) => ({ ...c, nonce: "another" }) }],
    ["without a nonce", { claims: (c: object) => ({ ...c, nonce: undefined }) }],
    ["expired", { claims: (c: object) => ({ ...c, exp: minutes(-5) }) }],
    ["without a subject", { claims: (c: object) => ({ ...c, sub: undefined }) }],
  ] as const)("a token %s", async (_, tampering) => {
    const dana = await person();
    const back = await toProvider(dana.name);
    const before = await everything();
    provider.tamper(tampering);
    await refused(arrive(back));
    expect(await everything()).toEqual(before);
    provider.tamper(null);
    expect((await sessionOf(await signInAs(dana.name)))?.id).toBe(dana.id);
  });

  test("a callback that this browser did not ask for, or not with this state", async () => {
    const [one, other] = [await toProvider((await person()).name), await toProvider("nobody")];
    const before = await everything();
    await refused(arrive({ ...one, cookie: "" }));
    await refused(arrive({ ...one, cookie: other.cookie }));
    const without = new URLSearchParams(one.search);
    without.delete("state");
    await refused(arrive({ ...one, search: `?${without}` }));
    await refused(arrive({ ...one, search: "" }));
    const code = new URLSearchParams(one.search);
    code.set("code", "made up");
    await refused(arrive({ ...one, search: `?${code}` }));
    code.append("code", "another");
    await refused(arrive({ ...one, search: `?${code}` }));
    expect(await everything()).toEqual(before);
  });

  test("the same callback once more, with the same cookie", async () => {
    const dana = await person();
    const back = await toProvider(dana.name);
    expect((await sessionOf(await arrive(back)))?.id).toBe(dana.id);
    const before = await everything();
    await refused(arrive(back));
    expect(await everything()).toEqual(before);
  });

  test("another code for a state that was used", async () => {
    const dana = await person();
    const back = await toProvider(dana.name);
    await arrive(back);
    const again = await signInAtProvider(back.to.href, dana.name);
    await refused(arrive({ ...back, search: again.search }));
  });

  test("error=access_denied, from whoever pressed Cancel", async () => {
    await refused(arrive(await toProvider((await person()).name, { cancel: true })), "refused");
  });
});

test("a provider that does not answer is said to be away: 503", async () => {
  const back = await toProvider((await person()).name);
  await provider.close();
  const answer = await arrive(back);
  expect(answer.headers.get("retry-after")).toBe("30");
  expect(await problemOf(answer)).toEqual([503, "away"]);
});
