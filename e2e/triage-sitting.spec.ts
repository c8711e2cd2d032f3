import type { Page } from "@playwright/test";
import { db } from "~/database/client.server";
import { approveIssue } from "~/models/decision.server";
import { buildIssue } from "../prisma/builders";
import { findings } from "./axe";
import { newTeam, type Team } from "./data";
import { expect, newAdmin, signIn, test } from "./fixtures";
import { approve, fillInbox, heading, waitingIn, whenListening } from "./triage-inbox";

let team: Team;
test.beforeEach(async ({ page }) => {
  team = await newTeam("Aibek");
  await signIn(page, team.admin.email);
});

const open = (page: Page, query = "") =>
  page.goto(`/app/admin/triage?cycle=${team.cycle.id}${query}`);
const waiting = () => waitingIn(team);
const isPhone = (page: Page) => (page.viewportSize()?.width ?? 0) < 1_000;

/** As many as TRIAGE_ISSUES says: the 200 of issue 4 take their minutes. */
const ISSUES = Number(process.env.TRIAGE_ISSUES ?? 8);

test("an inbox is cleared by clicks, and says what was decided", async ({ page }) => {
  test.setTimeout(300_000 + ISSUES * 3_000);
  const ids = await fillInbox(team, ISSUES);
  await open(page, `&issue=${ids[0]}`);
  for (const [index] of ids.entries()) {
    await expect(heading(page, index + 1)).toBeVisible();
    if (index % 4 === 3) {
      await page.getByText("Reject ▾").click();
      await page.getByRole("radio", { name: "Not a bug", exact: true }).check();
      await page.getByRole("button", { name: "Reject the payout" }).click();
    } else await approve(page).click();
  }
  await expect(page.getByText("Nothing in the inbox matches these filters")).toBeVisible();
  // With scripts the last page may be there before the last but one decision.
  await expect.poll(waiting).toBe(0);
  const rejected = await db().issue.count({ where: { id: { in: ids }, status: "rejected" } });
  expect(rejected).toBe(Math.floor(ISSUES / 4));
});

test("a rejection takes a ready-made note, and the original picked from similar issues", async ({
  page,
  javaScriptEnabled,
}) => {
  const [tester] = team.testers;
  if (!tester) throw new Error("The team has no tester.");
  const file = (title: string) => buildIssue({ tester, cycle: team.cycle, severity: "low", title });
  const original = await file("Kaspi payment hangs at the last step");
  const again = await file("Kaspi payment hangs at last step");
  await open(page, `&issue=${again.id}`);
  await page.getByText("Reject ▾").click();
  await page.getByRole("radio", { name: "Duplicate", exact: true }).check();
  // With scripts they come by themselves.
  if (!javaScriptEnabled) {
    await page.getByRole("link", { name: "Look for similar issues" }).first().click();
    await page.getByRole("radio", { name: "Duplicate", exact: true }).check();
  }
  await page.getByRole("radio", { name: `#${original.id} Kaspi` }).check();
  await page.getByLabel("Ready-made note").selectOption({
    label: "This was reported before. Thank you: the fix of the first report covers yours.",
  });
  await page.getByRole("button", { name: "Reject the payout" }).click();
  await expect(
    page.getByRole("heading", { level: 2, name: "Kaspi payment hangs at the last step" }),
  ).toBeVisible();
  await expect
    .poll(() =>
      db().issueEvent.findFirst({
        where: { issueId: again.id, kind: "rejected" },
        select: { note: true, detail: true, reason: true },
      }),
    )
    .toEqual({
      reason: "duplicate",
      note: "This was reported before. Thank you: the fix of the first report covers yours.",
      detail: { duplicateOf: original.id },
    });
});

test("the severity is corrected first, and the suggestion follows", async ({ page }) => {
  const [id] = await fillInbox(team, 1);
  await open(page, `&issue=${id}`);
  await page.getByText("Severity", { exact: true }).first().click();
  await page.getByRole("radio", { name: /^High/ }).check();
  await page.getByRole("button", { name: "Change the severity" }).click();
  await expect(page.getByRole("status")).toContainText("is now High");
  await page.getByRole("button", { name: "Approve ₸ 8,000" }).click();
  await expect.poll(waiting).toBe(0);
});

test("ticked issues are decided together, and each that could not be says why", async ({
  page,
}) => {
  test.skip(isPhone(page), "the same list on a phone is covered by the other journeys");
  const ids = await fillInbox(team, 3);
  const other = await newAdmin("Sanzhar");
  await open(page);
  for (const id of ids)
    await page.getByRole("checkbox", { name: `Tick #${id}`, exact: true }).check();
  await approveIssue({ issueId: Number(ids[1]) }, { actorId: other.id, at: new Date() });
  await page.getByText("Decide the ticked issues").click();
  await page.getByRole("button", { name: "Approve the ticked" }).click();
  const result = page.getByRole("region", { name: "What happened" });
  await expect(result).toContainText("2 decided · 1 not decided");
  await expect(result).toContainText(`${other.name} was faster`);
  expect(await waiting()).toBe(0);
  expect(await db().issueEvent.count({ where: { issueId: { in: ids }, kind: "approved" } })).toBe(
    3,
  );
});

test("keys can be turned off, and are off after that", async ({ page, javaScriptEnabled }) => {
  const ids = await fillInbox(team, 2);
  await open(page, `&issue=${ids[0]}`);
  if (javaScriptEnabled && !isPhone(page)) await whenListening(page);
  await page.goto(`/app/admin/triage?cycle=${team.cycle.id}&issue=${ids[0]}&help=1`);
  // With scripts the list becomes a dialog once they run, and a click on what is about to move would miss it.
  if (javaScriptEnabled) await expect(page.locator("dialog.keys:modal")).toBeVisible();
  await page.getByRole("button", { name: "Turn the keys off" }).click();
  await expect(page.getByRole("status")).toContainText("Single keys are off");
  await expect(page.locator("main kbd:visible")).toHaveCount(0);
  await page.keyboard.press("e");
  await page.getByRole("link", { name: "Keys" }).click();
  await expect(page.getByText("Single keys are off for you.")).toBeVisible();
  expect(await waiting()).toBe(2);
  const { hotkeys } = await db().user.findUniqueOrThrow({ where: { id: team.admin.id } });
  expect(hotkeys).toBe(false);
});

test.describe("with scripts", () => {
  test.skip(
    ({ javaScriptEnabled, viewport }) => !javaScriptEnabled || (viewport?.width ?? 0) < 1_000,
    "on a laptop",
  );

  test("z takes the last decision back, whichever way it was made", async ({ page }) => {
    const ids = await fillInbox(team, 3);
    await open(page);
    await whenListening(page);
    await expect(heading(page, 1)).toBeVisible();
    await page.keyboard.press("e");
    await expect(heading(page, 2)).toBeFocused();
    await page.keyboard.press("z");
    await expect(heading(page, 1)).toBeFocused();
    await expect(page.getByRole("status")).toContainText("waits for a decision again");
    expect(await waiting()).toBe(3);
    await page.keyboard.press("j");
    await expect(heading(page, 2)).toBeFocused();
    await page.keyboard.press("k");
    await expect(heading(page, 1)).toBeFocused();
    await page.keyboard.press("x");
    await expect(
      page.getByRole("checkbox", { name: `Tick #${ids[0]}`, exact: true }),
    ).toBeChecked();
    await page.keyboard.press("/");
    const search = page.getByRole("searchbox");
    await expect(search).toBeFocused();
    await page.keyboard.type("e r j");
    await expect(search).toHaveValue("e r j");
    await page.keyboard.press("Escape");
    await expect(search).not.toBeFocused();
    expect(await waiting()).toBe(3);
    await page.keyboard.press("o");
    await expect(page).toHaveURL(new RegExp(`/app/issues/${ids[0]}$`));
  });

  test("axe finds nothing in any state of the page, light and dark", async ({ page }) => {
    const ids = await fillInbox(team, 3);
    const clean = async () => expect(await findings(page)).toEqual([]);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      await open(page, `&issue=${ids[0]}`);
      await whenListening(page);
      await clean();
      await page.keyboard.press("r");
      await page.keyboard.press("1");
      await clean();
      await page.getByRole("button", { name: "Reject the payout" }).focus();
      await page.getByText("Custom amount").click();
      await page.getByRole("button", { name: "Approve this amount" }).click();
      await expect(page.getByRole("alert")).toBeVisible();
      await clean();
      await page.getByText("Severity", { exact: true }).first().click();
      await page.getByText("Decide the ticked issues").click();
      await clean();
      await page.getByRole("heading", { level: 2, name: /^1\./ }).focus();
      await page.keyboard.press("?");
      await clean();
      await page.goto("/app/admin/triage?q=nothing+has+this+text");
      await clean();
      await page.goto("/app/admin/triage/notes");
      await clean();
    }
  });
});
