import { afterAll, afterEach, beforeAll, expect } from "vitest";
import { db } from "~/database/client.server";
import { signInAtProvider } from "~/http/oidc-browser.fixture";
import { OIDC_CLIENT, startTestProvider, type TestProvider } from "~/http/oidc-provider.fixture";
import { sessionSecretFrom } from "~/http/session-cookie";
import { answerOf, visit } from "~/http/visit.fixture";
import { hashPassword } from "~/models/password.server";
import { findSession } from "~/models/session.server";
import { createUser } from "~/models/user.server";
import * as start from "./auth.oidc._index";
import * as callback from "./auth.oidc.callback";

export const PASSWORD = "tiyn demo password";

/** What the provider says of a name, beside the name itself as the subject. */
export const people = new Map<string, Record<string, unknown>>();

let passwordHash: string;

/** A real provider on this machine for the tests of this file. Call it once, at the top. */
export function useProvider(): () => TestProvider {
  let provider: TestProvider | undefined;
  const present = () => {
    if (!provider) throw new Error("The provider is there before the first test.");
    return provider;
  };
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
  afterEach(() => present().tamper(null));
  afterAll(() => present().close());
  return present;
}

let count = 0;
export type Person = { email: string; id: number };

/** A user, and a name at the provider whose e-mail address is the user's, verified. */
export async function person(options: { password?: boolean; claims?: object } = {}) {
  const name = `person-${++count}`;
  const email = `${name}@example.com`;
  const hash = options.password ? passwordHash : null;
  const { id } = await createUser({ name, email, role: "tester", passwordHash: hash });
  people.set(name, { email, email_verified: true, ...options.claims });
  return { name, email, id };
}

export const cookiesOf = (answer: Response) =>
  answer.headers.getSetCookie().map((line) => line.split(";", 1)[0] ?? "");

/** The browser's way to the provider and back; what it brings to the callback. */
export async function toProvider(name: string, options: { next?: string; cancel?: boolean } = {}) {
  const next = options.next ? `?next=${encodeURIComponent(options.next)}` : "";
  const answer = await answerOf(start.loader(visit(`/auth/oidc${next}`)));
  expect(answer.status).toBe(302);
  const [cookie = ""] = cookiesOf(answer);
  const to = answer.headers.get("location") ?? "";
  const back = await signInAtProvider(to, name, options);
  return { cookie, to: new URL(to), search: back.search };
}

type Back = { cookie: string; search: string };

export const arrive = ({ cookie, search }: Back, address?: string) =>
  answerOf(
    callback.loader(
      visit(`/auth/oidc/callback${search}`, { headers: { Cookie: cookie }, address }),
    ),
  );

export const signInAs = async (name: string) => arrive(await toProvider(name));

export async function sessionOf(answer: Response) {
  const secret = sessionSecretFrom(cookiesOf(answer).join("; "));
  return secret ? findSession(secret) : null;
}

export async function problemOf(answer: Response): Promise<unknown> {
  expect(await sessionOf(answer)).toBeNull();
  const { problem } = (await answer.json()) as { problem: unknown };
  return [answer.status, problem];
}

export const links = (of: { id: number }) => db().identity.count({ where: { userId: of.id } });
export const everything = async () => ({
  sessions: await db().session.count(),
  identities: await db().identity.count(),
  audit: await db().auditEntry.count(),
});
