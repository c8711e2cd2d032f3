import type { z } from "./zod";
import type { Key } from "~/i18n/catalogue";
import type { T } from "~/i18n/translator";

type Issue = z.core.$ZodRawIssue;
type Values = Readonly<Record<string, string | number>>;

/** A message with values, for a schema's own check: `ctx.addIssue(message("fields.amountTooLarge", { max }))`. */
export function message(key: Key, values: Values = {}) {
  return { code: "custom" as const, params: { key, values } };
}

/** A schema's own message is a key of the catalogue: `z.string().regex(IBAN, "fields.iban")`. */
export function keyedText(t: T, key: string, values: Values = {}): string {
  // Checked where the key is written down as `satisfies Key` or in message(); what is no key is shown as it is.
  return (t as (key: string, values: Values) => string)(key, values);
}

/** What is wrong with a field, in the reader's language, where the schema has no message of its own. */
export function standardText(t: T): (issue: Issue) => string {
  return (issue) => {
    switch (issue.code) {
      case "too_small":
        return tooSmall(t, issue);
      case "too_big":
        return issue.origin === "string"
          ? t("fields.tooLong", { count: Number(issue.maximum) })
          : t("fields.invalid");
      case "invalid_type":
        return issue.input === undefined ? t("fields.required") : t("fields.invalid");
      case "invalid_value":
        return issue.input ? t("fields.unknownChoice") : t("fields.chooseOne");
      case "invalid_format":
        return t(issue.format === "email" ? "fields.email" : "fields.invalid");
      case "custom":
        return customText(t, issue.params);
      default:
        return t("fields.invalid");
    }
  };
}

function customText(t: T, params: Readonly<Record<string, unknown>> = {}): string {
  const { key = "fields.invalid", values } = params as { key?: string; values?: Values };
  return keyedText(t, key, values);
}

function tooSmall(t: T, { origin, minimum }: Extract<Issue, { code: "too_small" }>): string {
  if (origin === "array") return t("fields.chooseSome");
  if (origin !== "string") return t("fields.invalid");
  return minimum === 1 ? t("fields.required") : t("fields.tooShort", { count: Number(minimum) });
}
