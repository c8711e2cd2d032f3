import type { Page } from "@playwright/test";
import { newTeam } from "./data";
import { expect, signIn, test } from "./fixtures";

/** The languages whose catalogues the browser fetched from now on, in the order of their requests. */
function catalogues(page: Page): string[] {
  const fetched: string[] = [];
  page.on("request", (request) => {
    const language = /\/assets\/(en|ru|kk)-[^/]+\.js$/.exec(request.url())?.[1];
    if (language) fetched.push(language);
  });
  return fetched;
}

test("an admin's page loads the words of one language, and those of another once it is chosen", async ({
  page,
}) => {
  const { admin } = await newTeam("Nazira");
  await signIn(page, admin.email);
  const fetched = catalogues(page);

  await page.goto("/app/admin/payouts");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Payouts");
  await expect.poll(() => fetched).toEqual(["en"]);

  // From a page with scripts: a choice made there must not leave half of the page in the old words.
  await page.getByRole("link", { name: "Settings" }).click();
  await page.getByLabel("Language of tiyn").selectOption({ label: "Русский" });
  await page.getByRole("button", { name: "Save language" }).click();
  await expect(page.locator("html")).toHaveAttribute("lang", "ru");
  await page.goto("/app/admin/payouts");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Выплаты");
  await expect.poll(() => fetched).toEqual(["en", "ru"]);

  // Onwards without a new document, where scripts run.
  await page.getByRole("link", { name: "Журнал" }).click();
  await expect(page).toHaveTitle("Журнал · tiyn");
  await expect(page.locator("html")).toHaveAttribute("lang", "ru");
  expect(fetched).toEqual(["en", "ru"]);
});

test("a page that is open while another window chooses a language keeps its own to the next load", async ({
  page,
  context,
}) => {
  const { admin } = await newTeam("Nazira");
  await signIn(page, admin.email);
  const loaded = catalogues(page);
  await page.goto("/app/admin/payouts");
  await expect.poll(() => loaded).toEqual(["en"]);

  const other = await context.newPage();
  await other.goto("/app/settings");
  await other.getByLabel("Language of tiyn").selectOption({ label: "Қазақша" });
  await other.getByRole("button", { name: "Save language" }).click();
  await expect(other.locator("html")).toHaveAttribute("lang", "kk");

  await page.getByRole("link", { name: "Audit" }).click();
  await expect(page).toHaveURL(/\/app\/admin\/audit$/);
  // No key of the catalogue in place of a text, whichever language it is.
  await expect(page).toHaveTitle(/^(Audit|Аудит) · tiyn$/);
  await expect(page.getByRole("main")).not.toContainText(/\b(audit|words|app)\.\w+/);
  await page.reload();
  await expect(page.locator("html")).toHaveAttribute("lang", "kk");
  await expect(page).toHaveTitle("Аудит · tiyn");
});

test("the words are asked for along with the scripts, not after them", async ({ page }) => {
  const { admin } = await newTeam("Nazira");
  await signIn(page, admin.email);
  const answer = await page.goto("/app/admin/payouts");
  expect(answer?.headers().link).toMatch(/^<\/assets\/en-[^>]+\.js>; rel=modulepreload$/);
  const withoutScripts = await page.goto("/app/settings");
  expect(withoutScripts?.headers()).not.toHaveProperty("link");
});
