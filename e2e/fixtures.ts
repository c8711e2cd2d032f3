import { randomUUID } from "node:crypto";
import { expect, type Page, test as base } from "@playwright/test";
import { hashPassword } from "~/models/password.server";
import { buildAdmin, buildTester } from "../prisma/builders";
import { useServedDatabase } from "./database-url";

useServedDatabase();

export { expect };

export type Person = { readonly id: number; readonly name: string; readonly email: string };

export const PASSWORD = "a password for the tests";
export const DEMO_PASSWORD = "tiyn demo password";

let passwordHash: Promise<string> | undefined;

async function newPerson(role: "tester" | "admin", name: string, details: object): Promise<Person> {
  passwordHash ??= hashPassword(PASSWORD);
  const unique = randomUUID().slice(0, 8);
  const person = {
    name: `${name} ${unique}`,
    email: `${name.toLowerCase()}-${unique}@example.com`,
  };
  const build = role === "admin" ? buildAdmin : buildTester;
  const { id } = await build({ ...person, ...details, passwordHash: await passwordHash });
  return { id, ...person };
}

/** Someone new who can sign in with PASSWORD. The name gets a unique ending. */
export const newTester = (name: string, details = {}) => newPerson("tester", name, details);
export const newAdmin = (name: string) => newPerson("admin", name, {});

export async function signIn(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.goto("/login");
  await page.getByLabel("E-mail address").fill(email);
  await page.getByLabel("Password").fill(password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("button", { name: "Sign out" })).toBeVisible();
}

export async function signOut(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
}

/**
 * What the browser says of an answer that is meant to be 4xx; and Remix of a page whose data was still arriving when the
 * next key left it (app/enhancements/overtaken-pages.ts).
 */
const EXPECTED =
  /^Failed to load resource: the server responded with a status of 4\d\d|^AbortError: signal is aborted/;

/** Runs in the page, where scripts run: what its policy forbade. Without scripts the browser's own message says so. */
function tellViolations(): void {
  document.addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) =>
    console.error(`content security policy: ${violatedDirective} ${blockedURI}`),
  );
}

/** A console error, a violated policy, a script that fails and an answer of 5xx each fail the test. */
export const test = base.extend<{ quietConsole: undefined }>({
  quietConsole: [
    async ({ page }, use) => {
      const complaints: string[] = [];
      page.on("console", (message) => {
        if (message.type() === "error" && !EXPECTED.test(message.text()))
          complaints.push(message.text());
      });
      await page.addInitScript(tellViolations);
      page.on("pageerror", (error) => complaints.push(String(error)));
      page.on("response", (answer) => {
        if (answer.status() >= 500) complaints.push(`${answer.status()} ${answer.url()}`);
      });
      await use(undefined);
      expect(complaints).toEqual([]);
    },
    { auto: true },
  ],
});
