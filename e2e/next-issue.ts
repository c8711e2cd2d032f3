import type { Page } from "playwright";

type Timed = { shown?: Promise<number> };

/**
 * Milliseconds from the key going down to the frame after the one that shows another issue's heading; `press` presses
 * that key, and no other before it.
 */
export async function timeToNextIssue(page: Page, press: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    let pressed = 0;
    // Nothing here has a name of its own: what tsx adds to keep names is not in the page.
    const once = { capture: true, once: true };
    document.addEventListener("keydown", () => (pressed = performance.now()), once);
    const before = document.querySelector("#issue-title")?.textContent;
    (window as Timed).shown = new Promise((resolve) => {
      new MutationObserver((_, observer) => {
        const now = document.querySelector("#issue-title")?.textContent ?? "none";
        if (now === before) return;
        observer.disconnect();
        requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - pressed)));
      }).observe(document.body, { subtree: true, childList: true, characterData: true });
    });
  });
  await press();
  return page.evaluate(() => (window as Timed).shown ?? NaN);
}
