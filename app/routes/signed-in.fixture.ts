import { randomUUID } from "node:crypto";
import { signIn } from "~/models/sign-in.server";
import type { buildTester } from "../../prisma/builders";

/** `session` is the secret of the session that they are signed in with. */
export type Person = { readonly id: number; readonly email: string; readonly session: string };

/** Someone new, signed in. */
export async function signedIn(build: typeof buildTester, name: string): Promise<Person> {
  const email = `${name.toLowerCase()}-${randomUUID().slice(0, 8)}@example.com`;
  const { id } = await build({ name, email });
  const by = { userId: id, address: "192.0.2.1", userAgent: null, replaces: null };
  return { id, email, session: (await signIn(by)).secret };
}

/** Someone whose session is over, or never was. */
export const NOBODY: Person = { id: 0, email: "", session: "x".repeat(43) };
