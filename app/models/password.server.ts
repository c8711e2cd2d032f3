import { Algorithm, hash, verify } from "@node-rs/argon2";
import { Turnstile } from "./turnstile";

export const PASSWORD_MIN = 10;
/** Hashing is paid for by the length, so there is an end to it. */
export const PASSWORD_MAX = 128;

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. */
const ARGON2 = {
  algorithm: Algorithm.Argon2id,
  memoryCost: 19_456,
  timeCost: 2,
  parallelism: 1,
} as const;

/** Two at once take 38 MiB and both cores of a small machine; the others wait their turn. */
const hashing = new Turnstile({ atOnce: 2, waiting: 500 });

/** Unicode offers several ways to write й: without this a password would only fit the keyboard it was chosen on. */
const normalised = (password: string) => password.normalize("NFC");

/** How many characters a reader would count; a surrogate pair is one. */
export function passwordLength(password: string): number {
  // Four bytes a character at most: beyond that there is no need to count.
  return password.length > PASSWORD_MAX * 4 ? password.length : [...normalised(password)].length;
}

function assertLength(password: string): void {
  if (passwordLength(password) > PASSWORD_MAX)
    throw new RangeError(`A password has at most ${PASSWORD_MAX} characters.`);
}

/** Throws RangeError on a password outside 10 to 128 characters, and Overcrowded when too many wait. */
export async function hashPassword(password: string): Promise<string> {
  assertLength(password);
  if (passwordLength(password) < PASSWORD_MIN)
    throw new RangeError(`A password has at least ${PASSWORD_MIN} characters.`);
  return hashing.pass(() => hash(normalised(password), ARGON2));
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
  const fits = await hashing.pass(() => verify(against, normalised(password)));
  return fits && passwordHash !== null;
}
