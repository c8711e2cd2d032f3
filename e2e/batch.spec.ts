import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { parse } from "csv-parse/sync";
import { db } from "~/database/client.server";
import { cancelBatch, leaveOut } from "~/models/batch-cancel.server";
import { buildPaidBatch, buildPreparedBatch } from "../prisma/builders";
import { approvedIssues, newTeam, paidTo, type Team } from "./data";
import { expect, newAdmin, type Person, signIn, test } from "./fixtures";

let team: Team;
let aibek: Person;
let dana: Person;
let issueIds: number[];

test.beforeEach(async ({ page }) => {
  team = await newTeam("Aibek", "Dana");
  [aibek, dana] = team.testers as [Person, Person];
  issueIds = await approvedIssues(team, aibek, ["high", "medium"]);
  issueIds.push(...(await approvedIssues(team, dana, ["critical"])));
  await signIn(page, team.admin.email);
});

async function openPrepared(page: Page): Promise<number> {
  const { batchId } = await buildPreparedBatch({ admin: team.admin, issueIds });
  await page.goto(`/app/admin/payouts/batches/${batchId}`);
  return batchId;
}

async function openPaid(page: Page): Promise<number> {
  const reference = randomUUID();
  const { batchId } = await buildPaidBatch({ admin: team.admin, issueIds, reference });
  await page.goto(`/app/admin/payouts/batches/${batchId}`);
  return batchId;
}

const rowOf = (page: Page, { name }: Person) =>
  page.getByRole("listitem").filter({ has: page.getByRole("heading", { name, exact: true }) });
const openRow = (page: Page, { name }: Person) =>
  page.getByRole("link", { name: `Issues and changes of ${name}` }).click();
const unfold = (page: Page, title: string) =>
  page.locator("summary").filter({ hasText: title }).click();

test("what the banking app asks for stands as text, and a button copies it where scripts run", async ({
  page,
  context,
  javaScriptEnabled,
}) => {
  const batchId = await openPrepared(page);
  const row = rowOf(page, aibek);
  for (const text of ["+77015550100", "11000", `Testing, batch ${batchId}: 2 issues`])
    await expect(row.getByText(text, { exact: true })).toBeVisible();
  const copy = row.getByRole("button", { name: `Copy the amount of ${aibek.name}` });
  if (javaScriptEnabled === false) return expect(copy).toHaveCount(0);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await copy.click();
  await expect(copy).toHaveText("Copied");
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe("11000");
});

test("the button of a copied text moves nothing when it comes", async ({ page, browser }) => {
  const batchId = await openPrepared(page);
  const heights: (number | undefined)[] = [];
  for (const javaScriptEnabled of [true, false]) {
    const context = await browser.newContext({
      javaScriptEnabled,
      viewport: page.viewportSize(),
      storageState: await page.context().storageState(),
    });
    const other = await context.newPage();
    await other.goto(`/app/admin/payouts/batches/${batchId}`);
    if (javaScriptEnabled)
      await expect(other.getByRole("button", { name: /^Copy/ })).toHaveCount(6);
    heights.push((await other.locator("main").boundingBox())?.height);
    await context.close();
  }
  expect(heights[0]).toBe(heights[1]);
});

test("the bank gets a file of what waits to be sent, and none of what was sent", async ({
  page,
}) => {
  const batchId = await openPrepared(page);
  const csv = `/app/admin/payouts/batches/${batchId}/transfers.csv`;
  const answer = await page.request.get(csv);
  expect(answer.headers()["content-disposition"]).toContain(`tiyn-transfers-batch-${batchId}-`);
  const rows: Record<string, string>[] = parse(await answer.text(), { bom: true, columns: true });
  expect(rows).toMatchObject([
    {
      payee: aibek.name,
      kaspi_phone: "+77015550100",
      amount: "11000.00",
      currency: "KZT",
      issues: "2",
    },
    { payee: dana.name, amount: "15000.00", purpose: `Testing, batch ${batchId}: 1 issue` },
  ]);
  const semicolons = await page.request.get(`${csv}?separator=semicolon`);
  expect(await semicolons.text()).toContain(";11000,00;KZT;");
  const exported = { kind: "exported", actorId: team.admin.id };
  expect(await db().auditEntry.count({ where: exported })).toBe(2);
  await cancelBatch(batchId, { actorId: team.admin.id, at: new Date() });
  await page.goto(csv);
  await expect(page.getByText("no longer waits to be paid")).toBeVisible();
});

test("a transfer that bounced is taken back and paid again", async ({ page }) => {
  const batchId = await openPaid(page);
  await openRow(page, aibek);
  await unfold(page, "Bounced, never sent, or void");
  const boxes = page.getByRole("checkbox");
  await expect(boxes).toHaveCount(2);
  for (const box of await boxes.all()) await expect(box).toBeChecked();
  await page.getByRole("button", { name: "Take these payments back" }).click();
  await expect(page.getByRole("alert")).toContainText("Choose what became of the money");
  await expect(page.getByRole("alert")).toContainText("Write down why");
  await page.getByLabel("The transfer bounced").check();
  await page.getByLabel("Why", { exact: true }).first().fill("Card closed");
  await page.getByRole("button", { name: "Take these payments back" }).click();
  await expect(page.getByText("2 issues are in the pay queue again")).toBeVisible();
  expect(await paidTo(aibek)).toBe(0n);
  expect(await paidTo(dana)).toBe(1_500_000n);
  await expect(page.getByText("now ₸ 15,000, of ₸ 26,000 paid")).toBeVisible();
  await expect(page.getByText(/took ₸\s11,000 to Aibek .* back .*“Card closed”/)).toBeVisible();
  await page.goto(`/app/admin/payouts/batches/${batchId}`);
  const again = { admin: team.admin, issueIds: issueIds.slice(0, 2), reference: randomUUID() };
  await buildPaidBatch(again);
  expect(await paidTo(aibek)).toBe(1_100_000n);
});

test("one payment of a transfer is voided, and stands in the list of voids with its batch", async ({
  page,
}) => {
  const batchId = await openPaid(page);
  await openRow(page, aibek);
  await unfold(page, "Bounced, never sent, or void");
  await page.getByRole("checkbox").first().uncheck();
  await page.getByLabel("Void: the tester sent it back").check();
  const reason = `Duplicate ${randomUUID().slice(0, 6)}`;
  await page.getByLabel("Why", { exact: true }).first().fill(reason);
  await page.getByRole("button", { name: "Take these payments back" }).click();
  await expect(page.getByText("1 issue is void: ₸ 3,000.")).toBeVisible();
  expect(await paidTo(aibek)).toBe(800_000n);
  await page.goto("/app/admin/payouts/voids?kind=returned");
  const row = page.getByRole("row").filter({ hasText: reason });
  await expect(row).toContainText("₸ 3,000");
  await row.getByRole("link", { name: `Batch #${batchId}` }).click();
  await expect(page.getByRole("heading", { name: `Batch #${batchId}` })).toBeVisible();
  await page.goto("/app/admin/payouts/voids?kind=kept");
  await expect(page.getByText(reason)).toHaveCount(0);
});

test("a mistyped reference is corrected, here and on the issue's page", async ({ page }) => {
  await openPaid(page);
  await openRow(page, aibek);
  await unfold(page, "Correct the reference or date");
  await page.getByLabel("Reference").fill("88\u200b41");
  await page.getByLabel("Why it is corrected").fill("Typing mistake");
  await page.getByRole("button", { name: "Correct it" }).click();
  await expect(page.getByRole("alert")).toContainText("cannot be seen");
  const mended = randomUUID();
  await page.getByLabel("Reference").fill(mended);
  await page.getByRole("button", { name: "Correct it" }).click();
  await expect(page.getByText("The transfer is corrected.")).toBeVisible();
  await expect(rowOf(page, aibek).getByText(mended, { exact: true })).toBeVisible();
  await expect(page.getByText(new RegExp(`reference .* → ${mended}`))).toBeVisible();
  await page.goto(`/app/issues/${issueIds[1]}`);
  await expect(page.getByText(`ref. ${mended}`).first()).toBeVisible();
  await unfold(page, "Correct the reference or date");
  const again = randomUUID();
  await page.getByLabel("Reference").fill(again);
  await page.getByLabel("Why it is corrected").fill("Read it wrong");
  await page.getByRole("button", { name: "Correct it" }).click();
  await expect(page.getByText("The transfer is corrected.")).toBeVisible();
  await page.goto(`/app/issues/${issueIds[0]}`);
  await expect(page.getByText(`ref. ${again}`).first()).toBeVisible();
});

test("confirmed after another admin cancelled: what was typed, what is, and what to do if it was sent", async ({
  page,
}) => {
  const batchId = await openPrepared(page);
  const other = await newAdmin("Sanzhar");
  await cancelBatch(batchId, { actorId: other.id, at: new Date() });
  const typed = randomUUID();
  await page.getByLabel("Reference").first().fill(typed);
  await page.getByLabel("Reference").last().fill(randomUUID());
  await page.getByRole("button", { name: "Confirm: ₸ 26,000 paid" }).click();
  await expect(page.getByText(`${other.name} has cancelled this batch`)).toBeVisible();
  const row = page.getByRole("row").filter({ hasText: aibek.name });
  await expect(row).toContainText(typed);
  await expect(row).toContainText("Not paid: the batch is cancelled");
  await expect(page.getByText("If you have already sent money")).toBeVisible();
  expect(await paidTo(aibek)).toBe(0n);
  await page.getByRole("button", { name: "Prepare these issues again" }).click();
  await expect(page.getByRole("button", { name: "Confirm: ₸ 26,000 paid" })).toBeVisible();
});

test("confirmed after another admin left a line out: nothing is paid, and the line is named", async ({
  page,
}) => {
  const batchId = await openPrepared(page);
  const other = await newAdmin("Sanzhar");
  const line = await db().payoutTransfer.findFirstOrThrow({
    where: { batchId, testerId: dana.id },
  });
  await leaveOut({ batchId, transferId: line.id }, { actorId: other.id, at: new Date() });
  const kept = randomUUID();
  await page.getByLabel("Reference").first().fill(kept);
  await page.getByLabel("Reference").last().fill(randomUUID());
  await page.getByRole("button", { name: "Confirm: ₸ 26,000 paid" }).click();
  const row = page.getByRole("row").filter({ hasText: dana.name });
  await expect(row).toContainText(`left out by ${other.name}`);
  expect(await paidTo(aibek)).toBe(0n);
  await expect(page.getByLabel("Reference")).toHaveCount(1);
  await expect(page.getByLabel("Reference")).toHaveValue(kept);
  await page.getByRole("button", { name: "Confirm: ₸ 11,000 paid" }).click();
  await expect(page.getByText("is paid: ₸ 11,000")).toBeVisible();
  expect(await paidTo(aibek)).toBe(1_100_000n);
});

test("on paper: one row a transfer, room for the signature, and no buttons", async ({ page }) => {
  await openPrepared(page);
  await page.emulateMedia({ media: "print" });
  await expect(page.getByText("Signature")).toBeVisible();
  for (const button of await page.getByRole("button").all()) await expect(button).toBeHidden();
  await expect(rowOf(page, aibek).getByText("+77015550100")).toBeVisible();
});
