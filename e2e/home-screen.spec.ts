import { expect, newTester, signIn, test } from "./fixtures";

test("a phone can put tiyn on its home screen, from Settings, and Balance pays nothing for it", async ({
  page,
  context,
}) => {
  const tester = await newTester("Aibek");
  await signIn(page, tester.email);
  await page.goto("/app/test-cycles/balance");
  await expect(page.locator("link[rel=manifest]")).toHaveCount(0);

  await page.getByRole("link", { name: "Settings" }).click();
  await expect(page.getByRole("heading", { name: "On your home screen" })).toBeVisible();
  // What the browser itself makes of it, under the policy of the page.
  const client = await context.newCDPSession(page);
  const { data, errors } = await client.send("Page.getAppManifest");
  expect(errors).toEqual([]);
  const { start_url: start, icons } = JSON.parse(data ?? "{}") as {
    start_url: string;
    icons: { src: string; type: string }[];
  };
  expect(start).toBe("/app");
  for (const { src, type } of icons) {
    const icon = await page.request.get(src);
    expect(icon.status(), src).toBe(200);
    expect(icon.headers()["content-type"]).toBe(type);
  }
});
