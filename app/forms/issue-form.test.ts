import { describe, expect, test } from "vitest";
import { translator } from "~/i18n/translator";
import { issueText, newIssueForms, ownIssueForms } from "./issue-form";
import { parseForm } from "./parse-form";

const t = translator("en");
const OUTLINE = t("issues.outline");

const good = {
  key: "0f6c1c1e-5a52-4c8b-9a51-7a8f4f6f6b11",
  cycleId: "3",
  severity: "high",
  title: "Payment fails",
  body: "1. Pay\r\n2. Wait",
};

function form(fields: Record<string, string>): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) data.set(name, value);
  return data;
}

const file = (fields: object) => parseForm(newIssueForms.file, form({ ...good, ...fields }), t);
const draft = (fields: object) => parseForm(newIssueForms.draft, form({ ...good, ...fields }), t);

describe("the form that files an issue", () => {
  test("takes what it asks for, and nothing else", () => {
    const more = { role: "admin", payoutStatus: "paid", testerId: "2", approvedAmount: "1" };
    expect(file(more)).toEqual({
      ok: true,
      value: { ...good, cycleId: 3, body: "1. Pay\n2. Wait" },
    });
  });

  test("names every mistake and keeps every value", () => {
    const typed = { cycleId: "", severity: "", title: " ", body: "b".repeat(20_001) };
    expect(file(typed)).toEqual({
      ok: false,
      errors: {
        cycleId: "Choose a test cycle",
        severity: "Choose how severe it is",
        title: "Give it a title",
        body: "Use at most 20,000 characters",
      },
      values: { ...good, ...typed },
    });
  });

  test.each([
    ["a title of 255 characters", { title: "ы".repeat(255) }, true],
    ["one of 256", { title: "ы".repeat(256) }, false],
    ["a title of two lines", { title: "a\nb" }, false],
    ["20,000 characters of text", { body: "ы".repeat(20_000) }, true],
    ["no text at all", { body: "" }, true],
    ["a bell in the text", { body: "\u0007" }, false],
    ["another severity", { severity: "blocker" }, false],
    ["a cycle that is no number", { cycleId: "3; DROP" }, false],
    ["no key", { key: "" }, false],
    ["a key of one's own", { key: "again" }, false],
  ])("%s", (_, fields, ok) => expect(file(fields).ok).toBe(ok));

  test("a draft needs no title yet, but a cycle and a severity", () => {
    expect(draft({ title: "", body: "" })).toMatchObject({ ok: true, value: { cycleId: 3 } });
    expect(draft({ title: "x".repeat(256) }).ok).toBe(false);
    expect(draft({ severity: "" }).ok).toBe(false);
  });

  test("an edit of what is filed has no cycle and no severity", () => {
    const parsed = parseForm(ownIssueForms.edit, form({ ...good, title: "Better" }), t);
    expect(parsed).toEqual({ ok: true, value: { title: "Better", body: "1. Pay\n2. Wait" } });
  });
});

describe("the text of an issue", () => {
  test("an outline that nobody filled in is no text", () => {
    const untouched = draft({ body: OUTLINE.replaceAll("\n", "\r\n"), title: "" });
    expect(untouched.ok && issueText(untouched.value, OUTLINE)).toMatchObject({
      title: "",
      body: "",
    });
  });

  test("one that somebody did fill in stays", () => {
    const filled = OUTLINE.replace("1. ", "1. Open");
    const parsed = file({ body: filled });
    expect(parsed.ok && issueText(parsed.value, OUTLINE).body).toBe(filled.trim());
  });
});
