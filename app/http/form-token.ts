import { createHmac, timingSafeEqual } from "node:crypto";

/** The hidden field that every form carries. */
export const FORM_TOKEN_FIELD = "csrf";

/**
 * On which pages a form stood: one's own, or those of a user whom an admin viewed as. What such a form holds is that user's,
 * so that it is no more the admin's to send once the view is over than it was before.
 */
export type FormOrigin = "own" | "view";

/** Bound to one session: another session's token fits no form (DESIGN 7). */
export function formToken(
  serverSecret: string,
  sessionSecret: string,
  origin: FormOrigin = "own",
): string {
  const bound = `${origin === "own" ? "form" : "view"}:${sessionSecret}`;
  return createHmac("sha256", serverSecret).update(bound).digest("base64url");
}

/** Null: no token of this session. */
export function formOrigin(
  candidate: string | null,
  serverSecret: string,
  sessionSecret: string,
): FormOrigin | null {
  const given = Buffer.from(candidate ?? "");
  const fits = (origin: FormOrigin) => {
    const expected = Buffer.from(formToken(serverSecret, sessionSecret, origin));
    return given.length === expected.length && timingSafeEqual(given, expected);
  };
  if (fits("own")) return "own";
  return fits("view") ? "view" : null;
}
