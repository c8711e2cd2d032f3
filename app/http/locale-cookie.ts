import { LOCALES, type Locale, negotiateLocale } from "~/i18n/locale";
import { cookieValue } from "./cookie-header";

export const LOCALE_COOKIE = "tiyn_locale";
const ONE_YEAR_SECONDS = 365 * 24 * 60 * 60;

/** `locale` when it is a language of ours, from whatever a form or a cookie held; else null. */
export function asLocale(locale: unknown): Locale | null {
  return LOCALES.find((known) => known === locale) ?? null;
}

/**
 * The language to answer in: the user's own setting, else the one that was chosen in this browser,
 * else the best of Accept-Language. `header` reads the request's headers.
 */
export function requestLocale(
  header: (name: string) => string | null | undefined,
  own?: string | null,
): Locale {
  const chosen = asLocale(own) ?? asLocale(cookieValue(header("cookie"), LOCALE_COOKIE));
  return negotiateLocale(chosen, header("accept-language"));
}

/**
 * `Set-Cookie` for the language chosen in this browser: strangers have no setting, and what the server says before it
 * knows the user follows it too. Null forgets it.
 */
export function localeCookie(locale: Locale | null, { secure }: { secure: boolean }): string {
  const age = `Max-Age=${locale ? ONE_YEAR_SECONDS : 0}`;
  const attributes = ["Path=/", age, "HttpOnly", "SameSite=Lax"];
  if (secure) attributes.push("Secure");
  return [`${LOCALE_COOKIE}=${locale ?? ""}`, ...attributes].join("; ");
}
