import { type Page } from "@playwright/test";
import { db } from "~/database/client.server";
import { approvedIssues, newTeam, type Team } from "./data";
import { expect, newTester, type Person, signIn, test } from "./fixtures";

const save = (page: Page) => page.getByRole("button", { name: "Save payee details" }).click();
const phone = (page: Page) => page.getByLabel("Kaspi phone");
const iban = (page: Page) => page.getByLabel("IBAN");

const stored = ({ id }: Person) =>
  db().user.findUniqueOrThrow({
    where: { id },
    select: { payeeName: true, kaspiPhone: true, iban: true },
  });

test("a tester writes down where to be paid, however it is typed, and sees who changed it when", async ({
  page,
}) => {
  const tester = await newTester("Aigerim");
  await signIn(page, tester.email);
  await page.getByRole("link", { name: "Settings" }).click();
  await expect(page.getByText("you can only be paid in cash")).toBeVisible();
  await phone(page).fill("8 (701) 555-01-77");
  await iban(page).fill("kz86125kzt5004100100");
  await page.getByLabel("Full name").fill("Айгерім Т.");
  await save(page);
  await expect(page.getByRole("status")).toContainText("saved");
  await expect(phone(page)).toHaveValue("+7 701 555 01 77");
  await expect(iban(page)).toHaveValue("KZ86 125K ZT50 0410 0100");
  await expect(page.getByText(/Last changed by you on \d/)).toBeVisible();
  expect(await stored(tester)).toEqual({
    ...{ payeeName: "Айгерім Т.", kaspiPhone: "+77015550177", iban: "KZ86125KZT5004100100" },
  });
  await phone(page).fill("");
  await save(page);
  await page.getByText("Earlier changes").click();
  await expect(page.getByText("Kaspi phone: +7 701 555 01 77 → nothing")).toBeVisible();
  await save(page);
  await expect(page.getByRole("status")).toContainText("Nothing was changed");
});

test("what is no account is told beside its field, and everything typed stays", async ({
  page,
}) => {
  const tester = await newTester("Aigerim");
  await signIn(page, tester.email);
  await page.goto("/app/settings");
  await phone(page).fill("+380 50 123 45 67");
  await iban(page).fill("KZ87 125K ZT50 0410 0100");
  await save(page);
  await expect(page.getByRole("alert")).toBeFocused();
  await expect(page.getByRole("alert").getByRole("link")).toHaveCount(2);
  await expect(phone(page)).toHaveValue("+380 50 123 45 67");
  await expect(phone(page)).toHaveAccessibleDescription(/mobile number of Kazakhstan/);
  await expect(iban(page)).toHaveAccessibleDescription(/check digits do not fit/);
  await page.getByRole("alert").getByRole("link").last().click();
  await expect(iban(page)).toBeFocused();
  expect(await stored(tester)).toEqual({ payeeName: null, kaspiPhone: null, iban: null });
});

test("two windows do not overwrite each other unseen", async ({ page, context }) => {
  const tester = await newTester("Aigerim");
  await signIn(page, tester.email);
  await page.goto("/app/settings");
  const second = await context.newPage();
  await second.goto("/app/settings");
  await phone(second).fill("8 701 555 01 01");
  await save(second);
  await expect(second.getByRole("status")).toContainText("saved");
  await phone(page).fill("8 701 555 01 02");
  await save(page);
  await expect(page.getByRole("alert")).toContainText("Nothing was overwritten");
  await expect(phone(page)).toHaveValue("8 701 555 01 02");
  expect(await stored(tester)).toMatchObject({ kaspiPhone: "+77015550101" });
  await save(page);
  await expect(page.getByRole("status")).toContainText("saved");
  expect(await stored(tester)).toMatchObject({ kaspiPhone: "+77015550102" });
});

test("a change is seen by the next payer, and a prepared payment goes to the old account", async ({
  page,
  browser,
}) => {
  const team: Team = await newTeam("Aigerim");
  const [tester] = team.testers as [Person];
  await approvedIssues(team, tester, ["high"]);
  await signIn(page, team.admin.email);
  await page.goto("/app/admin/payouts");
  await page.getByRole("button", { name: `Mark all paid: ${tester.name}` }).click();
  await expect(page.getByRole("heading", { name: /^Batch #/ })).toBeVisible();
  const batch = page.url();

  const theirs = await (await browser.newContext()).newPage();
  await signIn(theirs, tester.email);
  await theirs.goto("/app/settings");
  await expect(theirs.getByText("A payment to you is being prepared")).toBeVisible();
  await phone(theirs).fill("8 701 555 09 99");
  await save(theirs);
  await expect(theirs.getByRole("status")).toContainText("saved");
  await theirs.context().close();

  const { batchId, kaspiPhone } = await db().payoutTransfer.findFirstOrThrow({
    where: { testerId: tester.id },
  });
  expect(batch).toContain(`/batches/${batchId}`);
  expect(kaspiPhone).toBe("+77015550100");
  await page.goto("/app/admin/payouts");
  await page
    .getByRole("listitem")
    .filter({ hasText: team.admin.name })
    .getByRole("button", { name: "Cancel the batch" })
    .click();
  const line = page.getByRole("row").filter({ hasText: tester.name });
  await expect(line).toContainText(/payee details changed (today|yesterday)/);
  await expect(line).toContainText("Kaspi …0999");
});
