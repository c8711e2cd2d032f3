import type { BuiltinNote } from "~/domain/builtin-note";
import { LOCALES, type Locale } from "./locale";
import { type T, translator } from "./translator";

type Note = { readonly text: string; readonly builtin: BuiltinNote | null };

/** What comes with the app speaks the reader's language; the team's own words stay as they are. */
export function readyNoteText({ text, builtin }: Note, t: T): string {
  return builtin ? t(`triage.builtin.${builtin}`) : text;
}

/**
 * With its text for readers of every language: an admin's browser has the catalogue of one, and the tester reads another.
 * On the server only.
 */
export function inEveryLanguage<N extends Note>(
  note: N,
): N & { readonly texts: Readonly<Record<Locale, string>> } {
  const texts = LOCALES.map((locale) => [locale, readyNoteText(note, translator(locale))]);
  return { ...note, texts: Object.fromEntries(texts) as Record<Locale, string> };
}
