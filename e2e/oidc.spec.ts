import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { buildTester } from "../prisma/builders";
import { expect, newTester, PASSWORD, signIn, signOut, test } from "./fixtures";

/** Somebody whom an admin created, and who never set a password. */
async function invited(name: string): Promise<{ name: string; email: string }> {
  const unique = randomUUID().slice(0, 8);
  const person = {
    name: `${name} ${unique}`,
    email: `${name.toLowerCase()}-${unique}@example.com`,
  };
  await buildTester({ ...person, passwordHash: null });
  return person;
}

/** From the sign-in page over the provider's own two pages, as far as they go. */
async function signInWithProvider(page: Page, login: string): Promise<void> {
  // Its pages ask for a font from the internet.
  await page.route(/fonts\.googleapis\.com/, (route) => route.fulfill({ contentType: "text/css" }));
  await page.getByRole("link", { name: "Sign in with Keycloak" }).click();
  await page.getByPlaceholder("Enter any login").fill(login);
  await page.getByPlaceholder("and password").fill("whatever");
  await page.getByRole("button", { name: "Sign-in" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
}

const signedIn = (page: Page) =>
  expect(page.getByRole("button", { name: "Sign out" })).toBeVisible();
const refusal = (page: Page) => page.getByRole("heading", { name: "You are not signed in" });

test("an invited tester signs in with the provider and lands where they were going", async ({
  page,
}) => {
  const dana = await invited("Dana");
  await page.goto("/app/issues");
  await signInWithProvider(page, dana.email);
  await signedIn(page);
  await expect(page).toHaveURL(/\/app\/issues$/);
  await signOut(page);
  // The provider still knows this browser: one press is enough.
  await page.getByRole("link", { name: "Sign in with Keycloak" }).click();
  await signedIn(page);
});

test("a tester with a password types it once, and from then on needs only the provider", async ({
  page,
}) => {
  const aibek = await newTester("Aibek");
  await page.goto("/login");
  await signInWithProvider(page, aibek.email);
  await expect(page.getByRole("heading", { name: "One last step" })).toBeVisible();
  await expect(page.getByText(aibek.email)).toBeVisible();
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Link and sign in" }).click();
  await expect(page.getByRole("alert")).toContainText("The password is not right.");
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Link and sign in" }).click();
  await expect(page.getByText("Keycloak is linked to your account.")).toBeVisible();
  await signOut(page);
  await page.getByRole("link", { name: "Sign in with Keycloak" }).click();
  await signedIn(page);
  await signOut(page);
  await signIn(page, aibek.email);
});

test("an address that is not verified, or unknown here, opens nothing and says why", async ({
  page,
}) => {
  await page.goto("/login");
  const unverified = await invited("unverified");
  await signInWithProvider(page, unverified.email);
  await expect(refusal(page)).toBeVisible();
  await expect(page.getByText("has not verified your e-mail address")).toBeVisible();
  await page.context().clearCookies();
  await page.getByRole("link", { name: "Go to the sign-in page" }).click();
  await signInWithProvider(page, `stranger-${randomUUID()}@example.com`);
  await expect(refusal(page)).toBeVisible();
  await expect(page.getByText("There is no account with your e-mail address here.")).toBeVisible();
});

test("Cancel at the provider leads back, signed out; so does a callback out of nowhere", async ({
  page,
}) => {
  await page.route(/fonts\.googleapis\.com/, (route) => route.fulfill({ contentType: "text/css" }));
  await page.goto("/login");
  await page.getByRole("link", { name: "Sign in with Keycloak" }).click();
  await page.getByRole("link", { name: "Cancel" }).click();
  await expect(page.getByText("The sign-in was cancelled at Keycloak.")).toBeVisible();
  const answer = await page.goto("/auth/oidc/callback?code=made-up&state=made-up");
  expect(answer?.status()).toBe(400);
  await expect(refusal(page)).toBeVisible();
  await expect(page.getByRole("button", { name: "Sign out" })).toBeHidden();
});
