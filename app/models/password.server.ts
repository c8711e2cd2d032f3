import { hash, verify } from "@node-rs/argon2";
import { normalisedPassword, PASSWORD_MAX, PASSWORD_MIN, passwordLength } from "~/domain/password";
import { Turnstile } from "./turnstile";

/** Argon2id, which is the library's default, as OWASP recommends it: 19 MiB, two passes, one lane. */
const ARGON2 = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** Two at once take 38 MiB and both cores of a small machine; the others wait their turn. */
const hashing = new Turnstile({ atOnce: 2, waiting: 500 });

function assertLength(password: string): void {
  if (passwordLength(password) > PASSWORD_MAX)
    throw new RangeError(`A password has at most ${PASSWORD_MAX} characters.`);
}

/** Throws RangeError on a password outside 10 to 128 characters, and Overcrowded when too many wait. */
export async function hashPassword(password: string): Promise<string> {
  assertLength(password);
  if (passwordLength(password) < PASSWORD_MIN)
    throw new RangeError(`A password has at least ${PASSWORD_MIN} characters.`);
  return hashing.pass(() => hash(normalisedPassword(password), ARGON2));
}

/** Of a password that nobody has: what an unknown e-mail address is checked against, so that it takes as long. */
let nobodysHash: Promise<string> | undefined;

/**
 * Whether the password fits. Without a hash (no such user, or no password yet) it is false after the same time.
 * Throws RangeError on more than 128 characters, and Overcrowded when too many wait.
 */
export async function verifyPassword(
  password: string,
  passwordHash: string | null,
): Promise<boolean> {
  assertLength(password);
  nobodysHash ??= hash(crypto.randomUUID(), ARGON2);
  const against = passwordHash ?? (await nobodysHash);
  const fits = await hashing.pass(() => verify(against, normalisedPassword(password)));
  return fits && passwordHash !== null;
}
