import type { Page, Request } from "@playwright/test";
import { db } from "~/database/client.server";
import { approveIssue } from "~/models/decision.server";
import { newTeam, type Team } from "./data";
import { expect, newAdmin, PASSWORD, signIn, test } from "./fixtures";
import { approve, fillInbox, heading, waitingIn, whenListening } from "./triage-inbox";

let team: Team;
test.beforeEach(async ({ page }) => {
  team = await newTeam("Aibek");
  await signIn(page, team.admin.email);
});

const waiting = () => waitingIn(team);

test.describe("with scripts", () => {
  test.skip(
    ({ javaScriptEnabled, viewport }) => !javaScriptEnabled || (viewport?.width ?? 0) < 1_000,
    "on a laptop",
  );

  test("a decision that came too late comes back, without pushing the next issue away", async ({
    page,
  }) => {
    const ids = await fillInbox(team, 3);
    const other = await newAdmin("Sanzhar");
    await page.goto(`/app/admin/triage?cycle=${team.cycle.id}`);
    await whenListening(page);
    await approveIssue({ issueId: Number(ids[0]) }, { actorId: other.id, at: new Date() });
    await page.keyboard.press("e");
    await expect(heading(page, 2)).toBeFocused();
    await expect(page.getByRole("alert")).toContainText(`${other.name} was faster`);
    await expect(heading(page, 2)).toBeVisible();
    await page.getByRole("link", { name: "Back to it" }).click();
    await expect(heading(page, 1)).toBeFocused();
    await expect(page.getByText(`${other.name} approved ₸ 1,000`).first()).toBeVisible();
    expect(await db().issueEvent.count({ where: { issueId: ids[0] } })).toBe(2);
  });

  test("however many came too late, the issue in hand stays in view, and all are dismissed at once", async ({
    page,
  }) => {
    const ids = await fillInbox(team, 6);
    const other = await newAdmin("Sanzhar");
    await page.goto(`/app/admin/triage?cycle=${team.cycle.id}`);
    await whenListening(page);
    // All are under way before the first answer, and the page asks for nothing meanwhile that would tell it what the
    // other has decided. What it shows next it has already.
    let letGo = () => {};
    let posts = 0;
    const pressed = new Promise<void>((resolve) => (letGo = resolve));
    await page.route(/\/app\/admin\/triage(\.data\?.*|\/decision)$/, async (route) => {
      if (route.request().method() === "POST") posts++;
      await pressed;
      await route.continue();
    });
    for (const id of ids.slice(0, 5)) {
      await expect(heading(page, ids.indexOf(id) + 1)).toBeVisible();
      await expect(approve(page)).toBeVisible();
      await approveIssue({ issueId: Number(id) }, { actorId: other.id, at: new Date() });
      await page.keyboard.press("e");
    }
    await expect.poll(() => posts).toBe(5);
    letGo();
    await expect(page.getByText(`${other.name} was faster`)).toHaveCount(5);
    await expect(heading(page, 6)).toBeInViewport();
    await page.getByRole("button", { name: "Dismiss all 5" }).click();
    await expect(page.getByRole("alert")).toHaveCount(0);
    await page.keyboard.press("e");
    await expect.poll(waiting).toBe(0);
  });

  test("two admins decide the same issues as fast as they can: one decision each, the loser is told", async ({
    page,
    browser,
  }) => {
    const count = Number(process.env.TRIAGE_RACE ?? 20);
    const ids = await fillInbox(team, count);
    const other = await newAdmin("Sanzhar");
    const context = await browser.newContext();
    const second = await context.newPage();
    await second.goto(new URL("/login", page.url()).href);
    await second.getByLabel("E-mail address").fill(other.email);
    await second.getByLabel("Password").fill(PASSWORD);
    await second.getByRole("button", { name: "Sign in" }).click();
    await expect(second.getByRole("button", { name: "Sign out" })).toBeVisible();
    const url = new URL(`/app/admin/triage?cycle=${team.cycle.id}`, page.url()).href;
    await Promise.all([page.goto(url), second.goto(url)]);
    await Promise.all([whenListening(page), whenListening(second)]);
    const told = await Promise.all([race(page, ids), race(second, ids)]);
    expect(await waiting()).toBe(0);
    const approvals = await db().issueEvent.groupBy({
      by: ["issueId"],
      where: { issueId: { in: ids }, kind: "approved" },
      _count: true,
    });
    expect(approvals).toHaveLength(count);
    expect(approvals.every(({ _count }) => _count === 1)).toBe(true);
    const sum = (of: "decided" | "left") => told.reduce((all, { [of]: part }) => all + part, 0);
    expect(sum("decided")).toBeLessThanOrEqual(count);
    expect(sum("decided") + sum("left")).toBeGreaterThanOrEqual(count);
    console.log(`two admins, ${count} issues:`, told);
    await context.close();
  });
});

type Told = { decided: number; refused: number; left: number };

/**
 * Presses e wherever there is something to approve, until nothing waits. Counts what the page sent, in the background or
 * as a page, and sees that each refusal is told. `ids`: the issues, in the order of the numbers in their titles.
 */
async function race(page: Page, ids: readonly number[]): Promise<Told> {
  const open = new Set<Request>();
  const decided = new Set<number>();
  const refused = new Set<number>();
  // Given up by the browser, when the next key came within the same frame: what became of it, the list shows.
  const left = new Set<number>();
  page.on("request", (request) => isDecision(request) && open.add(request));
  page.on("requestfailed", (request) => open.delete(request) && left.add(issueOf(request)));
  page.on("response", (answer) => {
    if (!open.delete(answer.request())) return;
    if (answer.status() !== 409) expect.soft(answer.status()).toBeLessThan(400);
    (answer.status() === 409 ? refused : decided).add(issueOf(answer.request()));
  });
  await page.evaluate(noteRefusals);
  while ((await waiting()) > 0) {
    if (await approve(page).isVisible()) await page.keyboard.press("e");
    else if (await page.getByRole("link", { name: "Next", exact: true }).isVisible())
      await page.keyboard.press("j");
  }
  await expect.poll(() => open.size).toBe(0);
  const numbers = [...refused].map((id) => ids.indexOf(id) + 1).sort((a, b) => a - b);
  await expect.poll(() => page.evaluate(refusalsTold)).toEqual(numbers);
  return { decided: decided.size, refused: refused.size, left: left.size };
}

const isDecision = (request: Request) =>
  request.method() === "POST" && new URL(request.url()).pathname.startsWith("/app/admin/triage");

const issueOf = (request: Request) =>
  Number((request.postDataJSON() as { issueId: string }).issueId);

type Noting = { refusals?: Set<number> };

/**
 * Runs in the page: notes the numbers of the issues that were told to be refused, above the list or, where the issue was
 * come back to by then, beside itself.
 */
function noteRefusals(): void {
  const refusals = new Set<number>();
  (window as Noting).refusals = refusals;
  new MutationObserver(() => {
    for (const { textContent } of document.querySelectorAll(".notice.is-error strong")) {
      const [, number] = /^Not done: #\d+ (\d+)\. /.exec(textContent) ?? [];
      if (number) refusals.add(Number(number));
    }
    const title = document.querySelector("#issue-title")?.textContent;
    if (title && document.querySelector(".issue-pane .error-summary"))
      refusals.add(Number.parseInt(title, 10));
  }).observe(document.body, { subtree: true, childList: true, characterData: true });
}

const refusalsTold = () => [...((window as Noting).refusals ?? [])].sort((a, b) => a - b);
