import type { FieldValues } from "./parse-form";

/** What was typed into these fields, for a form that was understood and yet refused. */
export function typedFields(form: FormData, names: readonly string[]): FieldValues {
  const typed = names.map((name) => [name, form.get(name)] as const);
  return Object.fromEntries(
    typed.filter((field): field is [string, string] => typeof field[1] === "string"),
  );
}
