import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { db } from "~/database/client.server";
import { changeAmount } from "~/models/decision.server";
import { approvedIssues, newTeam, paidTo, type Team } from "./data";
import { expect, newAdmin, type Person, signIn, test } from "./fixtures";

let team: Team;
let aibek: Person;
let dana: Person;

test.beforeEach(async ({ page }) => {
  team = await newTeam("Aibek", "Dana");
  [aibek, dana] = team.testers as [Person, Person];
  await approvedIssues(team, aibek, ["high", "medium"]);
  await approvedIssues(team, dana, ["critical"]);
  await signIn(page, team.admin.email);
  await page.goto("/app/admin/payouts");
});

const lineOf = (page: Page, { name }: Person) =>
  page.getByRole("checkbox", { name: `All issues of ${name} in KZT` });

async function prepareBoth(page: Page): Promise<void> {
  await lineOf(page, aibek).check();
  await lineOf(page, dana).check();
  await page.getByRole("button", { name: "Pay selected" }).click();
  await expect(page).toHaveURL(/\/payouts\/batches\/\d+$/);
  // With scripts the address changes before the page does.
  await expect(page.getByRole("heading", { name: /^Batch #/ })).toBeVisible();
}

async function fillReferences(page: Page): Promise<void> {
  const references = page.getByLabel("Reference");
  for (let n = 0; n < (await references.count()); n++) await references.nth(n).fill(randomUUID());
}

const confirmButton = (page: Page) => page.getByRole("button", { name: "Confirm: ₸ 26,000 paid" });

test("two testers are paid in one batch, each with a reference of their own", async ({ page }) => {
  await prepareBoth(page);
  await fillReferences(page);
  await confirmButton(page).click();
  await expect(page.getByRole("status")).toContainText("is paid: ₸ 26,000");
  expect(await paidTo(aibek)).toBe(1_100_000n);
  expect(await paidTo(dana)).toBe(1_500_000n);
});

test("a missing reference is asked for next to its field, and nothing typed is lost", async ({
  page,
}) => {
  await prepareBoth(page);
  const first = page.getByLabel("Reference").first();
  await first.fill("kept as typed");
  await page.getByLabel("Bank transfer").check();
  await confirmButton(page).click();
  await expect(page.getByRole("alert")).toContainText("only cash has none");
  await expect(first).toHaveValue("kept as typed");
  await expect(page.getByLabel("Bank transfer")).toBeChecked();
  expect(await paidTo(aibek)).toBe(0n);
  await page.getByRole("alert").getByRole("link").first().click();
  await expect(page.getByLabel("Reference").last()).toBeFocused();
});

test("confirming again with the form of before leads to the result and pays nothing twice", async ({
  page,
}) => {
  await prepareBoth(page);
  await fillReferences(page);
  const body = await page
    .locator("form")
    .filter({ has: confirmButton(page) })
    .evaluate((form) =>
      new URLSearchParams(
        [...new FormData(form as HTMLFormElement)].map(([name, value]) => [
          name,
          typeof value === "string" ? value : "",
        ]),
      ).toString(),
    );
  const batch = page.url();
  await confirmButton(page).click();
  await expect(page.getByRole("status")).toContainText("is paid");
  const origin = new URL(batch).origin;
  const again = await page.request.post(batch, {
    headers: { "content-type": "application/x-www-form-urlencoded", origin },
    data: `${body}&intent=confirm`,
    maxRedirects: 0,
  });
  expect(again.status()).toBe(303);
  await page.reload();
  await expect(page.getByRole("status")).toContainText("already recorded");
  const other = await page.request.post(batch, {
    headers: { "content-type": "application/x-www-form-urlencoded", origin },
    data: `${body.replace(/reference-(\d+)=[^&]+/, "reference-$1=another")}&intent=confirm`,
    maxRedirects: 0,
  });
  expect(other.status()).toBe(422);
  expect(await paidTo(aibek)).toBe(1_100_000n);
});

test("an amount that changed meanwhile is told line by line, and the rest can be prepared", async ({
  page,
}) => {
  const [issue] = await db().issue.findMany({ where: { testerId: dana.id } });
  await changeAmount(
    { issueId: issue?.id ?? 0, amount: 2_000_000, note: "Found in production too" },
    { actorId: team.admin.id, at: new Date() },
  );
  await lineOf(page, aibek).check();
  await lineOf(page, dana).check();
  await page.getByRole("button", { name: "Pay selected" }).click();
  await expect(page.getByRole("heading", { name: "Some of it changed" })).toBeVisible();
  const row = page.getByRole("row").filter({ hasText: dana.name });
  await expect(row).toContainText("₸ 15,000");
  await expect(row).toContainText("₸ 20,000");
  expect(await db().batchItem.count({ where: { testerId: { in: [aibek.id, dana.id] } } })).toBe(0);
  await page.getByRole("button", { name: "Prepare the rest" }).click();
  await expect(page.getByRole("heading", { name: /^Batch #/ })).toBeVisible();
  await expect(page.getByText(aibek.name).first()).toBeVisible();
  await expect(page.getByText(dana.name)).toHaveCount(0);
});

test("one line is left out, and a cancelled batch is back in the queue", async ({ page }) => {
  await prepareBoth(page);
  await page.getByRole("button", { name: `Leave out ${dana.name}` }).click();
  await expect(page.getByRole("button", { name: "Confirm: ₸ 11,000 paid" })).toBeVisible();
  await page.getByRole("button", { name: "Cancel the batch" }).click();
  await expect(page).toHaveURL(/\/app\/admin\/payouts$/);
  await expect(lineOf(page, aibek)).toBeVisible();
  await expect(lineOf(page, dana)).toBeVisible();
});

test("another admin sees the prepared batch, resumes it, and confirms it", async ({
  page,
  browser,
}) => {
  await prepareBoth(page);
  const other = await newAdmin("Sanzhar");
  const context = await browser.newContext();
  const theirs = await context.newPage();
  await signIn(theirs, other.email);
  await theirs.goto("/app/admin/payouts");
  const prepared = theirs.getByRole("listitem").filter({ hasText: team.admin.name });
  await prepared.getByRole("link", { name: "Resume" }).click();
  await theirs.getByLabel("Cash").check();
  await confirmButton(theirs).click();
  await expect(theirs.getByRole("status")).toContainText("is paid");
  // The first admin still has the old page open, with other details in it.
  await fillReferences(page);
  await confirmButton(page).click();
  await expect(page.getByText(`${other.name} has already confirmed this batch`)).toBeVisible();
  expect(await paidTo(aibek)).toBe(1_100_000n);
  await context.close();
});
