import { redirectTarget } from "./redirect-target";

/**
 * A form that was posted after the session had ended, kept while its writer signs in again (DESIGN 7). It travels in
 * hidden fields of the sign-in form, under names of its own; nothing of it is stored.
 */
export type KeptForm = {
  /** Where it was posted: a path of this site. */
  path: string;
  fields: readonly (readonly [name: string, value: string])[];
  /** Files came with it, which cannot be carried along: they have to be chosen again. */
  hadFiles?: true;
};

export const KEPT_PATH_FIELD = "kept-path";
export const KEPT_FIELD_PREFIX = "kept:";
export const KEPT_FILES_FIELD = "kept-files";

/** More is a choice of rows rather than something typed; it is quicker ticked again than carried along. */
const MOST_FIELDS = 1_000;

/** Neither a password nor the old session's token is ever sent back. */
const NEVER_KEPT = /password|^csrf$/i;

/** Null when it is too large to carry, or holds files. */
export function keepForm(path: string, form: FormData): KeptForm | null {
  const fields: [string, string][] = [];
  for (const [name, value] of form) {
    if (typeof value !== "string" || fields.length === MOST_FIELDS) return null;
    if (!NEVER_KEPT.test(name)) fields.push([name, value]);
  }
  return { path, fields };
}

/** Out of the sign-in form again; null when it carried none. */
export function keptFormIn(form: FormData): KeptForm | null {
  const path = form.get(KEPT_PATH_FIELD);
  if (typeof path !== "string" || redirectTarget(path) !== path) return null;
  const fields: [string, string][] = [];
  for (const [name, value] of form) {
    if (!name.startsWith(KEPT_FIELD_PREFIX) || typeof value !== "string") continue;
    const original = name.slice(KEPT_FIELD_PREFIX.length);
    if (!NEVER_KEPT.test(original)) fields.push([original, value]);
  }
  return { path, fields, ...(form.has(KEPT_FILES_FIELD) && { hadFiles: true }) };
}

/** What came with a 401 (`{ kept }`), if that is a form; an error's data can be anything. */
export function keptFormOf(data: unknown): KeptForm | null {
  if (typeof data !== "object" || data === null || !("kept" in data)) return null;
  const { kept } = data as { kept: Partial<KeptForm> | null };
  return typeof kept?.path === "string" && Array.isArray(kept.fields) ? (kept as KeptForm) : null;
}
