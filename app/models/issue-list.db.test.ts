import { beforeAll, describe, expect, test } from "vitest";
import { useTestDatabase } from "~/database/test-database";
import { SEVERITIES } from "~/domain/severity";
import { NO_FILTER } from "~/filters/issue-filter";
import { ISSUE_ORDERS, type IssueOrder } from "~/filters/issue-order";
import type { IssuePage } from "~/filters/issue-place";
import { buildIssue } from "../../prisma/builders";
import type { IssueReader } from "./issue-conditions.server";
import { buildListed, issueList, type Listed, titles } from "./issue-list.fixture";

useTestDatabase();

let listed: Listed;
beforeAll(async () => void (listed = await buildListed()));

/** Every page from the first, by its own links. */
async function walk(reader: IssueReader, size: number, order?: IssueOrder) {
  const pages: number[][] = [];
  let page: IssuePage = null;
  for (;;) {
    const found = await issueList(NO_FILTER, page, reader, size, order);
    pages.push(found.issues.map(({ id }) => id));
    if (!found.older) return { pages, last: found };
    page = { direction: "older", place: found.older };
  }
}

describe("the list of issues", () => {
  test.each([1, 3, 4, 7, 23, 50])("pages of %i hold every issue once, in order", async (size) => {
    const all = await issueList(NO_FILTER, null, listed.readers.aibek, 1_000);
    expect(all.issues).toHaveLength(23);
    const { pages } = await walk(listed.readers.aibek, size);
    expect(pages.flat()).toEqual(all.issues.map(({ id }) => id));
  });

  test.each(ISSUE_ORDERS)(
    "sorted by %s, its pages are the whole list in that order",
    async (order) => {
      const { issues } = await issueList(NO_FILTER, null, listed.readers.aibek, 1_000, order);
      expect(issues.slice(0, 2).every(({ status }) => status === "draft")).toBe(true);
      const filed = issues.slice(2);
      const rank = (issue: (typeof filed)[number]) =>
        order === "severity" ? SEVERITIES.indexOf(issue.severity) : 0;
      const sorted = filed.toSorted(
        (a, b) =>
          rank(a) - rank(b) ||
          (order === "oldest" ? -1 : 1) * (Number(b.filedAt) - Number(a.filedAt) || b.id - a.id),
      );
      expect(filed.map(({ id }) => id)).toEqual(sorted.map(({ id }) => id));
      for (const size of [1, 3, 7]) {
        const { pages } = await walk(listed.readers.aibek, size, order);
        expect(pages.flat()).toEqual(issues.map(({ id }) => id));
      }
    },
  );

  test.each(ISSUE_ORDERS)("sorted by %s, it leads back the same way", async (order) => {
    const { pages, last } = await walk(listed.readers.aibek, 4, order);
    let back = last;
    for (const expected of pages.slice(0, -1).reverse()) {
      if (!back.newer) throw new Error("there is no way back");
      const page = { direction: "newer", place: back.newer } as const;
      back = await issueList(NO_FILTER, page, listed.readers.aibek, 4, order);
      expect(back.issues.map(({ id }) => id)).toEqual(expected);
    }
    expect(back.newer).toBeNull();
  });

  test("stands still while something new is filed", async () => {
    const first = await issueList(NO_FILTER, null, listed.readers.dana, 1);
    const newer = await buildIssue({
      tester: listed.dana,
      cycle: listed.tenge,
      title: "Later",
      at: new Date(),
    });
    expect(first.older).toBeNull();
    const again = await issueList(NO_FILTER, null, listed.readers.dana, 1);
    expect(again.issues[0]?.id).toBe(newer.id);
    const page = { direction: "older", place: again.older ?? { filedAt: null, id: 0 } } as const;
    const next = await issueList(NO_FILTER, page, listed.readers.dana, 1);
    expect(next.issues[0]?.id).toBe(first.issues[0]?.id);
  });

  test("a place with nothing beyond it is the first page", async () => {
    const beyond = { direction: "older", place: { filedAt: new Date(0), id: 1 } } as const;
    const page = await issueList(NO_FILTER, beyond, listed.readers.aibek, 5);
    expect(page).toEqual(await issueList(NO_FILTER, null, listed.readers.aibek, 5));
  });

  test("drafts come first, and only to their writer", async () => {
    const own = await issueList(NO_FILTER, null, listed.readers.aibek);
    expect(own.issues.slice(0, 3).map(({ title }) => title)).toEqual([
      "Another draft",
      "One draft",
      "50% off",
    ]);
    const admin = await issueList(NO_FILTER, null, listed.readers.nazira, 1_000);
    expect(admin.issues.some(({ status }) => status === "draft")).toBe(false);
    expect(await titles({ status: "draft" }, listed.readers.nazira)).toEqual([]);
    expect(
      await titles({ status: "draft", tester: listed.aibek.id }, listed.readers.nazira),
    ).toEqual([]);
  });

  test("a tester sees nobody else's, whatever the filter says", async () => {
    const mine = await titles({ q: "Dana" }, listed.readers.dana);
    expect(mine).toEqual(["Dana's"]);
    expect(await titles({ tester: listed.aibek.id }, listed.readers.dana)).toEqual([]);
    expect(await titles({ q: "Tenge" }, listed.readers.dana)).toEqual([]);
  });
});
