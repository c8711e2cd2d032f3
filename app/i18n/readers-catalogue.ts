import type * as server from "./catalogues";
import { DEFAULT_LOCALE, type Locale } from "./locale";

// What a browser gets in place of catalogues.ts (`imports` in package.json): each language is a file of its own, and
// only the reader's is loaded. Three of them would be a third of all scripts.
const FILES: Readonly<Record<Locale, () => Promise<server.Messages>>> = {
  en: async () => (await import("./en")).en,
  ru: async () => (await import("./ru")).ru,
  kk: async () => (await import("./kk")).kk,
};

let own: { readonly locale: Locale; readonly messages: server.Messages } | undefined;

/** Before the page comes alive: the language it was written in, `<html lang>`. Rejects when the file cannot be had. */
export async function loadCatalogue(language: string): Promise<void> {
  const locale = isLocale(language) ? language : DEFAULT_LOCALE;
  own = { locale, messages: await FILES[locale]() };
}

function isLocale(language: string): language is Locale {
  return language in FILES;
}

export const catalogueOf: typeof server.catalogueOf = () => own?.messages ?? {};

/** A language chosen in another window is spoken from the next page load on: this page has the words of one. */
export const spokenLocale: typeof server.spokenLocale = (locale) => own?.locale ?? locale;
