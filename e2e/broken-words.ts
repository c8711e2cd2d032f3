import type { Page } from "@playwright/test";

/**
 * Words that stand on two lines, broken where no hyphen is. Only what is longer than any word of ours may break so: an
 * address, a reference, a name of 25 letters.
 */
export function brokenWords(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const broken = new Set<string>();
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const { parentElement: parent, textContent: text } = node;
      if (!text || !parent?.checkVisibility() || parent.closest(".sr-only, .skip")) continue;
      for (const { 0: whole, index } of text.matchAll(/\S+/g)) {
        // Of an address, as of a name joined by hyphens, only the beginning is a word.
        const found = /[\p{L}\p{N}]+/u.exec(whole);
        const word = found?.[0] ?? "";
        if (word.length < 2 || word.length > 24) continue;
        const start = index + (found?.index ?? 0);
        const range = document.createRange();
        range.setStart(node, start);
        range.setEnd(node, start + word.length);
        const lines = new Set([...range.getClientRects()].map(({ top }) => Math.round(top)));
        if (lines.size > 1) broken.add(word);
      }
    }
    return [...broken];
  });
}
