import type { z } from "./zod";
import type { T } from "~/i18n/translator";
import { keyedText, standardText } from "./message-text";

/** By field; `form` for what belongs to no single one. As ErrorSummary and Field take them. */
export type FieldErrors = Readonly<Record<string, string>>;
/** What was typed, for the form that is shown again. Passwords are never in it. */
export type FieldValues = Readonly<Record<string, string>>;

export type ParsedForm<Value> =
  { ok: true; value: Value } | { ok: false; errors: FieldErrors; values: FieldValues };

type ObjectSchema = z.ZodObject | z.ZodPipe<z.ZodObject>;

/**
 * A posted form as its schema describes it. Only the fields that the schema declares are read, so that nobody sets
 * what the form does not offer. A list (`z.array`) takes every value of its name; an empty box is absent to a field
 * that may be absent; line ends are `\n`.
 */
export function parseForm<Schema extends ObjectSchema>(
  schema: Schema,
  form: FormData,
  t: T,
): ParsedForm<z.output<Schema>> {
  const fields = Object.entries(fieldsOf(schema));
  const input = Object.fromEntries(
    fields.map(([name, field]) => [name, postedValue(form, name, field)]),
  );
  const parsed = schema.safeParse(input, { error: standardText(t) });
  if (parsed.success) return { ok: true, value: parsed.data as z.output<Schema> };
  return { ok: false, errors: fieldErrors(parsed.error, t), values: typedValues(form, fields) };
}

/** The first message of each field, translated. The fields of a list are named "payments.0.reference". */
export function fieldErrors({ issues }: z.ZodError, t: T): FieldErrors {
  const errors: Record<string, string> = {};
  for (const issue of issues) {
    const name = issue.path.join(".") || "form";
    errors[name] ??= keyedText(t, issue.message);
  }
  return errors;
}

function fieldsOf(schema: ObjectSchema): Readonly<Record<string, z.core.$ZodType>> {
  return "shape" in schema ? schema.shape : schema.in.shape;
}

function postedValue(form: FormData, name: string, field: z.core.$ZodType): unknown {
  if (isList(field)) return form.getAll(name).map(withPlainLineEnds);
  const value = withPlainLineEnds(form.get(name) ?? undefined);
  return value === "" && mayBeAbsent(field) ? undefined : value;
}

function withPlainLineEnds<V>(value: V): V | string {
  return typeof value === "string" ? value.replace(/\r\n?/g, "\n") : value;
}

function mayBeAbsent(field: z.core.$ZodType): boolean {
  return field._zod.optin === "optional";
}

function isList(field: z.core.$ZodType): boolean {
  const { def } = field._zod;
  if (def.type === "array") return true;
  const inner = (def as { innerType?: z.core.$ZodType; in?: z.core.$ZodType }) ?? {};
  const next = inner.innerType ?? inner.in;
  return next ? isList(next) : false;
}

function typedValues(
  form: FormData,
  fields: readonly (readonly [string, z.core.$ZodType])[],
): FieldValues {
  const values: Record<string, string> = {};
  for (const [name, field] of fields) {
    const value = form.get(name);
    if (typeof value === "string" && !isList(field) && !/password/i.test(name))
      values[name] = value;
  }
  return values;
}
