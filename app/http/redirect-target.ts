import { homePath } from "./paths";

export const HOME = homePath();

const LONGEST = 2_000;
/** Any origin will do: only what stays on it is followed. */
const HERE = "http://here.invalid";

/**
 * A path on this site that is safe to send a browser to, from whatever `next` held; else HOME.
 * Refused: other sites, `//host`, schemes, backslashes and control characters (browsers read both as something else).
 */
export function redirectTarget(next: unknown, home: string = HOME): string {
  if (typeof next !== "string" || next.length > LONGEST || !next.startsWith("/")) return home;
  if (/[\\\p{Cc}]/u.test(next)) return home;
  const url = URL.canParse(next, HERE) ? new URL(next, HERE) : null;
  if (url?.origin !== HERE) return home;
  const target = url.pathname + url.search + url.hash;
  // "/.//host" only becomes "//host" once its dots are resolved.
  return target.startsWith("//") ? home : target;
}
