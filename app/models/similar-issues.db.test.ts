import { beforeAll, describe, expect, test } from "vitest";
import { useTestDatabase } from "~/database/test-database";
import { buildCycle, buildIssue, buildTester } from "../../prisma/builders";
import { similarIssues } from "./similar-issues.server";

useTestDatabase();

type Id = { id: number };
let aibek: Id, web: Id, mobile: Id;

beforeAll(async () => {
  aibek = await buildTester({ name: "Aibek" });
  web = await buildCycle({ name: "Web", testers: [aibek] });
  mobile = await buildCycle({ name: "Mobile", testers: [aibek] });
});

const file = (cycle: Id, title: string, more: { body?: string; draft?: boolean } = {}) =>
  buildIssue({ tester: aibek, cycle, title, ...more });
const similarTo = async ({ id }: Id) => (await similarIssues(id)).map(({ title }) => title);

describe("similar issues", () => {
  test("are those whose titles are alike, the same cycle first, never a draft or the issue itself", async () => {
    const issue = await file(web, "Payment fails on mobile Safari");
    await file(mobile, "Payment fails on mobile Safari");
    await file(web, "Payment fails in Safari on mobile");
    await file(web, "Typo in the footer");
    await file(web, "Payment fails on mobile Safari again", { draft: true });
    expect(await similarTo(issue)).toEqual([
      "Payment fails in Safari on mobile",
      "Payment fails on mobile Safari",
    ]);
  });

  test("are found in Russian and Kazakh", async () => {
    const issue = await file(web, "Оплата не проходит через Kaspi");
    await file(mobile, "Не проходит оплата через Kaspi");
    expect(await similarTo(issue)).toEqual(["Не проходит оплата через Kaspi"]);
    const kazakh = await file(web, "Төлем өтпей қалды, қате шығады");
    await file(mobile, "Төлем өтпей қалды");
    expect(await similarTo(kazakh)).toEqual(["Төлем өтпей қалды"]);
  });

  test("of the same cycle may be alike by their text", async () => {
    const body = "Open the cart, press Pay, wait a minute: the spinner turns for ever.";
    const issue = await file(web, "Cart hangs on slow lines", { body });
    await file(web, "Cart never finishes paying", { body });
    expect(await similarTo(issue)).toContain("Cart never finishes paying");
  });

  test("of a number that nobody has are none", async () => {
    expect(await similarIssues(2_147_483_647)).toEqual([]);
  });

  test("of one cycle do not crowd out the same title elsewhere", async () => {
    const issue = await file(web, "Export of the report is empty");
    for (let n = 1; n <= 7; n++) await file(web, `Export of the report is empty, page ${n}`);
    await file(mobile, "Export of the report is empty");
    const found = await similarIssues(issue.id);
    expect(found.map(({ cycleName }) => cycleName)).toEqual([
      ...Array<string>(5).fill("Web"),
      "Mobile",
    ]);
  });
});
