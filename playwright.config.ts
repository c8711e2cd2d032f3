import { defineConfig, devices } from "@playwright/test";

// Two checkouts may run their browser tests side by side, each on its own port.
const PORT = Number(process.env.E2E_PORT ?? 3417);
const INTERFACES = "**/api.spec.ts";
// Taken by `npm run images` and `npm run screens`, see their configs in e2e/.
const PICTURES = ["**/images.spec.ts", "**/screens.spec.ts"];
// Each chooses its own widths.
const ALL_PAGES = "**/every-page.spec.ts";

const chromium = {
  executablePath: process.env.CHROMIUM_PATH,
  // No sandbox because containers and root have none; nothing that looks for the internet.
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
};

const laptop = { ...devices["Desktop Chrome"], viewport: { width: 1280, height: 800 } };
const phone = {
  ...devices["Desktop Chrome"],
  viewport: { width: 360, height: 640 },
  hasTouch: true,
};

export default defineConfig({
  testDir: "e2e",
  globalTeardown: "./e2e/teardown.ts",
  outputDir: "test-results",
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  // A test that needs a second try is a bug, in it or in the app.
  retries: 0,
  workers: 2,
  // Ample, for a machine that does other things as well: what hangs is told some minutes later, and nothing else is.
  timeout: 300_000,
  expect: { timeout: 30_000 },
  reporter: [["list"]],
  use: {
    baseURL: `http://localhost:${PORT}`,
    locale: "en-GB",
    timezoneId: "Asia/Almaty",
    launchOptions: chromium,
    trace: "retain-on-failure",
  },
  // Every journey with scripts and without, on a laptop and on a phone; the machine interfaces, which have neither, once.
  projects: [
    { name: "interfaces", testMatch: INTERFACES, use: laptop },
    { name: "every page", testMatch: ALL_PAGES, use: laptop },
    ...[
      { name: "laptop", use: laptop },
      { name: "laptop without scripts", use: { ...laptop, javaScriptEnabled: false } },
      { name: "phone", use: phone },
      { name: "phone without scripts", use: { ...phone, javaScriptEnabled: false } },
    ].map((project) => ({ ...project, testIgnore: [INTERFACES, ALL_PAGES, ...PICTURES] })),
  ],
  webServer: {
    command: "node --import tsx e2e/serve.ts",
    url: `http://localhost:${PORT}/healthz`,
    env: { PORT: String(PORT), NODE_ENV: "production", LOG_LEVEL: "warn" },
    stdout: "pipe",
    gracefulShutdown: { signal: "SIGTERM", timeout: 15_000 },
    timeout: 300_000,
  },
});
