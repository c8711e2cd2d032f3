import { buildCycle } from "../prisma/builders";
import { expect, newAdmin, newTester, PASSWORD, signIn, signOut, test } from "./fixtures";

const unique = () => Math.random().toString(36).slice(2, 8);

test("Somebody is invited, sets a password, is viewed as, and is deactivated", async ({
  page,
  browser,
  javaScriptEnabled,
  viewport,
}) => {
  const admin = await newAdmin("Nazira");
  const name = `Saule ${unique()}`;
  const email = `saule-${unique()}@example.com`;
  await signIn(page, admin.email);

  await page.goto("/app/admin/users");
  await page.getByText("Add a person").click();
  await page.getByLabel("Name", { exact: true }).fill(name);
  // Whose address it is already, in other letters.
  await page.getByLabel("E-mail address", { exact: true }).fill(admin.email.toUpperCase());
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByText("Somebody has this e-mail address already").first()).toBeVisible();
  await expect(page.getByLabel("Name", { exact: true })).toHaveValue(name);
  await page.getByLabel("E-mail address", { exact: true }).fill(email);
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();

  await page.getByRole("button", { name: "Create an invite link" }).click();
  const link = await page.getByLabel("Link", { exact: true }).inputValue();
  const profile = page.url();

  const theirs = await browser.newContext({
    ...(javaScriptEnabled === false && { javaScriptEnabled: false }),
    viewport,
  });
  const phone = await theirs.newPage();
  await phone.goto(new URL(link).pathname);
  await phone.getByLabel("New password").fill("password123");
  await phone.getByRole("button", { name: "Set password and sign in" }).click();
  await expect(phone.getByText("it would be guessed").first()).toBeVisible();
  await phone.getByLabel("New password").fill(PASSWORD);
  await phone.getByRole("button", { name: "Set password and sign in" }).click();
  await expect(phone.getByRole("heading", { name: "Balance" })).toBeVisible();
  await signOut(phone);
  await phone.goto(new URL(link).pathname);
  await expect(phone.getByText("This link does not work any more")).toBeVisible();
  await signIn(phone, email);

  await page.goto(profile);
  await page.getByLabel("Reason").fill("Cannot find a payment");
  await page.getByRole("button", { name: "View as user" }).click();
  const banner = page.getByRole("complementary", { name: "Viewing as a user" });
  await expect(banner).toContainText(`You are viewing as ${name}`);
  await expect(page.getByRole("heading", { name: "Balance" })).toBeVisible();
  await expect(page.getByRole("link", { name: "Payouts" })).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Sign out" })).toHaveCount(0);

  // On an error page, too, and after a post, which is refused.
  await page.goto("/app/admin/payouts");
  await expect(banner).toBeVisible();
  await page.goto("/app/settings");
  await page.getByRole("button", { name: "Save language" }).click();
  await expect(page.getByRole("heading", { name: "Nothing was changed" })).toBeVisible();
  await expect(banner).toBeVisible();
  await banner.getByRole("button", { name: "Stop viewing" }).click();
  await expect(page.getByRole("heading", { name, level: 1 })).toBeVisible();
  await expect(banner).toHaveCount(0);

  await page.getByRole("button", { name: "Deactivate" }).click();
  await expect(page.getByText("is deactivated and signed out everywhere")).toBeVisible();
  await phone.goto("/app/test-cycles/balance");
  await expect(phone.getByRole("heading", { name: "Sign in" })).toBeVisible();
  await theirs.close();

  await page.goto("/app/admin/audit?group=view_as");
  await expect(page.getByText("Cannot find a payment").first()).toBeVisible();
});

test("Somebody is added to a cycle, by a dialog or by a page", async ({ page }) => {
  const admin = await newAdmin("Nazira");
  const dana = await newTester("Dana");
  const cycle = `Steppe release ${unique()}`;
  await buildCycle({ name: cycle });
  await signIn(page, admin.email);
  await page.goto(`/app/admin/users/${dana.id}`);
  await page.getByRole("link", { name: "Add to cycle" }).click();
  const dialog = page.getByRole("dialog", { name: "Add to cycle" });
  await dialog.getByLabel("Cycle").selectOption({ label: cycle });
  await dialog.getByRole("button", { name: "Add" }).click();
  await expect(page.getByText(`may now file reports in ${cycle}`)).toBeVisible();
  await expect(page.getByRole("link", { name: cycle })).toBeVisible();
  await expect(dialog).toHaveCount(0);
});

test("One's own password and sessions", async ({ page }) => {
  const timur = await newTester("Timur");
  await signIn(page, timur.email);
  await page.goto("/app/settings");
  await page.getByLabel("Current password").fill("not this one");
  await page.getByLabel("New password").fill("four steppe foxes");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("This is not your current password").first()).toBeVisible();
  await page.getByLabel("Current password").fill(PASSWORD);
  await page.getByLabel("New password").fill("four steppe foxes");
  await page.getByRole("button", { name: "Change password" }).click();
  await expect(page.getByText("Your password is changed")).toBeVisible();
  await signOut(page);
  await signIn(page, timur.email, "four steppe foxes");
});
