import type { Page } from "@playwright/test";
import { parse } from "csv-parse/sync";
import { extractText, getDocumentProxy } from "unpdf";
import { db } from "~/database/client.server";
import { approveIssue } from "~/models/decision.server";
import { reverseTransfer } from "~/models/transfer-reversal.server";
import { buildIssue, buildPaidBatch } from "../prisma/builders";
import { newTeam, paidTo, type Team } from "./data";
import { expect, signIn, test } from "./fixtures";

/** Last year, whole: every payday of it is over. */
const YEAR = new Date().getUTCFullYear() - 1;
const ISSUES_A_MONTH = 25;

/** Twelve paydays of 25 issues; that of March bounced, and is paid again in April. */
async function aYearOfPaydays(team: Team): Promise<void> {
  const { admin, cycle } = team;
  const [tester] = team.testers;
  if (!tester) throw new Error("The team has no tester.");
  const act = { actorId: admin.id, at: new Date(Date.UTC(YEAR, 0, 2)) };
  let bounced: number[] = [];
  for (let month = 0; month < 12; month++) {
    const issueIds: number[] = [];
    // One after the other: side by side they would wait for a connection longer than the pool lets them.
    for (let n = 0; n < ISSUES_A_MONTH; n++) {
      const { id } = await buildIssue({ tester, cycle, severity: "low", at: act.at });
      await approveIssue({ issueId: id }, act);
      issueIds.push(id);
    }
    const at = new Date(Date.UTC(YEAR, month, 10));
    const { batchId } = await buildPaidBatch({ admin, issueIds: [...bounced, ...issueIds], at });
    bounced = month === 2 ? await bounce(batchId, admin.id, new Date(Date.UTC(YEAR, 2, 12))) : [];
  }
}

async function bounce(batchId: number, actorId: number, at: Date): Promise<number[]> {
  const payments = await db().payment.findMany({
    where: { batchId },
    select: { id: true, issueId: true, transferId: true },
  });
  const transferId = payments[0]?.transferId ?? 0;
  const on = at.toISOString().slice(0, 10);
  const paymentIds = payments.map(({ id }) => id);
  await reverseTransfer(
    { transferId, paymentIds, how: "bounced", reason: "Account was closed", on },
    { actorId, at },
  );
  return payments.map(({ issueId }) => issueId);
}

async function pagesOfPdf(page: Page): Promise<string[]> {
  const pdf = await getDocumentProxy(new Uint8Array(await page.pdf({ preferCSSPageSize: true })));
  return (await extractText(pdf)).text;
}

/** "−₸ 1,000.50" → −100050. */
function minorUnits(text: string): number {
  const [whole = "", tiyn = "00"] = text.replace(/[^\d.]/g, "").split(".");
  return (text.startsWith("−") ? -1 : 1) * Number(whole + tiyn);
}

test("a year on paper comes to what the CSV and Balance say", async ({ page }, { project }) => {
  test.skip(project.name !== "laptop without scripts", "paper has one width and no scripts");
  const team = await newTeam("Aibek");
  const [aibek] = team.testers;
  if (!aibek) throw new Error("The team has no tester.");
  await aYearOfPaydays(team);

  await signIn(page, aibek.email);
  await page.getByRole("link", { name: "Print statement" }).click();
  await page.getByRole("link", { name: String(YEAR), exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`from=${YEAR}-01-01&to=${YEAR}-12-31`));
  const pages = await pagesOfPdf(page);

  // Opening, 325 payments and 25 reversals, closing.
  const figures = pages.flatMap((text) => text.match(/−?₸\s[\d,.]+/g) ?? []).map(minorUnits);
  const lines = figures.slice(1, -1);
  expect(lines).toHaveLength(350);
  expect(lines.filter((amount) => amount < 0)).toHaveLength(25);
  expect(figures[0]).toBe(0);
  expect(figures.at(-1)).toBe(sum(lines));
  expect(BigInt(sum(lines))).toBe(await paidTo(aibek));

  const csv = await page.request.get(
    `/api/me/balance/export.csv?from=${YEAR}-01-01&to=${YEAR}-12-31`,
  );
  const rows = parse<{ amount: string }>(await csv.text(), { bom: true, columns: true });
  expect(rows.map(({ amount }) => Math.round(Number(amount) * 100))).toEqual(lines);
  const balance = await page.request.get("/api/me/balance");
  expect(await balance.json()).toMatchObject({
    totals: [{ currency: "KZT", paid: sum(lines) }],
  });

  // Every sheet has the heads of its columns and its number, and nothing of the page around it.
  const texts = pages.map((text) => text.replaceAll(/\s+/g, " "));
  for (const [index, text] of texts.entries()) {
    expect(text).toContain("Date For Method, reference Amount");
    expect(text).toContain(`${index + 1} / ${pages.length}`);
    expect(text).not.toMatch(/Sign out|Whole year|browser/);
  }
  expect(texts[0]).toContain(`01.01.${YEAR} – 31.12.${YEAR}`);
  expect(texts.at(-1)).toContain("Signature, date");
});

const sum = (amounts: readonly number[]) => amounts.reduce((total, amount) => total + amount, 0);
