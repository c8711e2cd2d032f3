import { cookieValue } from "./cookie-header";

export const SESSION_COOKIE = "tiyn_session";

/** 32 bytes in base64url; anything else was not made by us and is not looked up. */
const SECRET_FORM = /^[\w-]{43}$/;

const ONE_DAY_SECONDS = 24 * 60 * 60;
const COOKIE_AGE_SECONDS = 30 * ONE_DAY_SECONDS;

/** The session's secret as the browser sent it, or null. */
export function sessionSecretFrom(cookieHeader: string | null | undefined): string | null {
  const value = cookieValue(cookieHeader, SESSION_COOKIE);
  return value !== null && SECRET_FORM.test(value) ? value : null;
}

/** `Set-Cookie` that starts a session; how long it really lasts is decided by the database. */
export function sessionCookie(secret: string, options: { secure: boolean }): string {
  return setCookie(secret, COOKIE_AGE_SECONDS, options);
}

/** `Set-Cookie` that makes the browser forget the session. */
export function endedSessionCookie(options: { secure: boolean }): string {
  return setCookie("", 0, options);
}

function setCookie(value: string, maxAge: number, { secure }: { secure: boolean }): string {
  const attributes = ["Path=/", `Max-Age=${maxAge}`, "HttpOnly", "SameSite=Lax"];
  if (secure) attributes.push("Secure");
  return [`${SESSION_COOKIE}=${value}`, ...attributes].join("; ");
}
