import type { ElementHandle, Locator, Page } from "@playwright/test";
import { newTeam, paidTo } from "./data";
import { expect, PASSWORD, test } from "./fixtures";

/** More stops than any page has; the pay queue holds what the other journeys have left. */
const MOST_STOPS = 2_000;

/** Presses Tab until this has the focus, and sees at each stop that one can see where the focus is. */
async function tabTo(page: Page, wanted: Locator): Promise<void> {
  // Found once: to look for a role on a long page at every stop would take longer than to walk there.
  const element = await wanted.first().elementHandle();
  for (let stop = 0; element && stop < MOST_STOPS; stop++) {
    await page.keyboard.press("Tab");
    if (await hasFocus(element)) return;
  }
  throw new Error(`Tab never came to ${wanted.toString()}.`);
}

function hasFocus(wanted: ElementHandle): Promise<boolean> {
  return wanted.evaluate((element) => {
    if (!(element instanceof Element)) return false;
    if (element !== document.activeElement) return false;
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
    const isSeen = (outlineStyle !== "none" && outlineWidth !== "0px") || boxShadow !== "none";
    if (!isSeen) throw new Error(`Nobody sees that the focus is on ${element.outerHTML}`);
    return true;
  });
}

async function type(page: Page, field: Locator, text: string): Promise<void> {
  await tabTo(page, field);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type(text);
}

async function press(page: Page, control: Locator, key = "Enter"): Promise<void> {
  await tabTo(page, control);
  await page.keyboard.press(key);
}

async function signInByKeys(page: Page, email: string): Promise<void> {
  await page.goto("/login");
  await type(page, page.getByLabel("E-mail address"), email);
  await type(page, page.getByLabel("Password"), PASSWORD);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("button", { name: "Sign out" })).toBeVisible();
}

async function signOutByKeys(page: Page): Promise<void> {
  await press(page, page.getByRole("button", { name: "Sign out" }));
  await expect(page.getByRole("heading", { name: "Sign in" })).toBeVisible();
}

test("the whole loop by the keyboard alone: filed, approved, paid, seen", async ({ page }) => {
  const team = await newTeam("Aibek");
  const [tester] = team.testers;
  if (!tester) throw new Error("The team has no tester.");
  const title = `Basket is empty after a reload, ${tester.name}`;

  await signInByKeys(page, tester.email);
  await press(page, page.getByRole("link", { name: "File an issue" }));
  await expect(page.getByRole("heading", { level: 1, name: "File an issue" })).toBeVisible();
  await press(page, page.getByRole("radio", { name: /^Critical/ }), "Space");
  await type(page, page.getByLabel("Title"), title);
  await press(page, page.getByRole("button", { name: "File issue" }));
  await expect(page.getByRole("heading", { level: 1 })).toContainText(title);
  const issueId = page.url().split("/").at(-1);
  await signOutByKeys(page);

  await signInByKeys(page, team.admin.email);
  await page.goto(`/app/admin/triage?cycle=${team.cycle.id}&issue=${issueId}`);
  await press(page, page.getByRole("button", { name: "Approve ₸ 15,000" }));
  await expect(page.getByText("Nothing in the inbox matches these filters")).toBeVisible();
  await press(page, page.getByRole("link", { name: "Payouts", exact: true }));
  const line = page.getByRole("checkbox", { name: `All issues of ${tester.name} in KZT` });
  await expect(line).toBeVisible();
  await press(page, line, "Space");
  await press(page, page.getByRole("button", { name: "Pay selected" }));
  await type(page, page.getByLabel("Reference"), `K-${tester.id}`);
  await press(page, page.getByRole("button", { name: "Confirm: ₸ 15,000 paid" }));
  await expect(page.getByRole("status")).toContainText("is paid: ₸ 15,000");
  expect(await paidTo(tester)).toBe(1_500_000n);
  await signOutByKeys(page);

  await signInByKeys(page, tester.email);
  await expect(page.getByRole("row").filter({ hasText: title })).toContainText("paid");
});
