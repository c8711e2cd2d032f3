import { existsSync, readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { parse } from "csv-parse/sync";
import { db } from "~/database/client.server";
import { buildIssue } from "../prisma/builders";
import type { Team } from "./data";
import { expect } from "./fixtures";

/** Real titles, where the file is at hand (DESIGN 8). */
const ECLIPSE = new URL("../../shared/data/eclipse-issues.csv", import.meta.url);

function titles(count: number): string[] {
  const rows: { title: string }[] = existsSync(ECLIPSE)
    ? parse(readFileSync(ECLIPSE, "utf8").split("\n").slice(0, 400).join("\n"), {
        columns: true,
        relax_quotes: true,
        skip_records_with_error: true,
      })
    : [];
  return Array.from({ length: count }, (_, n) => rows[n]?.title ?? "The total is wrong");
}

/** That many issues of the team's cycle, "1. …" on top of the inbox. */
export async function fillInbox(
  { testers: [tester], cycle }: Team,
  count: number,
): Promise<number[]> {
  if (!tester) throw new Error("The team has no tester.");
  const ids: number[] = [];
  for (const [n, title] of titles(count).entries()) {
    const at = new Date(Date.UTC(2026, 4, 10, 12, 0, count - n));
    const issue = { tester, cycle, severity: "low", title: `${n + 1}. ${title}`, at } as const;
    ids.push((await buildIssue(issue)).id);
  }
  return ids;
}

export const heading = (page: Page, n: number) =>
  page.getByRole("heading", { level: 2, name: new RegExp(`^${n}\\. `) });

/** For the issues of fillInbox, which are all of severity low. */
export const approve = (page: Page) => page.getByRole("button", { name: "Approve ₸ 1,000" });

export const waitingIn = ({ cycle }: Team) =>
  db().issue.count({ where: { cycleId: cycle.id, payoutStatus: "pending" } });

/** Keys do nothing before the scripts have run: press `?` until its dialog is there, and close it. */
export async function whenListening(page: Page): Promise<void> {
  const dialog = page.getByRole("dialog", { name: "Keys of Triage" });
  await expect(async () => {
    await page.keyboard.press("?");
    await expect(dialog).toBeVisible({ timeout: 300 });
  }).toPass();
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
}
