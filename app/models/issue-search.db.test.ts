import { beforeAll, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { NO_FILTER } from "~/filters/issue-filter";
import {
  BUILDER_ZONE,
  buildAdmin,
  buildCycle,
  buildIssue,
  buildTester,
} from "../../prisma/builders";
import type { IssueReader } from "./issue-conditions.server";
import { editIssue } from "./issue-filing.server";
import { issueList } from "./issue-list.server";
import { type SearchHits, searchHits } from "./issue-search.server";

useTestDatabase();

let tester: { id: number };
let cycle: { id: number };
let reader: IssueReader;

const TEXTS = [
  ["Оплата не проходит", "После обновления ещё и корзина пуста"],
  ["Төлем өтпейді", "Себеттегі тауарлар жоғалады"],
  ["Payment crashes on Safari/17.0.3", "Buttons «Отмена»—«Далее» overlap; see pay_form.tsx"],
  ["Скидка 50%", "100_000 тенге"],
] as const;

beforeAll(async () => {
  tester = await buildTester({ name: "Aibek" });
  cycle = await buildCycle({ testers: [tester] });
  reader = { id: (await buildAdmin({ name: "Nazira" })).id, role: "admin", zone: BUILDER_ZONE };
  for (const [title, body] of TEXTS) await buildIssue({ tester, cycle, title, body });
});

/** Number of each text that is found, from 0; by its few hits, in the order of the list, and all in SQL. */
async function found(q: string): Promise<number[]> {
  const filter = { ...NO_FILTER, q };
  const ways: SearchHits[] = [await searchHits(q), null];
  const answers: number[][] = [];
  for (const hits of [...ways, undefined]) {
    const query = {
      filter,
      reader,
      order: "oldest",
      ...(hits === undefined ? {} : { hits }),
    } as const;
    const { issues } = await issueList(query, null);
    answers.push(issues.map(({ title }) => TEXTS.findIndex(([text]) => text === title)));
  }
  expect(answers[1]).toEqual(answers[0]);
  expect(answers[2]).toEqual(answers[0]);
  return answers[0] ?? [];
}

describe("search finds", () => {
  test.each([
    ["Russian words in any case", ["оплата", "ОПЛАТА", "Оплата"], [0]],
    ["and in any form, ё like е", ["оплаты", "оплатой", "проходят", "еще", "ЕЩЁ", "корзину"], [0]],
    ["Kazakh words in any case", ["төлем", "Төлем", "ТӨЛЕМ", "өтпейді", "жоғалады"], [1]],
    ["Kazakh words by their beginning, and parts of a title", ["себет", "тпейд", "өлем"], [1]],
    ["Kazakh titles typed on a Russian keyboard", ["толем", "отпейди"], [1]],
    ["English words in any form", ["crash", "CRASHED", "button", "overlapping"], [2]],
    [
      "what punctuation holds together",
      ["safari 17", "17.0.3", "Отмена", "далее", "pay_form"],
      [2],
    ],
    ["parts of a title's words", ["afar", "aymen", "крид"], [2]],
    ["numbers", ["50%", "50"], [3]],
    ["several words, wherever they stand", ["пуста оплата", "корзина проходит"], [0]],
  ])("%s", async (_, searches, expected) => {
    for (const q of searches) {
      const wanted = q === "крид" ? [] : expected;
      expect([q, await found(q)]).toEqual([q, wanted]);
    }
  });

  test("the last word as it is being typed, and no part of a text's words", async () => {
    expect(await found("корзи")).toEqual([0]);
    expect(await found("оплата корз")).toEqual([0]);
    expect(await found("орзин")).toEqual([]);
  });

  test("an issue by its number", async () => {
    const { id } = await db().issue.findFirstOrThrow({ where: { title: TEXTS[1][0] } });
    expect(await found(`#${id}`)).toEqual([1]);
    expect(await found(String(id))).toContain(1);
    expect(await found("#2000000000")).toEqual([]);
  });

  test.each([
    "'",
    "%",
    "_",
    "\\",
    "'; DROP TABLE issues; --",
    "a & !b | c:*",
    "<->",
    "😀",
    "оплата төлем",
  ])("nothing by %j, and breaks nothing", async (q) => expect(await found(q)).toEqual([]));

  test("what an issue says since it was edited", async () => {
    const { id } = await buildIssue({ tester, cycle, title: "Чёрный экран", body: "" });
    const text = {
      cycleId: cycle.id,
      severity: "medium",
      title: "Ақ экран",
      body: "мигает",
    } as const;
    await editIssue({ ...text, issueId: id }, { actorId: tester.id, at: new Date() });
    expect(await searchHits("черный")).toEqual([]);
    expect(await searchHits("мигает")).toEqual([id]);
    expect(await searchHits("АҚ экран")).toEqual([id]);
  });
});
