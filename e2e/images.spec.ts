import { DEMO_PASSWORD, signIn, test } from "./fixtures";

for (const { name, email, path } of [
  { name: "balance", email: "aibek@example.com", path: "/app/test-cycles/balance" },
  { name: "triage", email: "nazira@example.com", path: "/app/admin/triage" },
]) {
  test(`the README's picture of ${name}`, async ({ page }) => {
    await signIn(page, email, DEMO_PASSWORD);
    await page.goto(path);
    await page.screenshot({ path: `docs/images/${name}.png` });
  });
}
