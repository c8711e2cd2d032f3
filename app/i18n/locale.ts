/** The languages tiyn speaks, each with a whole catalogue. */
export const LOCALES = ["en", "ru", "kk"] as const;
export type Locale = (typeof LOCALES)[number];

export const DEFAULT_LOCALE: Locale = "en";

/**
 * The Intl tags for numbers and money: only the -KZ regions print the tenge as ₸. Kazakh writes both
 * as Russian does, and unlike kk-KZ every browser knows ru-KZ (see kazakh-dates.ts).
 */
export const INTL_TAGS: Record<Locale, string> = { en: "en-KZ", ru: "ru-KZ", kk: "ru-KZ" };

export function knownLocale(name: string | null | undefined): Locale | null {
  return LOCALES.find((locale) => locale === name) ?? null;
}

/** The user's own setting, else the best of Accept-Language, else English. */
export function negotiateLocale(
  userLocale: string | null | undefined,
  acceptLanguage: string | null | undefined,
  available: readonly Locale[] = LOCALES,
): Locale {
  const wanted = [userLocale ?? "", ...languagesByPreference(acceptLanguage ?? "")];
  for (const language of wanted) {
    const match = available.find((locale) => locale === language);
    if (match) return match;
  }
  return DEFAULT_LOCALE;
}

/** "ru-RU,ru;q=0.9,en;q=0.8" → ["ru", "ru", "en"]; q=0 means "not this" (RFC 9110, 12.5.4). */
function languagesByPreference(acceptLanguage: string): string[] {
  return acceptLanguage
    .split(",", 20)
    .map((entry) => {
      const [range = "", ...parameters] = entry.split(";").map((part) => part.trim());
      const q = parameters.find((parameter) => parameter.startsWith("q="));
      const language = range.toLowerCase().split("-", 1)[0] ?? "";
      return { language, quality: q === undefined ? 1 : Number(q.slice(2)) };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality)
    .map(({ language }) => language);
}
