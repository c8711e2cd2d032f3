import type { Page } from "@playwright/test";
import { findings } from "./axe";
import { brokenWords } from "./broken-words";
import { become, everyPage } from "./every-page";
import { expect, test } from "./fixtures";

/** What is meant to answer so, with a page for people all the same. */
const ANSWERS: Readonly<Record<string, number>> = {
  "not-found": 404,
  forbidden: 403,
  "invite-used": 404,
  "statement-wrong": 422,
};

const LOOKS = [
  { width: 320, colorScheme: "light" },
  // Where cards have just become tables.
  { width: 1136, colorScheme: "light" },
  { width: 1280, colorScheme: "dark" },
] as const;

for (const { width, colorScheme } of LOOKS)
  test(`axe finds nothing on any page, and none scrolls sideways or breaks a word: ${width} px, ${colorScheme}`, async ({
    page,
    context,
  }) => {
    // Fifty pages, each with axe: minutes where the machine is busy.
    test.setTimeout(600_000);
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    const problems: Record<string, unknown> = {};
    for (const { by, pages } of await everyPage()) {
      await become(context, by, null);
      for (const [name, path] of Object.entries(pages)) {
        const answer = await page.goto(path);
        expect.soft(answer?.status(), path).toBe(ANSWERS[name] ?? 200);
        const found = [
          ...(await findings(page)),
          ...(await tooWide(page, width)),
          ...(await brokenWords(page)),
        ];
        if (found.length > 0) problems[name] = found;
      }
    }
    expect(problems).toEqual({});
  });

async function tooWide(page: Page, width: number): Promise<string[][]> {
  const scrolls = await page.evaluate(() => document.documentElement.scrollWidth);
  return scrolls > width ? [["scrolls sideways", `${scrolls} px`]] : [];
}
