import { describe, expect, test } from "vitest";
import { z } from "./zod";
import { translator } from "~/i18n/translator";
import {
  checkbox,
  optionalLine,
  optionalText,
  requiredLine,
  requiredText,
  rowId,
} from "./field-types";
import { message } from "./message-text";
import { parseForm } from "./parse-form";

const t = translator("en");

function form(fields: Record<string, string | string[]>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields))
    for (const one of [value].flat()) data.append(name, one);
  return data;
}

const schema = z.object({
  title: requiredLine(20),
  note: optionalText(100),
  reference: optionalLine(10),
  severity: z.enum(["low", "high"]),
  issue: z.array(rowId()).min(1),
  agree: checkbox(),
});

const good = { title: " Login fails ", severity: "high", issue: ["7", "8"] };

describe("parseForm", () => {
  test("gives the values as the schema types them", () => {
    expect(
      parseForm(schema, form({ ...good, agree: "on", note: "a\r\nb", reference: "" }), t),
    ).toEqual({
      ok: true,
      value: {
        title: "Login fails",
        note: "a\nb",
        reference: undefined,
        severity: "high",
        issue: [7, 8],
        agree: true,
      },
    });
  });

  test("reads nothing that the schema does not declare", () => {
    const parsed = parseForm(schema, form({ ...good, role: "admin", csrf: "x" }), t);
    expect(parsed.ok && Object.keys(parsed.value)).not.toContain("role");
  });

  test("says what is wrong with each field, and keeps what was typed", () => {
    const typed = { title: "", severity: "huge", note: "kept", reference: "x".repeat(11) };
    expect(parseForm(schema, form(typed), t)).toEqual({
      ok: false,
      errors: {
        title: "Fill this in",
        reference: "Use at most 10 characters",
        severity: "Choose one of the answers offered",
        issue: "Choose at least one",
      },
      values: typed,
    });
  });

  test("names the entry of a list", () => {
    const parsed = parseForm(schema, form({ ...good, issue: ["7", "8; DROP"] }), t);
    expect(!parsed.ok && parsed.errors).toEqual({ "issue.1": "Choose one of the answers offered" });
  });

  test.each(["0", "-1", "1.0", "1e3", "2147483648", "99999999999", " 1", "१"])(
    "%j is no row's id",
    (id) => expect(rowId().safeParse(id).success).toBe(false),
  );

  test.each(["a\u0000b", "a\u0007b", "a\nb", "a\u2028b", "\u202Eabc", "a\u2067b"])(
    "%j is not one line",
    (line) => expect(requiredLine(20).safeParse(line).success).toBe(false),
  );

  test.each(["\u200B", "\u3164 \u2800", "\u00AD", "\u200D\uFE0F"])(
    "%j is nothing to see",
    (text) => {
      expect(requiredLine(20).safeParse(text).success).toBe(false);
      expect(requiredText(20).safeParse(text).success).toBe(false);
    },
  );

  test.each(["👩‍👩‍👧", "❤️", "بق", "می‌خواهم", "№"])("%j is", (text) => {
    expect(requiredLine(20).safeParse(text).success).toBe(true);
    expect(requiredText(20).safeParse(text).success).toBe(true);
  });

  test("a missing choice is asked for", () => {
    const { severity: _, ...rest } = good;
    const parsed = parseForm(schema, form(rest), t);
    expect(!parsed.ok && parsed.errors).toEqual({ severity: "Choose one" });
  });

  test("never hands a password back", () => {
    const passwords = z.object({ email: requiredLine(5), newPassword: z.string().min(10) });
    const typed = { email: "much too long", newPassword: "short" };
    expect(parseForm(passwords, form(typed), t)).toMatchObject({
      errors: { newPassword: "Use at least 10 characters" },
      values: { email: "much too long" },
    });
    const parsed = parseForm(passwords, form(typed), t);
    expect(JSON.stringify(parsed)).not.toContain("short");
  });

  test("takes a check over the whole form, with values in its message", () => {
    const whole = z
      .object({ a: rowId(), b: rowId() })
      .superRefine(({ a, b }, context) => {
        if (a > b) context.addIssue(message("fields.amountTooLarge", { max: String(b) }));
      })
      .transform(({ a, b }) => b - a);
    expect(parseForm(whole, form({ a: "1", b: "3" }), t)).toEqual({ ok: true, value: 2 });
    expect(parseForm(whole, form({ a: "4", b: "3" }), t)).toMatchObject({
      errors: { form: "The amount can be at most 3" },
    });
  });
});
