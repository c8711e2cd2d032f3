import type { Page } from "playwright";
import * as paths from "~/http/paths";
import { timeToNextIssue } from "../../e2e/next-issue";
import { buildAdmin, buildCycle, buildIssue, buildTester } from "../../prisma/builders";
import { withApp } from "./bench-app";
import type { BenchCluster } from "./bench-cluster";
import { type BenchRow, row } from "./bench-row";
import { become, withBrowser } from "./browser";

export const title = "Triage by keys: from `e` going down to the next issue on the screen";

/** DESIGN 11. */
const LONGEST_P95_MS = 100;

const ISSUES = 101;
const ADMIN = "triage@example.com";

export async function bench(cluster: BenchCluster): Promise<readonly BenchRow[]> {
  await cluster.create("triage", async () => {});
  return cluster.using("triage", async () => {
    await fillInbox();
    const times = await withApp(({ origin }) =>
      withBrowser(async (browser) => {
        const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
        await become(context, origin, ADMIN);
        const page = await context.newPage();
        await page.goto(origin + paths.triagePath(), { waitUntil: "networkidle" });
        await whenListening(page);
        return decideAll(page);
      }),
    );
    times.sort((a, b) => a - b);
    const at = (part: number) => times[Math.floor((times.length - 1) * part)] ?? NaN;
    console.log(
      `${times.length} decisions: median ${at(0.5).toFixed(0)} ms, longest ${at(1).toFixed(0)} ms`,
    );
    return [
      row({
        what: "Triage: key press to next issue shown, p95",
        ...{ value: at(0.95), unit: "ms", atMost: LONGEST_P95_MS },
        comparedWith: `median ${at(0.5).toFixed(0)} ms of ${times.length}`,
      }),
    ];
  });
}

async function fillInbox(): Promise<void> {
  await buildAdmin({ name: "Nazira", email: ADMIN });
  const tester = await buildTester({ name: "Aibek" });
  const cycle = await buildCycle({ testers: [tester] });
  for (let n = ISSUES; n > 0; n--)
    await buildIssue({ tester, cycle, severity: "low", title: `${n}. The total is wrong` });
}

/** Keys do nothing before the scripts have run: press `?` until its dialog is there, and close it. */
async function whenListening(page: Page): Promise<void> {
  const dialog = page.getByRole("dialog");
  do await page.keyboard.press("?");
  while (
    !(await dialog.waitFor({ timeout: 300 }).then(
      () => true,
      () => false,
    ))
  );
  await page.keyboard.press("Escape");
  await dialog.waitFor({ state: "hidden" });
}

async function decideAll(page: Page): Promise<number[]> {
  const times: number[] = [];
  for (let left = ISSUES; left > 1; left--) {
    await page.getByRole("button", { name: "Approve ₸" }).waitFor();
    times.push(await timeToNextIssue(page, () => page.keyboard.press("e")));
  }
  return times;
}
