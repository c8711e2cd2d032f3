import type { Page } from "@playwright/test";
import { db } from "~/database/client.server";
import type { Severity } from "~/domain/severity";
import { approveIssue } from "~/models/decision.server";
import { buildIssue } from "../prisma/builders";
import { newTeam, type Team } from "./data";
import { expect, newAdmin, signIn, test } from "./fixtures";

let team: Team;

test.beforeEach(async ({ page }) => {
  team = await newTeam("Aibek");
  await signIn(page, team.admin.email);
});

function report(severity: Severity, title: string): Promise<{ id: number }> {
  const [tester] = team.testers;
  if (!tester) throw new Error("The team has no tester.");
  return buildIssue({
    tester,
    cycle: team.cycle,
    severity,
    title,
    body: `${title},\nstep by step`,
  });
}

/** Narrowed to this test's own cycle: other tests fill the inbox at the same time. */
async function openInbox(page: Page, title: string): Promise<void> {
  await page.goto(`/app/admin/triage?cycle=${team.cycle.id}`);
  await page.getByRole("navigation", { name: "Inbox" }).getByText(title).click();
  await expectIssue(page, title);
}

/** Shown beside the list, and the next Tab leads to its buttons. */
async function expectIssue(page: Page, title: string): Promise<void> {
  await expect(page.getByRole("heading", { level: 2, name: title })).toBeFocused();
}

test("an admin decides issue after issue, and takes a decision back", async ({ page }) => {
  const worst = await report("critical", "Card is charged twice");
  const middle = await report("high", "Refund goes to another card");
  const last = await report("low", "Price filter resets");
  const status = page.getByRole("status");

  await openInbox(page, "Card is charged twice");
  await expect(page.getByText("Card is charged twice, step by step")).toBeVisible();
  await page.getByRole("button", { name: "Approve ₸ 15,000" }).click();
  await expectIssue(page, "Refund goes to another card");
  await expect(status).toContainText(`Approved ₸ 15,000 for #${worst.id}: Card is charged twice`);

  await status.getByRole("button", { name: "Undo" }).click();
  await expectIssue(page, "Card is charged twice");
  await expect(status).toContainText(`#${worst.id} waits for a decision again`);

  await page.getByText("Custom amount").click();
  await page.getByLabel("Amount", { exact: true }).fill("12 000");
  await page.getByRole("button", { name: "Approve this amount" }).click();
  await expect(page.getByRole("alert")).toBeFocused();
  await expect(page.getByRole("alert")).toContainText("without spaces");
  await expect(page.getByLabel("Amount", { exact: true })).toHaveValue("12 000");
  await page.getByLabel("Amount", { exact: true }).fill("12000,50");
  await page.getByRole("button", { name: "Approve this amount" }).click();
  await expectIssue(page, "Refund goes to another card");
  await expect(status).toContainText("Approved ₸ 12,000.50");

  await page.getByText("Reject ▾").click();
  await page.getByRole("button", { name: "Reject the payout" }).click();
  await expect(page.getByRole("alert")).toContainText("Choose a reason");
  await page.getByRole("radio", { name: "Duplicate", exact: true }).check();
  await page.getByLabel("Number of the original").fill(`#${worst.id}`);
  await page.getByRole("button", { name: "Reject the payout" }).click();
  await expectIssue(page, "Price filter resets");
  await expect(status).toContainText(`Rejected #${middle.id}`);

  await page.getByRole("button", { name: "Approve ₸ 1,000" }).click();
  await expect(page.getByText("Nothing in the inbox matches these filters")).toBeVisible();

  const issues = await db().issue.findMany({
    where: { id: { in: [worst.id, middle.id, last.id] } },
    orderBy: { id: "asc" },
    select: { status: true, payoutStatus: true, approvedAmount: true, version: true },
  });
  expect(issues).toEqual([
    { status: "triaged", payoutStatus: "approved", approvedAmount: 1_200_050n, version: 4 },
    { status: "duplicate", payoutStatus: "rejected", approvedAmount: null, version: 2 },
    { status: "triaged", payoutStatus: "approved", approvedAmount: 100_000n, version: 2 },
  ]);
});

test("who comes too late is told who was faster, and keeps what they wrote", async ({ page }) => {
  const { id } = await report("high", "Refund goes to another card");
  const other = await newAdmin("Sanzhar");
  await openInbox(page, "Refund goes to another card");
  await page.getByText("Reject ▾").click();
  await page.getByRole("radio", { name: "Won’t fix", exact: true }).check();
  await page.getByLabel("Note").last().fill("Refunds are redone next month");

  await approveIssue({ issueId: id }, { actorId: other.id, at: new Date() });
  await page.getByRole("button", { name: "Reject the payout" }).click();
  await expect(page.getByRole("alert")).toBeFocused();
  await expect(page.getByRole("alert")).toContainText(`${other.name} was faster`);
  await expect(page.getByText(`${other.name} approved ₸ 8,000`).first()).toBeVisible();
  await expect(page.getByText("Refunds are redone next month")).toBeVisible();
  await expect(page.getByRole("button", { name: "Reject the payout" })).toHaveCount(0);
  expect(await db().issueEvent.count({ where: { issueId: id } })).toBe(2);
});

test("a double click decides one issue, not the next as well", async ({ page }) => {
  const worst = await report("critical", "Card is charged twice");
  await report("high", "Refund goes to another card");
  await openInbox(page, "Card is charged twice");
  await page.getByRole("button", { name: "Approve ₸ 15,000" }).dblclick();
  // Visible, and not focused: on a slow machine the second click comes down on the next issue, beside its heading.
  await expect(
    page.getByRole("heading", { level: 2, name: "Refund goes to another card" }),
  ).toBeVisible();
  await expect(page.getByRole("status")).toContainText(`Approved ₸ 15,000 for #${worst.id}`);
  const open = { cycleId: team.cycle.id, payoutStatus: "pending" } as const;
  // With scripts the page is ahead of the server. What comes after both presses has been answered after them.
  await expect.poll(() => db().issue.count({ where: open })).toBe(1);
  await page.reload();
  await expectIssue(page, "Refund goes to another card");
  expect(await db().issue.count({ where: open })).toBe(1);
});
