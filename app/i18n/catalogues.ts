import { en } from "./en";
import { kk } from "./kk";
import type { Locale } from "./locale";
import { ru } from "./ru";

export type Message = string | Readonly<Partial<Record<Intl.LDMLPluralRule, string>>>;
export type Messages = Readonly<Record<string, Readonly<Record<string, Message>>>>;

/** A language joins with a line here, one in readers-catalogue.ts and one in LOCALES (locale.ts). */
const CATALOGUES: Readonly<Record<Locale, Messages>> = {
  en,
  ru,
  kk,
};

export function catalogueOf(locale: Locale): Messages {
  return CATALOGUES[locale];
}

/** The language in which a reader of `locale` can be answered: here any. */
export function spokenLocale(locale: Locale): Locale {
  return locale;
}
