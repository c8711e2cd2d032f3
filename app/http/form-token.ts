import { createHmac, timingSafeEqual } from "node:crypto";

/** The hidden field that every form carries. */
export const FORM_TOKEN_FIELD = "csrf";

/** Bound to one session: another session's token fits no form (DESIGN 7). */
export function formToken(serverSecret: string, sessionSecret: string): string {
  return createHmac("sha256", serverSecret).update(`form:${sessionSecret}`).digest("base64url");
}

export function isFormToken(
  candidate: string | null,
  serverSecret: string,
  sessionSecret: string,
): boolean {
  const expected = Buffer.from(formToken(serverSecret, sessionSecret));
  const given = Buffer.from(candidate ?? "");
  return given.length === expected.length && timingSafeEqual(given, expected);
}
