/** The ready-made notes that come with the app (note_templates_builtin_known); their words stand in the catalogue. */
export const BUILTIN_NOTES = [
  "reported_before",
  "needs_steps",
  "gone_by_now",
  "not_for_now",
  "being_rebuilt",
  "meant_so",
  "a_wish",
] as const;
export type BuiltinNote = (typeof BUILTIN_NOTES)[number];

/** Null for a note in the team's own words, and for what no version of the app knows. */
export function builtinNote(name: string | null): BuiltinNote | null {
  return BUILTIN_NOTES.find((known) => known === name) ?? null;
}
