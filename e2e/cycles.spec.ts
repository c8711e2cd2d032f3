import { randomUUID } from "node:crypto";
import { approveIssue } from "~/models/decision.server";
import { buildCycle, buildIssue } from "../prisma/builders";
import { expect, newAdmin, newTester, signIn, test } from "./fixtures";

test("an admin creates a cycle, lets a tester in and closes it", async ({ page }) => {
  const admin = await newAdmin("Nazira");
  const tester = await newTester("Aibek");
  await signIn(page, admin.email);
  await page.getByRole("link", { name: "Cycles" }).click();
  await page.getByRole("link", { name: "New cycle" }).click();
  await page.getByRole("button", { name: "Create the cycle" }).click();
  await expect(page.getByRole("alert")).toContainText("Name: Give the cycle a name");
  const name = `Steppe Bank ${randomUUID().slice(0, 8)}`;
  await page.getByLabel("Name").fill(name);
  await page.getByRole("button", { name: "Create the cycle" }).click();
  await expect(page.getByRole("status")).toContainText(`${name} is open`);

  const parts = page.getByRole("navigation", { name: "This cycle" });
  await parts.getByRole("link", { name: "Testers" }).click();
  await page.getByLabel("E-mail address").fill(tester.email);
  await page.getByRole("button", { name: "Add a tester" }).click();
  await expect(page.getByRole("status")).toContainText(`${tester.name} is in the cycle now.`);

  await parts.getByRole("link", { name: "Settings" }).click();
  await page.getByLabel("Closed").check();
  await page.getByRole("button", { name: "Save the status" }).click();
  await expect(page.getByRole("status")).toContainText("The cycle is now: Closed.");
});

test("rates say what they change before they are saved, and approved amounts stay", async ({
  page,
}) => {
  const admin = await newAdmin("Nazira");
  const tester = await newTester("Aibek");
  const cycle = await buildCycle({ testers: [tester] });
  for (let n = 0; n < 3; n++) await buildIssue({ tester, cycle, severity: "high" });
  const approved = await buildIssue({ tester, cycle, severity: "high" });
  await approveIssue({ issueId: approved.id }, { actorId: admin.id, at: new Date() });
  await signIn(page, admin.email);
  await page.goto(`/app/admin/test-cycles/${cycle.id}/settings`);

  await page.getByLabel("High").fill("10 000");
  await page.getByRole("button", { name: "See what changes" }).click();
  await expect(page.getByRole("alert")).toContainText("High: Write an amount such as 15000");
  await expect(page.getByLabel("High")).toHaveValue("10 000");
  await page.getByLabel("High").fill("10000");
  await page.getByRole("button", { name: "See what changes" }).click();
  await expect(page.getByText("3 pending issues: suggestions move from")).toContainText(
    /₸\s24,000 to ₸\s30,000; approved amounts stay/,
  );
  await page.getByRole("button", { name: "Save these rates" }).click();
  await expect(page.getByRole("status")).toContainText("The rates are saved.");
  await expect(page.getByLabel("High")).toHaveValue("10000");

  const parts = page.getByRole("navigation", { name: "This cycle" });
  await parts.getByRole("link", { name: "Payouts" }).click();
  await page
    .getByRole("link", { name: /₸\s8,000/ })
    .first()
    .click();
  await expect(page.getByRole("row")).toHaveCount(2);
});
