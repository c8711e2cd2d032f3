import { catalogueOf } from "#catalogues";
import { createElement, Fragment, type ReactNode } from "react";
import type { Arguments, Key } from "./catalogue";
import type { Message, Messages } from "./catalogues";
import { formatNumber } from "./format";
import type { Locale } from "./locale";

export type T = {
  readonly locale: Locale;
  /** The text of a message. What is no quantity goes in as text: `{ id: String(issue.id) }`. */
  <K extends Key>(key: K, ...values: Arguments<K, string>): string;
  /** The same with React nodes in the gaps: `t.rich("area.see", { link: <a>…</a> })`. */
  rich<K extends Key>(key: K, ...values: Arguments<K, ReactNode>): ReactNode;
};

const translators = new Map<Locale, T>();

export function translator(locale: Locale): T {
  let t = translators.get(locale);
  if (!t) {
    t = makeTranslator(locale);
    translators.set(locale, t);
  }
  return t;
}

function makeTranslator(locale: Locale): T {
  const messages: Messages = catalogueOf(locale);
  const plural = new Intl.PluralRules(locale);

  function pieces(key: string, values: Record<string, unknown> = {}): unknown[] {
    const dot = key.indexOf(".");
    const message = messages[key.slice(0, dot)]?.[key.slice(dot + 1)];
    if (message === undefined) return [key];
    const text =
      typeof message === "string" ? message : pluralForm(message, Number(values.count), plural);
    return text
      .split(/\{(\w+)\}/)
      .map((piece, index) => (index % 2 ? printable(values[piece], locale) : piece));
  }

  const t = (key: string, values?: Record<string, unknown>) => pieces(key, values).join("");
  const rich = (key: string, values?: Record<string, unknown>) =>
    createElement(Fragment, null, ...(pieces(key, values) as ReactNode[]));
  return Object.assign(t, { locale, rich }) as T;
}

function pluralForm(forms: Exclude<Message, string>, count: number, plural: Intl.PluralRules) {
  return forms[plural.select(count)] ?? forms.other ?? forms.many ?? "";
}

function printable(value: unknown, locale: Locale): unknown {
  return typeof value === "number" ? formatNumber(value, locale) : value;
}
