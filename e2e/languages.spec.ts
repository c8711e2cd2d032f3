import { buildCycle } from "../prisma/builders";
import { expect, newTester, PASSWORD, signIn, test } from "./fixtures";

test("A tester chooses Russian, and everything is in Russian from then on", async ({ page }) => {
  const timur = await newTester("Timur");
  await buildCycle({ testers: [timur] });
  await signIn(page, timur.email);
  await page.goto("/app/settings");
  await page.getByLabel("Language of tiyn").selectOption({ label: "Русский" });
  await page.getByRole("button", { name: "Save language" }).click();
  await expect(page.getByText("Язык сохранён.")).toBeVisible();
  await expect(page.locator("html")).toHaveAttribute("lang", "ru");

  await page.goto("/app/test-cycles/balance");
  await expect(page).toHaveTitle("Баланс · tiyn");
  await expect(page.getByText("Всего заработано (выплачено)")).toBeVisible();
  await expect(page.getByText("0 ₸").first()).toBeVisible();

  await page.goto("/app/issues/new");
  await page.getByLabel("Описание").fill("Кнопка не нажимается");
  await page.getByRole("button", { name: "Завести баг" }).click();
  await expect(page.getByText("Проверьте, что вы ввели")).toBeVisible();
  await expect(page.getByText("Напишите название").first()).toBeVisible();
  await expect(page.getByLabel("Описание")).toHaveValue("Кнопка не нажимается");

  await page.goto("/app/admin/payouts");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(
    "Эта страница не для вашей учётной записи",
  );
  await page.goto("/app/issues/999999999");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Здесь ничего нет");

  // Signed out, this browser still knows.
  await page.getByRole("button", { name: "Выйти" }).click();
  await expect(page.getByRole("heading", { name: "Вход" })).toBeVisible();
});

test("A stranger chooses a language before signing in, without losing the way", async ({
  page,
}) => {
  const dana = await newTester("Dana");
  await page.goto("/app/settings");
  await page.getByRole("button", { name: "Русский" }).click();
  await expect(page).toHaveURL(/\/login\?next=%2Fapp%2Fsettings$/);
  await expect(page.locator("html")).toHaveAttribute("lang", "ru");

  await page.getByLabel("Эл. почта").fill(dana.email);
  await page.getByLabel("Пароль").fill("это не тот пароль");
  await page.getByRole("button", { name: "Войти" }).click();
  await expect(page.getByText("Почта или пароль не подходят.").first()).toBeVisible();
  await page.getByLabel("Пароль").fill(PASSWORD);
  await page.getByRole("button", { name: "Войти" }).click();
  await expect(page.getByRole("heading", { name: "Настройки" })).toBeVisible();
  // Who has chosen nothing of their own keeps what this browser was told.
  await expect(page.getByLabel("Язык tiyn")).toHaveValue("");
});

test("An address where nothing is says so in the language chosen there", async ({ page }) => {
  await page.goto("/nothing-here?a=1");
  await page.getByRole("button", { name: "Қазақша" }).click();
  await expect(page).toHaveURL(/\/nothing-here\?a=1$/);
  await expect(page.locator("html")).toHaveAttribute("lang", "kk");
  await page.getByRole("button", { name: "Русский" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Здесь ничего нет");
});

test("A wrong language is refused, and looking changes none", async ({ page, request }) => {
  await page.goto("/login");
  const origin = new URL(page.url()).origin;
  const answer = await request.post("/language", {
    form: { locale: "de", next: "/login" },
    headers: { origin },
    maxRedirects: 0,
  });
  expect(answer.status()).toBe(400);
  expect(answer.headers()["set-cookie"] ?? "").not.toContain("tiyn_locale");
  expect((await request.get("/language?locale=ru", { maxRedirects: 0 })).status()).toBe(405);
  const away = await request.post("/language", {
    form: { locale: "ru", next: "//evil.example" },
    headers: { origin },
    maxRedirects: 0,
  });
  expect(away.status()).toBe(303);
  expect(away.headers().location).toBe("/app");
});
