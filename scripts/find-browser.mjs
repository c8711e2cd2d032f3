import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { run } from "./run-command.mjs";

const usualPlaces = [
  // Without windows to draw the browser tests take a fifth less time; Playwright, too, brings this kind.
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

/**
 * A browser for the browser tests, installed the way the machine allows if there is none.
 * @returns {Promise<string | undefined>} its path; undefined when it is Playwright's own
 */
export async function findBrowser() {
  await installFonts();
  const found = await installedBrowser();
  if (found !== null) return found.path;
  // Playwright's download needs the internet; Debian's packages only a mirror, but root.
  if (isRootOnDebian()) await installFromDebian();
  else await run([process.execPath, "node_modules/playwright/cli.js", "install", "chromium"]);
  const installed = await installedBrowser();
  if (installed === null) throw new Error("No browser was found: set CHROMIUM_PATH to a Chromium.");
  return installed.path;
}

async function installedBrowser() {
  const chosen = process.env.CHROMIUM_PATH;
  if (chosen) {
    if (runs(chosen)) return { path: chosen };
    throw new Error(`CHROMIUM_PATH is ${chosen}, and that does not run.`);
  }
  const path = usualPlaces.find(runs);
  if (path !== undefined) return { path };
  const { chromium } = await import("playwright");
  return runs(chromium.executablePath()) ? { path: undefined } : null;
}

/** Being there is not enough: Ubuntu's chromium-browser only tells to install something else. */
function runs(path) {
  return existsSync(path) && spawnSync(path, ["--version"], { timeout: 20_000 }).status === 0;
}

/** Without a font that has the tenge sign (U+20B8) every price would begin with an empty box. */
async function installFonts() {
  if (!isRootOnDebian()) return;
  const fonts = spawnSync("fc-list", [":charset=20b8"], { encoding: "utf8" });
  if (fonts.stdout?.trim()) return;
  await installPackages("fonts-dejavu-core");
}

async function installFromDebian() {
  await run(["apt-get", "update"]);
  // An older Debian has only the whole of it.
  const hasShell = spawnSync("apt-cache", ["show", "chromium-headless-shell"]).status === 0;
  const browser = hasShell ? "chromium-headless-shell" : "chromium";
  await installPackages(browser, "fonts-dejavu-core");
}

async function installPackages(...names) {
  const quiet = { DEBIAN_FRONTEND: "noninteractive" };
  await run(["apt-get", "update"], quiet);
  await run(["apt-get", "install", "-y", "--no-install-recommends", ...names], quiet);
}

function isRootOnDebian() {
  if (process.getuid?.() !== 0 || !existsSync("/etc/os-release")) return false;
  return /^ID=debian$/m.test(readFileSync("/etc/os-release", "utf8"));
}
