import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { db } from "~/database/client.server";
import { approveIssue } from "~/models/decision.server";
import { buildCycle, buildIssue } from "../prisma/builders";
import { approvedIssues, newTeam, paidTo, type Team } from "./data";
import { expect, newAdmin, type Person, signIn, test } from "./fixtures";

const lineBox = (page: Page, { name }: Person, currency = "KZT") =>
  page.getByRole("checkbox", { name: `All issues of ${name} in ${currency}` });
const issueBox = (page: Page, id: number) => page.getByRole("checkbox", { name: `Pay #${id}` });
const paySelected = (page: Page) => page.getByRole("button", { name: "Pay selected" }).click();
const rowOf = (page: Page, { name }: Person) =>
  page.getByRole("row").filter({ hasText: name }).first();
const heading = (page: Page) => page.getByRole("heading", { level: 1, name: /^Batch #/ });

async function openPayouts(page: Page, admin: Person): Promise<void> {
  await signIn(page, admin.email);
  await page.goto("/app/admin/payouts");
}

async function openLine(page: Page, tester: Person): Promise<void> {
  await rowOf(page, tester).getByRole("link", { name: "Show issues" }).click();
  await expect(rowOf(page, tester).getByRole("link", { name: "Hide issues" })).toBeVisible();
}

test("three testers are selected, prepared, and paid via Kaspi with a reference each", async ({
  page,
  browser,
}) => {
  const team = await newTeam("Aibek", "Dana", "Timur");
  const [aibek, dana, timur] = team.testers as [Person, Person, Person];
  await approvedIssues(team, aibek, ["high", "medium"]);
  await approvedIssues(team, dana, ["critical"]);
  await approvedIssues(team, timur, ["low", "low", "low"]);
  await openPayouts(page, team.admin);
  for (const tester of team.testers) await lineBox(page, tester).check();
  await paySelected(page);
  await expect(heading(page)).toBeVisible();
  const references = page.getByLabel("Reference");
  await expect(references).toHaveCount(3);
  const sent = [randomUUID(), randomUUID(), randomUUID()];
  for (const [at, reference] of sent.entries()) await references.nth(at).fill(reference);
  await expect(page.getByLabel("Kaspi", { exact: true })).toBeChecked();
  await page.getByRole("button", { name: "Confirm: ₸ 29,000 paid" }).click();
  await expect(page.getByRole("status")).toContainText("is paid: ₸ 29,000");

  expect(await Promise.all(team.testers.map(paidTo))).toEqual([1_100_000n, 1_500_000n, 300_000n]);
  const payments = await db().payment.findMany({
    where: { testerId: { in: team.testers.map(({ id }) => id) } },
    select: { reference: true, method: true, recordedById: true },
  });
  expect(new Set(payments.map(({ reference }) => reference))).toEqual(new Set(sent));
  expect(new Set(payments.map(({ method }) => method))).toEqual(new Set(["kaspi"]));
  expect(new Set(payments.map((row) => row.recordedById))).toEqual(new Set([team.admin.id]));

  // The batch is logged, and each of the three sees it on a balance of their own.
  await page.goto("/app/admin/payouts/batches");
  await expect(page.getByRole("row").filter({ hasText: team.admin.name })).toContainText(
    "₸ 29,000",
  );
  for (const [tester, earned] of [
    [aibek, "₸ 11,000"],
    [dana, "₸ 15,000"],
    [timur, "₸ 3,000"],
  ] as const) {
    const theirs = await (await browser.newContext()).newPage();
    await signIn(theirs, tester.email);
    await theirs.goto("/app/test-cycles/balance");
    await expect(theirs.getByRole("main")).toContainText(earned);
    await theirs.context().close();
  }
});

test("two admins who choose overlapping lines: one batch, and one page that says which lines are taken", async ({
  page,
  browser,
}) => {
  const team = await newTeam("Aibek", "Dana", "Timur");
  const [aibek, dana, timur] = team.testers as [Person, Person, Person];
  for (const tester of team.testers) await approvedIssues(team, tester, ["high"]);
  const other = await newAdmin("Sanzhar");
  const theirs = await (await browser.newContext()).newPage();
  await openPayouts(page, team.admin);
  await openPayouts(theirs, other);
  for (const tester of [aibek, dana]) await lineBox(page, tester).check();
  for (const tester of [dana, timur]) await lineBox(theirs, tester).check();
  await paySelected(page);
  await expect(heading(page)).toBeVisible();
  await paySelected(theirs);
  await expect(theirs.getByRole("heading", { name: "Some of it changed" })).toBeVisible();
  const changes = theirs.getByRole("table", { name: "What changed" });
  await expect(changes).toContainText(dana.name);
  await expect(changes).not.toContainText(timur.name);
  await expect(changes).not.toContainText(aibek.name);
  expect(await db().batchItem.count({ where: { testerId: timur.id } })).toBe(0);

  await theirs.getByRole("button", { name: "Prepare the rest" }).click();
  await expect(heading(theirs)).toBeVisible();
  const held = await db().payoutTransfer.findMany({
    where: { testerId: { in: team.testers.map(({ id }) => id) } },
    select: { testerId: true, batch: { select: { preparedById: true } } },
    orderBy: { testerId: "asc" },
  });
  expect(held.map(({ testerId, batch }) => [testerId, batch.preparedById])).toEqual([
    [aibek.id, team.admin.id],
    [dana.id, team.admin.id],
    [timur.id, other.id],
  ]);
  await theirs.context().close();
});

async function teamWithTwoCurrencies(): Promise<Team & { dollarIds: number[] }> {
  const team = await newTeam("Dana");
  const [dana] = team.testers as [Person];
  const rates = { critical: 6_000, high: 2_500, medium: 1_000, low: 400, currency: "USD" } as const;
  const cycle = await buildCycle({ testers: [dana], rates });
  await approvedIssues(team, dana, ["high"]);
  const { id } = await buildIssue({ tester: dana, cycle, severity: "high" });
  await approveIssue({ issueId: id }, { actorId: team.admin.id, at: new Date() });
  return { ...team, dollarIds: [id] };
}

test("tenge and dollars of one tester: two lines, two transfers, never one sum", async ({
  page,
  javaScriptEnabled,
}) => {
  const team = await teamWithTwoCurrencies();
  const [dana] = team.testers as [Person];
  await openPayouts(page, team.admin);
  await expect(page.getByRole("row").filter({ hasText: dana.name })).toHaveCount(2);
  await lineBox(page, dana).check();
  await lineBox(page, dana, "USD").check();
  if (javaScriptEnabled)
    await expect(page.getByText("₸ 8,000 + $ 25, 2 issues", { exact: true })).toBeVisible();
  await paySelected(page);
  const references = page.getByLabel("Reference");
  await expect(references).toHaveCount(2);
  for (const at of [0, 1]) await references.nth(at).fill(randomUUID());
  await page.getByRole("button", { name: "Confirm: ₸ 8,000 + $ 25 paid" }).click();
  await expect(page.getByRole("status")).toContainText("is paid");
  const transfers = await db().payoutTransfer.findMany({
    where: { testerId: dana.id },
    select: { currency: true, totalAmount: true, issueCount: true },
    orderBy: { currency: "asc" },
  });
  expect(transfers).toEqual([
    { currency: "KZT", totalAmount: 800_000n, issueCount: 1 },
    { currency: "USD", totalAmount: 2_500n, issueCount: 1 },
  ]);
});

test("lines open to their issues, several at once, and some of them are paid", async ({ page }) => {
  const team = await newTeam("Aibek", "Dana");
  const [aibek, dana] = team.testers as [Person, Person];
  const [first = 0, second = 0] = await approvedIssues(team, aibek, ["high", "medium"]);
  const [third = 0] = await approvedIssues(team, dana, ["critical", "low"]);
  await openPayouts(page, team.admin);
  await openLine(page, aibek);
  await openLine(page, dana);
  await issueBox(page, second).check();
  await issueBox(page, third).check();
  await paySelected(page);
  await expect(heading(page)).toBeVisible();
  const reserved = await db().batchItem.findMany({
    where: { testerId: { in: [aibek.id, dana.id] } },
    select: { issueId: true },
    orderBy: { issueId: "asc" },
  });
  expect(reserved.map(({ issueId }) => issueId)).toEqual([second, third]);
  expect(reserved).not.toContainEqual({ issueId: first });
});

test("a ticked line and the boxes inside it say the same, and what is seen is paid", async ({
  page,
  javaScriptEnabled,
}) => {
  const team = await newTeam("Aibek");
  const [aibek] = team.testers as [Person];
  const [first = 0, second = 0] = await approvedIssues(team, aibek, ["high", "medium"]);
  await openPayouts(page, team.admin);
  if (javaScriptEnabled) {
    await lineBox(page, aibek).check();
    await expect(page.getByText("₸ 11,000, 2 issues", { exact: true })).toBeVisible();
    await openLine(page, aibek);
  } else {
    // Of an opened line the boxes inside are ticked, and not the line, which would count whatever they say.
    await openLine(page, aibek);
    await page.getByRole("link", { name: "Select all", exact: true }).click();
    await expect(lineBox(page, aibek)).not.toBeChecked();
  }
  await expect(issueBox(page, first)).toBeChecked();
  await expect(issueBox(page, second)).toBeChecked();
  if (javaScriptEnabled) {
    await lineBox(page, aibek).uncheck();
    await expect(issueBox(page, second)).not.toBeChecked();
    await expect(page.getByText("Nothing selected yet")).toBeVisible();
    await issueBox(page, first).check();
    await issueBox(page, second).check();
    await expect(lineBox(page, aibek)).toBeChecked();
  }
  await issueBox(page, first).uncheck();
  await expect(lineBox(page, aibek)).not.toBeChecked();
  if (!javaScriptEnabled) {
    // Other tests' lines were ticked by the link as well: only this one is to be paid.
    await page
      .getByRole("checkbox", { name: /^All issues of/ })
      .evaluateAll((boxes) => boxes.forEach((box) => ((box as HTMLInputElement).checked = false)));
  } else await expect(page.getByText("₸ 3,000, 1 issue", { exact: true })).toBeVisible();
  await paySelected(page);
  await expect(heading(page)).toBeVisible();
  const reserved = await db().batchItem.findMany({ where: { testerId: aibek.id } });
  expect(reserved.map(({ issueId }) => issueId)).toEqual([second]);
});

test("everything is selected by one link, and one line is paid by its own button", async ({
  page,
}) => {
  const team = await newTeam("Aibek", "Dana");
  const [aibek, dana] = team.testers as [Person, Person];
  for (const tester of team.testers) await approvedIssues(team, tester, ["high"]);
  await openPayouts(page, team.admin);
  await page.getByRole("link", { name: "Select all", exact: true }).click();
  for (const tester of team.testers) await expect(lineBox(page, tester)).toBeChecked();
  await page.getByRole("link", { name: "Select none", exact: true }).click();
  for (const tester of team.testers) await expect(lineBox(page, tester)).not.toBeChecked();
  // Ticked or not, the button of one line is that line.
  await lineBox(page, dana).check();
  await page.getByRole("button", { name: `Mark all paid: ${aibek.name}` }).click();
  await expect(heading(page)).toBeVisible();
  expect(await db().payoutTransfer.count({ where: { testerId: aibek.id } })).toBe(1);
  expect(await db().payoutTransfer.count({ where: { testerId: dana.id } })).toBe(0);
});

test("the figures lead to lists whose totals they are", async ({ page }) => {
  const team = await teamWithTwoCurrencies();
  const [dana] = team.testers as [Person];
  await openPayouts(page, team.admin);
  await page.getByRole("button", { name: `Mark all paid: ${dana.name}, $ 25` }).click();
  await page.getByLabel("Cash").check();
  await page.getByRole("button", { name: "Confirm: $ 25 paid" }).click();
  await expect(page.getByRole("status")).toContainText("is paid");
  await page.goto(`/app/admin/payouts/payments?testerId=${dana.id}`);
  await expect(page.getByText("$ 25 in total")).toBeVisible();
  await expect(page.getByRole("row").filter({ hasText: dana.name })).toHaveCount(1);
  const csv = page.getByRole("link", { name: "Download CSV" });
  await expect(csv).toHaveAttribute("href", `/api/admin/payouts/export.csv?testerId=${dana.id}`);
  await page.goto("/app/admin/payouts/payments?from=2026-05-10&to=2026-05-01");
  await expect(page.getByRole("alert")).toContainText("first date must not be after");
});
