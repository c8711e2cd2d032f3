import { LOCALES } from "~/i18n/locale";
import { findings } from "./axe";
import { brokenWords } from "./broken-words";
import { become, everyPage } from "./every-page";
import { expect, test } from "./fixtures";

const WIDTHS = [360, 1280] as const;
const SCHEMES = ["light", "dark"] as const;

for (const locale of LOCALES) {
  test(`every page in ${locale}`, async ({ page, context }) => {
    test.setTimeout(1_800_000);
    const problems: Record<string, unknown> = {};
    for (const { by, pages } of await everyPage()) {
      await become(context, by, locale);
      for (const width of WIDTHS)
        for (const colorScheme of SCHEMES) {
          await page.setViewportSize({ width, height: 800 });
          await page.emulateMedia({ colorScheme });
          for (const [name, path] of Object.entries(pages)) {
            await page.goto(path);
            const file = `test-results/screens/${locale}/${width}-${colorScheme}/${name}.png`;
            await page.screenshot({ path: file, fullPage: true });
            const found = await findings(page);
            if (found.length > 0) problems[file] = found;
            const scrolls = await page.evaluate(() => document.documentElement.scrollWidth);
            if (scrolls > width) problems[`${file}, sideways`] = scrolls;
            const broken = await brokenWords(page);
            if (broken.length > 0) problems[`${file}, broken words`] = broken;
          }
        }
    }
    expect(problems).toEqual({});
  });
}
