import { verifyPassword } from "./password.server";
import { type Attempt, claimTry, settleTry } from "./sign-in-attempt.server";
import { Turnstile } from "./turnstile";
import { comparableEmail } from "./user.server";

export type Tried =
  { kind: "right" } | { kind: "wrong" } | { kind: "throttled"; retryAfterSeconds: number };

/**
 * Tries for one account from one address go one after another here, so that right ones at once do not stand in each
 * other's way as tries that are not settled yet. That they are counted does not hang on it (claimTry).
 */
const inLine = new Map<string, Turnstile>();

async function oneByOne<T>(attempt: Attempt, work: () => Promise<T>): Promise<T> {
  const key = `${comparableEmail(attempt.email)} ${attempt.address}`;
  const turnstile = inLine.get(key) ?? new Turnstile({ atOnce: 1, waiting: 100 });
  inLine.set(key, turnstile);
  try {
    return await turnstile.pass(work);
  } finally {
    if (turnstile.idle) inLine.delete(key);
  }
}

/**
 * Compares a password and counts the try, unless there were too many wrong ones. Nothing is looked up for tries that wait or
 * are refused. What verifyPassword throws is thrown, and was no try.
 */
export function tryPassword(
  attempt: Attempt,
  password: string,
  findHash: () => Promise<string | null>,
): Promise<Tried> {
  return oneByOne(attempt, async () => {
    const claim = await claimTry(attempt);
    if ("retryAfterSeconds" in claim) return { kind: "throttled", ...claim };
    let kind: "right" | "wrong" | "none" = "none";
    try {
      kind = (await verifyPassword(password, await findHash())) ? "right" : "wrong";
      return { kind };
    } finally {
      await settleTry(claim.id, kind);
    }
  });
}
