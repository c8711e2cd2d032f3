import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import sharp from "sharp";
import { db } from "~/database/client.server";
import { asPhoneWouldWrite, testPhoto } from "~/models/picture.fixture";
import { approveIssue } from "~/models/decision.server";
import { buildCycle, buildPaidBatch } from "../prisma/builders";
import { expect, newAdmin, newTester, type Person, signIn, signOut, test } from "./fixtures";

let tester: Person;
let title: string;
let photos: { name: string; mimeType: string; buffer: Buffer }[];

test.beforeAll(async () => {
  const size = { width: 1200, height: 1600 };
  const buffers = [
    await asPhoneWouldWrite(testPhoto(size)),
    await testPhoto({ ...size, mean: 60 })
      .jpeg()
      .toBuffer(),
  ];
  photos = buffers.map((buffer, at) => ({
    ...{ name: `IMG_${at + 1}.jpg`, mimeType: "image/jpeg", buffer },
  }));
});

test.beforeEach(async () => {
  tester = await newTester("Aigerim");
  title = `Cart forgets tea ${randomUUID().slice(0, 8)}`;
  await buildCycle({ testers: [tester] });
});

/** A cheap phone where the signal is bad: Chrome's own idea of slow 3G, and a sixth of this machine. */
async function makeSlow(page: Page): Promise<void> {
  const client = await page.context().newCDPSession(page);
  await client.send("Network.enable");
  await client.send("Network.emulateNetworkConditions", {
    ...{ offline: false, latency: 400 },
    ...{ downloadThroughput: 50_000, uploadThroughput: 50_000 },
  });
  await client.send("Emulation.setCPUThrottlingRate", { rate: 6 });
}

async function write(page: Page): Promise<void> {
  await page.goto("/app/issues/new");
  await page.getByLabel("Title").fill(title);
  await page.getByLabel(/^High/).check();
  await page.getByLabel("Description").fill("1. Add **tea**\n2. Reload");
}

const thumbnails = (page: Page) => page.getByRole("img", { name: /^Screenshot/ });

/** Lazy ones load once they come into view. */
async function expectLoaded(page: Page, count: number): Promise<void> {
  await expect(thumbnails(page)).toHaveCount(count);
  for (const image of await thumbnails(page).all()) {
    await image.scrollIntoViewIfNeeded();
    await expect
      .poll(() => image.evaluate((one: HTMLImageElement) => one.complete && one.naturalWidth > 0))
      .toBe(true);
  }
}

test("from a slow phone: file with two photos, see it, see it approved and paid", async ({
  page,
}) => {
  test.slow();
  await signIn(page, tester.email);
  await makeSlow(page);
  await write(page);
  await page.getByLabel("Add screenshots").setInputFiles(photos);
  await page.getByRole("button", { name: "File issue" }).click();
  await expect(page.getByRole("status")).toContainText("is filed", { timeout: 30_000 });
  await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
  await expect(page.locator(".prose strong")).toHaveText("tea");
  await expectLoaded(page, 2);
  expect(await page.locator("script").count()).toBe(0);
  const width = await page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(page.viewportSize()?.width ?? 0);

  const issueId = Number(/\d+$/.exec(new URL(page.url()).pathname)?.[0]);
  const address = await thumbnails(page).first().locator("..").getAttribute("href");
  const picture = await page.request.get(address ?? "");
  expect(picture.headers()["content-type"]).toBe("image/webp");
  expect((await sharp(await picture.body()).metadata()).exif).toBeUndefined();

  const admin = await newAdmin("Nazira");
  await approveIssue({ issueId }, { actorId: admin.id, at: new Date() });
  await page.reload();
  await expect(page.getByText(/approved .*, not paid yet/)).toBeVisible();
  await buildPaidBatch({ admin, issueIds: [issueId], reference: "8841" });
  await page.reload();
  await expect(page.getByText(/Kaspi, ref\. 8841/).first()).toBeVisible();
});

test("a mistake loses neither text nor photos, and one photo can be taken away", async ({
  page,
}) => {
  await signIn(page, tester.email);
  await page.goto("/app/issues/new");
  await page.getByLabel("Description").fill("1. Add tea");
  const text = { name: "notes.png", mimeType: "image/png", buffer: Buffer.from("<html>") };
  await page.getByLabel("Add screenshots").setInputFiles([...photos, text]);
  await page.getByRole("button", { name: "File issue" }).click();
  const alert = page.getByRole("alert");
  await expect(alert).toBeFocused();
  await expect(alert).toContainText("Give it a title");
  await expect(alert).toContainText("notes.png is not a picture");
  await expect(page.getByLabel("Description")).toHaveValue("1. Add tea");
  await expectLoaded(page, 2);

  await page.getByLabel("Title").fill(title);
  await page.getByRole("button", { name: "Remove screenshot 1" }).click();
  await expect(thumbnails(page)).toHaveCount(1);
  await expect(page.getByLabel("Title")).toHaveValue(title);
  await page.getByLabel(/^High/).check();
  await page.getByLabel("Title").press("Enter");
  await expect(page.getByRole("status")).toContainText("is filed");
  await expectLoaded(page, 1);
  expect(await db().issue.count({ where: { testerId: tester.id } })).toBe(1);
});

test("what looks the same is offered once, and filed anyway", async ({ page }) => {
  await signIn(page, tester.email);
  await write(page);
  await page.getByRole("button", { name: "File issue" }).click();
  await expect(page.getByRole("status")).toContainText("is filed");
  title += " again";
  await write(page);
  await page.getByRole("button", { name: "File issue" }).click();
  await expect(page.getByRole("alert")).toContainText("looks the same");
  await expect(page.getByLabel("Title")).toHaveValue(title);
  await page.getByRole("button", { name: "File it anyway" }).click();
  await expect(page.getByRole("status")).toContainText("is filed");
});

test("tester and admin talk; a closing that rejects the payout asks first", async ({ page }) => {
  await signIn(page, tester.email);
  await write(page);
  await page.getByRole("button", { name: "File issue" }).click();
  await expect(page.getByRole("status")).toContainText("is filed");
  const issue = new URL(page.url()).pathname;
  await signOut(page);

  const admin = await newAdmin("Nazira");
  await signIn(page, admin.email);
  await page.goto(issue);
  await page.getByRole("button", { name: "Comment" }).click();
  await expect(page.getByRole("alert")).toContainText("Write a comment first");
  await page.getByLabel("Your comment").fill("Which *phone*?");
  await page.getByRole("button", { name: "Comment" }).click();
  await expect(page.locator(".comment em")).toHaveText("phone");

  await page.getByText("Change the status").first().click();
  await page.getByLabel("New status").selectOption("duplicate");
  await page.getByRole("button", { name: "Change the status" }).click();
  await expect(page.getByText("rejects the payout, which is about ₸ 8,000 now")).toBeVisible();
  const id = Number(/\d+$/.exec(issue)?.[0]);
  expect(await db().issueEvent.count({ where: { issueId: id } })).toBe(1);
  await page.getByRole("button", { name: "Yes, change to “Duplicate”" }).click();
  await expect(page.getByRole("status")).toContainText("The status is now “Duplicate”");
  await page.getByText("Reopen", { exact: true }).click();
  await page.getByRole("button", { name: "Reopen the issue" }).click();
  await expect(page.getByRole("status")).toContainText("The status is now “Open”");
  await signOut(page);

  await signIn(page, tester.email);
  await page.goto(issue);
  await expect(page.locator(".comment")).toContainText(admin.name);
});
