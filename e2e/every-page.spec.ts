import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import * as paths from "~/http/paths";
import { createInvite } from "~/models/invite.server";
import { signIn, verifyCredentials } from "~/models/sign-in.server";
import { buildCycle, buildIssue, buildTester } from "../prisma/builders";
import { findings } from "./axe";
import { brokenWords } from "./broken-words";
import { become, everyPage } from "./every-page";
import { expect, test } from "./fixtures";

/** What is meant to answer so, with a page for people all the same. */
const ANSWERS: Readonly<Record<string, number>> = {
  "not-found": 404,
  forbidden: 403,
  "invite-used": 404,
  "statement-wrong": 422,
};

const LOOKS = [
  { width: 320, colorScheme: "light" },
  // Where cards have just become tables.
  { width: 1136, colorScheme: "light" },
  { width: 1280, colorScheme: "dark" },
] as const;

for (const { width, colorScheme } of LOOKS)
  test(`axe finds nothing on any page, and none scrolls sideways or breaks a word: ${width} px, ${colorScheme}`, async ({
    page,
    context,
  }) => {
    // Fifty pages, each with axe: minutes where the machine is busy.
    test.setTimeout(1_800_000);
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    const problems: Record<string, unknown> = {};
    for (const { by, pages } of await everyPage()) {
      await become(context, by, null);
      for (const [name, path] of Object.entries(pages)) {
        const answer = await page.goto(path);
        expect.soft(answer?.status(), path).toBe(ANSWERS[name] ?? 200);
        const found = [
          ...(await findings(page)),
          ...(await tooWide(page, width)),
          ...(await brokenWords(page)),
        ];
        if (found.length > 0) problems[name] = found;
      }
    }
    expect(problems).toEqual({});
  });

test("The longest name and address, and the deepest lists, push no page sideways and break no other word", async ({
  page,
  context,
}) => {
  test.setTimeout(1_800_000);
  const email = `${"long".repeat(14)}-${randomUUID().slice(0, 6)}@${"mail".repeat(44)}.example`;
  const person = await buildTester({ name: "Щ".repeat(200), email });
  const cycle = await buildCycle({ testers: [person] });
  const report = (body: string) =>
    buildIssue({ tester: person, cycle, body: `${body}deep\n\nAn ordinary sentence after it.` });
  const numbered = await report("1. ".repeat(40));
  const deepest = await report("1. ".repeat(500));
  const quoted = await report("> ".repeat(60));
  const mixed = await report("> 1. - ".repeat(12));
  const session = { userId: person.id, address: "127.0.0.1", userAgent: null, replaces: null };
  await signIn(session);
  await createInvite(person.id, { actorId: person.id, at: new Date() });
  await verifyCredentials({ email, address: "192.0.2.9" }, "not the password");
  await become(context, "nazira@example.com", null);
  const issues = [numbered, deepest, quoted, mixed].map(({ id }) => paths.issuePath(id));
  const people = [paths.usersPath(), paths.userPath(person.id), paths.auditPath()];
  const inbox = paths.triagePath({ cycle: cycle.id });
  const problems: Record<string, unknown> = {};
  for (const width of [320, 360, 1136, 1280]) {
    await page.setViewportSize({ width, height: 800 });
    for (const path of [...people, ...issues, inbox]) {
      await page.goto(path);
      const found = [...(await tooWide(page, width)), ...(await brokenWords(page))];
      if (found.length > 0) problems[`${path} ${width}`] = found;
    }
  }
  expect(problems).toEqual({});
  expect(await findings(page)).toEqual([]);
});

async function tooWide(page: Page, width: number): Promise<string[][]> {
  const scrolls = await page.evaluate(() => document.documentElement.scrollWidth);
  return scrolls > width ? [["scrolls sideways", `${scrolls} px`]] : [];
}
