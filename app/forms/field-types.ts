import { z } from "./zod";
import type { Key } from "~/i18n/catalogue";

// The last two turn the direction of what follows them, on the page as well.
const CONTROL_CHARACTERS = /[\p{Cc}\p{Zl}\p{Zp}\u{202A}-\u{202E}\u{2066}-\u{2069}]/u;
const CONTROL_CHARACTERS_BUT_NEW_LINE = /(?!\n|\t)\p{Cc}/u;
// A blank Braille cell is no default-ignorable character, and nothing to see all the same.
const VISIBLE = /[^\s\p{Cc}\p{Default_Ignorable_Code_Point}\u{2800}]/u;
const INVISIBLE = "fields.controlCharacters" satisfies Key;

/** One line that must be filled in. Spaces around it do not count. */
export function requiredLine(longest: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .refine(isPlainLine, INVISIBLE)
    .refine(isVisible, INVISIBLE);
}

/** One line that may stay empty: undefined then. */
export function optionalLine(longest: number) {
  return z
    .string()
    .trim()
    .max(longest)
    .refine(isPlainLine, INVISIBLE)
    .transform((text) => text || undefined)
    .optional();
}

/** Several lines that must be filled in. Spaces around them do not count. */
export function requiredText(longest: number) {
  return z
    .string()
    .trim()
    .min(1)
    .max(longest)
    .refine((text) => !CONTROL_CHARACTERS_BUT_NEW_LINE.test(text), INVISIBLE)
    .refine(isVisible, INVISIBLE);
}

/** Several lines that may stay empty: undefined then. */
export function optionalText(longest: number) {
  return z
    .string()
    .trim()
    .max(longest)
    .refine((text) => !CONTROL_CHARACTERS_BUT_NEW_LINE.test(text), INVISIBLE)
    .transform((text) => text || undefined)
    .optional();
}

/** The id of a row, as a hidden field or a choice posts it: digits, nothing else, within SQL's integer. */
export function rowId() {
  return z
    .string()
    .regex(/^[1-9]\d{0,9}$/, "fields.unknownChoice" satisfies Key)
    .transform(Number)
    .refine((id) => id <= MAX_ROW_ID, "fields.unknownChoice" satisfies Key);
}

export const MAX_ROW_ID = 2_147_483_647;

/** A ticked box posts something, an empty one nothing. */
export function checkbox() {
  return z
    .string()
    .optional()
    .transform((value) => value !== undefined);
}

/** Something to read, and to press where it is a link's only text. */
function isVisible(text: string): boolean {
  return VISIBLE.test(text);
}

function isPlainLine(text: string): boolean {
  return !CONTROL_CHARACTERS.test(text);
}
