import { type Browser, type BrowserContext, chromium } from "playwright";
import { findBrowser } from "../find-browser.mjs";
import { sessionOf } from "./bench-app";

export async function withBrowser<T>(work: (browser: Browser) => Promise<T>): Promise<T> {
  const executablePath = await findBrowser();
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
  });
  try {
    return await work(browser);
  } finally {
    await browser.close();
  }
}

/** Not over the sign-in page, which would leave the style sheet behind. */
export async function become(context: BrowserContext, origin: string, email: string) {
  await context.addCookies([{ ...(await sessionOf(email)), url: origin, httpOnly: true }]);
}
