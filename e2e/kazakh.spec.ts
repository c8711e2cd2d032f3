import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { approvedIssues, newTeam, paidTo } from "./data";
import { DEMO_PASSWORD, expect, PASSWORD, type Person, test } from "./fixtures";

// Chromium knows no Kazakh: a page that asked it for a date or a sum would change in the reader's
// hands, and React would say so on the console, which fails these tests.
test.use({ locale: "kk-KZ" });

/** Money, numbers and ages the English way, months without a name. */
const FOREIGN = /[₸$]\s\d|M\d\d|\d,\d{3}|\d days\b/;

async function signIn(page: Page, { email }: Pick<Person, "email">, password = PASSWORD) {
  await page.goto("/login");
  await page.getByLabel("Электрондық пошта").fill(email);
  await page.getByLabel("Құпиясөз").fill(password);
  await page.getByRole("button", { name: "Кіру" }).click();
  await expect(page.getByRole("button", { name: "Шығу" })).toBeVisible();
}

test("a tester whose browser asks for Kazakh reads Balance in it, and where each sum stands", async ({
  page,
}) => {
  await signIn(page, { email: "aibek@example.com" }, DEMO_PASSWORD);
  await expect(page.locator("html")).toHaveAttribute("lang", "kk");
  await expect(page).toHaveTitle("Баланс · tiyn");
  await page.goto("/app/test-cycles/balance");
  const earned = page.locator("dl > div").filter({ hasText: "Барлық табыс (төленген)" });
  await expect(earned.locator("dd")).toHaveText("120 000 ₸");
  await expect(page.getByText(/^\d+ \p{L}+ күні төленді, Kaspi, №\s/u).first()).toBeVisible();
  await expect(page.getByRole("main")).not.toContainText(FOREIGN);
});

test("an admin pays in Kazakh, and the sums the scripts write are those of the server", async ({
  page,
  javaScriptEnabled,
}) => {
  const team = await newTeam("Dana");
  const [dana] = team.testers as [Person];
  await approvedIssues(team, dana, ["critical", "low"]);
  await signIn(page, team.admin);
  await page.goto("/app/admin/payouts");
  await page.getByRole("checkbox", { name: `Барлық багы: ${dana.name}, KZT` }).check();
  if (javaScriptEnabled)
    await expect(page.getByText("16 000 ₸, 2 баг", { exact: true })).toBeVisible();
  await page.getByRole("button", { name: "Таңдалғанға төлеу" }).click();
  await expect(page.getByRole("heading", { level: 1, name: /^#\d+ топтама$/ })).toBeVisible();

  // A reference is missing: the message stands in Kazakh, and nothing is paid.
  const confirm = page.getByRole("button", { name: "Растау: 16 000 ₸ төленді" });
  await confirm.click();
  await expect(page.getByText("Аударым нөмірін жазыңыз").first()).toBeVisible();
  expect(await paidTo(dana)).toBe(0n);
  await page.getByLabel("Аударым нөмірі").fill(randomUUID());
  await confirm.click();
  await expect(page.getByRole("status")).toHaveText(/^#\d+ топтама төленді: 16\s000\s₸\.$/);
  expect(await paidTo(dana)).toBe(1_600_000n);
});

test("an unknown address answers in Kazakh, with its number", async ({ page }) => {
  await signIn(page, { email: "aibek@example.com" }, DEMO_PASSWORD);
  const answer = await page.goto("/app/nothing-here");
  expect(answer?.status()).toBe(404);
  await expect(page.getByRole("heading", { level: 1, name: "Мұнда ештеңе жоқ" })).toBeVisible();
  await expect(page.getByText("404 қатесі")).toBeVisible();
});
