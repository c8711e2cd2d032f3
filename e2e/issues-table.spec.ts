import { randomUUID } from "node:crypto";
import { buildCycle, buildIssue } from "../prisma/builders";
import { expect, newAdmin, newTester, signIn, test } from "./fixtures";

test("an admin finds issues by a word, sorts them and takes exactly these along", async ({
  page,
}) => {
  const admin = await newAdmin("Nazira");
  const tester = await newTester("Aibek");
  const name = `Dala Market ${randomUUID().slice(0, 8)}`;
  const cycle = await buildCycle({ name, testers: [tester] });
  await buildIssue({ tester, cycle, severity: "low", title: "Оплата зависает" });
  await buildIssue({
    tester,
    cycle,
    severity: "critical",
    title: "Төлем өтпейді",
    body: "оплатить",
  });
  await buildIssue({ tester, cycle, severity: "high", title: "Basket is empty" });
  await signIn(page, admin.email);
  await page.goto(`/app/issues?cycle=${cycle.id}`);
  await expect(page.getByText("3 issues")).toBeVisible();

  await page.getByLabel("Search title, text or number").fill("ОПЛАТЫ");
  await page.getByLabel("Sorted by").selectOption("Worst first");
  await page.getByRole("button", { name: "Apply" }).click();
  await expect(page.getByText("2 issues")).toBeVisible();
  await expect(page.getByRole("row").nth(1)).toContainText("Төлем өтпейді");
  await expect(page).toHaveURL(/sort=severity/);

  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download CSV" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/^tiyn-issues-\d{4}-\d\d-\d\d\.csv$/);

  await page.getByRole("link", { name: "Remove the filter Text: ОПЛАТЫ" }).click();
  await expect(page.getByText("3 issues")).toBeVisible();
  await expect(page).toHaveURL(/sort=severity/);
});

test("nonsense in the URL is the list without it", async ({ page }) => {
  await signIn(page, (await newTester("Dana")).email);
  const answer = await page.goto("/app/issues?page=-1&sort=id;drop&cycle=0x1&before=worst-1-1");
  expect(answer?.status()).toBe(200);
  await expect(page.getByText("No issues yet")).toBeVisible();
});
