/** Sign-in with a real provider on this machine: whom it finds, and whom it links (DESIGN 7). */
import { describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { answerOf, visit } from "~/http/visit.fixture";
import * as start from "./auth.oidc._index";
import * as login from "./login";
import {
  arrive,
  cookiesOf,
  links,
  people,
  person,
  problemOf,
  sessionOf,
  signInAs,
  toProvider,
  useProvider,
} from "./oidc-journey.fixture";

useTestDatabase();
const provider = useProvider();

describe("the way to the provider", () => {
  test("asks for a code, with PKCE, state and nonce, and says where to come back", async () => {
    const { to, cookie } = await toProvider((await person()).name);
    expect(to.origin).toBe(provider().issuer);
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
      issuer: provider().issuer,
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

  test("eight times at once links once, and every one is signed in", async () => {
    const dana = await person();
    const backs = [];
    for (let n = 0; n < 8; n++) backs.push(await toProvider(dana.name));
    const answers = await Promise.all(backs.map((back) => arrive(back)));
    for (const answer of answers) expect((await sessionOf(answer))?.id).toBe(dana.id);
    expect(await links(dana)).toBe(1);
    expect(
      await db().auditEntry.count({ where: { actorId: dana.id, kind: "identity_linked" } }),
    ).toBe(1);
  });
});
