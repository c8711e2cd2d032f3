import { describe, expect, test } from "vitest";
import { markdownToHtml } from "./markdown.server";

describe("Markdown", () => {
  test("says what people write, line by line", () => {
    expect(markdownToHtml("Steps\n1. Pay\n2. **Again**")).toBe(
      "<p>Steps</p>\n<ol>\n<li>Pay</li>\n<li><strong>Again</strong></li>\n</ol>\n",
    );
    expect(markdownToHtml("Expected: paid\nActual: <nothing> & «көк шай»")).toBe(
      "<p>Expected: paid<br>\nActual: &lt;nothing&gt; &amp; «көк шай»</p>\n",
    );
    expect(markdownToHtml("# Big")).toBe("<p><strong>Big</strong></p>\n");
  });

  test("links to the web, and tells nobody where from", () => {
    const link = '<a href="https://example.com/a?b=1" rel="nofollow noopener noreferrer">';
    expect(markdownToHtml("see https://example.com/a?b=1")).toContain(link);
    expect(markdownToHtml("[here](https://example.com/a?b=1)")).toContain(link);
    expect(markdownToHtml("bug.kz")).toBe("<p>bug.kz</p>\n");
  });

  test.each([
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java\nscript:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](vbscript:x)",
    "[x](/logout)",
    "<javascript:alert(1)>",
    "[x]: javascript:alert(1)\n\n[x]",
    "![x](https://evil.example/pixel.png)",
    '[x](https://a.example "onmouseover=alert(1)")',
    "```html onload=alert(1)\n<b>\n```",
    '<https://a.example/" onclick="alert(1)>',
  ])("%s runs nothing and loads nothing", (text) => {
    const html = markdownToHtml(text);
    const tags = html.match(/<[^>]*>/g) ?? [];
    for (const tag of tags) {
      expect(tag).toMatch(/^<\/?(p|a|br|pre|code|strong|em|ol|ul|li|blockquote)\b/);
      expect(tag).not.toMatch(/\son\w+\s*=/i);
      if (tag.startsWith("<a")) expect(tag).toMatch(/^<a href="https:\/\//);
    }
  });

  test.each([
    ["brackets", "[".repeat(20_000)],
    ["quotes within quotes", ">".repeat(10_000) + "a"],
    ["stars", "*a".repeat(10_000)],
    ["backticks", "`a``".repeat(5_000)],
    ["almost links", "https://".repeat(2_500)],
    ["almost mail addresses", "a@a.".repeat(5_000)],
    ["table cells", "|".repeat(10_000) + "\n" + "|-".repeat(5_000)],
  ])("20,000 characters of %s take no time to speak of", (_what, text) => {
    // Of the processor, not of the clock: others may have it meanwhile. The worst takes 50 ms, and twice the text twice that.
    const before = process.cpuUsage();
    markdownToHtml(text);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 1_000).toBeLessThan(1_000);
  });
});
