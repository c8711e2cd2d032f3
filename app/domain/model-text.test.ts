import { describe, expect, test } from "vitest";
import { markdownText, modelLine, modelWords } from "./model-text";

describe("a line of the model's", () => {
  test.each([
    ["  two\n lines\t of it ", "two lines of it"],
    ["see https://evil.example/pay?x=1 now", "see now"],
    ["JAVASCRIPT://x and www.evil.example", "and"],
    ["a\u202Eb\u0000c\u200Bd", "a b c d"],
    ["<b>bold</b>", "<b>bold</b>"],
  ])("%j", (text, line) => expect(modelLine(text, 100)).toBe(line));

  test("is nothing when nothing is left", () => {
    expect(modelLine(" \n\u200b ", 10)).toBeNull();
    expect(modelLine("https://only.example", 10)).toBeNull();
  });

  test("is cut at a word", () => {
    expect(modelLine("one two three four", 10)).toBe("one two…");
    expect(modelLine("onetwothreefour", 10)).toBe("onetwothr…");
  });
});

test("no sentence of the model's holds a figure", () => {
  expect(
    modelWords("Payments fail. We saw 12 of them. Пять — ٣ штуки! Safari is worst.", 200),
  ).toBe("Payments fail. Safari is worst.");
  expect(modelWords("12 issues", 100)).toBeNull();
});

test("what Markdown would read as its own is escaped", () => {
  expect(markdownText("- [x](y) *a* <b> | `c` # d.")).toBe(
    "\\- \\[x\\](y) \\*a\\* \\<b\\> \\| \\`c\\` # d.",
  );
});
