import type { en } from "./en";
import type { Locale } from "./locale";
import { typeset } from "./typeset";

/** English is the source: its keys and `{parameters}` are what `t()` and other languages obey. */
export type English = typeof en;
export type Area = keyof English;

/** The forms that Intl.PluralRules asks for whole numbers, by language. */
type PluralForms = {
  en: "one" | "other";
  ru: "one" | "few" | "many";
  kk: "one" | "other";
};

/** `area.name`; the name may hold dots of its own ("words.severity.critical"). */
export type Key = { [A in Area]: `${A}.${keyof English[A] & string}` }[Area];

type MessageOf<K extends Key> = K extends `${infer A extends Area}.${infer Name}`
  ? Name extends keyof English[A]
    ? English[A][Name]
    : never
  : never;

type Placeholders<Text> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;

/** A message with plural forms always takes `count`, whether or not each form prints it. */
type ParametersOf<Message> = Message extends string
  ? Placeholders<Message>
  : "count" | Placeholders<Message[keyof Message]>;

/** `count` is a number, written the way the language writes numbers; all else arrives as text. */
type Values<Names extends string, Filling> = {
  [Name in Names]: Name extends "count" ? number : Filling;
};

export type Arguments<K extends Key, Filling> = [ParametersOf<MessageOf<K>>] extends [never]
  ? []
  : [values: Values<ParametersOf<MessageOf<K>>, Filling>];

/** What a language must provide: every area, every name, and its own plural forms. */
export type Catalogue<L extends Locale = Locale> = {
  readonly [A in Area]: {
    readonly [Name in keyof English[A]]: English[A][Name] extends string
      ? string
      : { readonly [Form in PluralForms[L]]: string };
  };
};

/** Leaves a message alone if it takes the parameters of the English one; else it fits nothing. */
type SameParameters<C> = {
  readonly [A in keyof C]: {
    readonly [Name in keyof C[A]]: A extends Area
      ? Name extends keyof English[A]
        ? [ParametersOf<C[A][Name]>] extends [ParametersOf<English[A][Name]>]
          ? [ParametersOf<English[A][Name]>] extends [ParametersOf<C[A][Name]>]
            ? C[A][Name]
            : { missingParameter: ParametersOf<English[A][Name]> }
          : { unknownParameter: ParametersOf<C[A][Name]> }
        : never
      : never;
  };
};

/**
 * `export const ru = catalogue("ru", { app, balance, … })`, each area declared `as const`. A missing
 * or surplus name, a missing plural form or another set of parameters fails the type check. What the
 * files write with ordinary spaces comes out with unbreakable ones where a line must not break.
 */
export function catalogue<L extends Locale, const C extends Catalogue<L>>(
  _locale: L,
  messages: C & SameParameters<C>,
): C {
  return typesetAll(messages) as C;
}

function typesetAll(messages: unknown): unknown {
  if (typeof messages === "string") return typeset(messages);
  const entries = Object.entries(messages as Record<string, unknown>);
  return Object.fromEntries(entries.map(([name, value]) => [name, typesetAll(value)]));
}
