import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import { parse } from "csv-parse/sync";
import { db } from "~/database/client.server";
import { buildCycle } from "../prisma/builders";
import { expect, newAdmin, newTester, type Person, signIn, signOut, test } from "./fixtures";

const CSV_HEADER = "date,cycle_name,issue_title,severity,amount,currency,method,reference";

let tester: Person;
let admin: Person;
let cycleName: string;
let title: string;
let reference: string;

test.beforeEach(async () => {
  tester = await newTester("Aigerim", { kaspiPhone: "+77015550177", payeeName: "Айгерім Т." });
  admin = await newAdmin("Nazira");
  cycleName = `Loop ${randomUUID().slice(0, 6)}`;
  title = `Cart forgets «көк шай», ${randomUUID().slice(0, 6)}`;
  // Unique, or the page would rightly ask about a reference that was used before.
  reference = randomUUID().slice(0, 8);
  await buildCycle({ name: cycleName, testers: [tester] });
});

test("a tester files, an admin approves and pays, the tester sees it paid and in the CSV", async ({
  page,
}) => {
  await signIn(page, tester.email);
  await page.goto("/app/issues/new");
  await page.getByLabel("Title").fill(title);
  await page.getByLabel(/^High/).check();
  await page
    .getByLabel("Description")
    .fill("1. Put tea into the cart\n2. Reload\n<script>alert(1)</script>");
  await page.getByRole("button", { name: "File issue" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toContainText(title);
  const issueId = Number(/\/app\/issues\/(\d+)/.exec(page.url())?.[1]);
  await expectFigure(page, "Awaiting decision", "₸ ~8,000");
  await signOut(page);

  await signIn(page, admin.email);
  await page.goto(`/app/admin/triage?issue=${issueId}`);
  await page.getByRole("button", { name: "Approve ₸ 8,000" }).click();
  await expect(page.getByRole("status")).toContainText(`#${issueId}`);
  // With scripts the message comes before the decision is recorded: it is felt at once, and arrives all the same.
  const line = page.getByRole("checkbox", { name: `All issues of ${tester.name} in KZT` });
  await expect(async () => {
    await page.goto("/app/admin/payouts");
    await expect(line).toBeVisible({ timeout: 1_000 });
  }).toPass();
  await line.check();
  await page.getByRole("button", { name: "Pay selected" }).click();
  await expect(page.getByText("+77015550177")).toBeVisible();
  await page.getByLabel("Reference").fill(reference);
  await page.getByRole("button", { name: "Confirm: ₸ 8,000 paid" }).click();
  await expect(page.getByRole("status")).toContainText("is paid: ₸ 8,000");
  await signOut(page);

  await signIn(page, tester.email);
  await expectFigure(page, "Total earned (paid)", "₸ 8,000");
  await expectFigure(page, "Pending payout (approved)", "₸ 0");
  await expect(page.getByRole("row").filter({ hasText: title })).toContainText(
    `Kaspi, ref. ${reference}`,
  );
  const csv = await page.request.get("/api/me/balance/export.csv");
  const text = await csv.text();
  expect(text.startsWith(`\uFEFF${CSV_HEADER}\r\n`)).toBe(true);
  const rows: Record<string, string>[] = parse(text, { bom: true, columns: true });
  expect(rows).toHaveLength(1);
  expect(rows[0]).toMatchObject({
    cycle_name: cycleName,
    issue_title: title,
    severity: "high",
    amount: "8000.00",
    currency: "KZT",
    method: "kaspi",
    reference,
  });
  const { _sum: sums } = await db().payment.aggregate({
    where: { testerId: tester.id },
    _sum: { amount: true },
  });
  expect(sums.amount).toBe(800_000n);
});

async function expectFigure(page: Page, label: string, figure: string) {
  await page.goto("/app/test-cycles/balance");
  await expect(page.locator("dl > div").filter({ hasText: label }).locator("dd")).toContainText(
    figure,
  );
}
