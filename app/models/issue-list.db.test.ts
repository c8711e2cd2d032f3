import { beforeAll, describe, expect, test } from "vitest";
import { db } from "~/database/client.server";
import { useTestDatabase } from "~/database/test-database";
import { SEVERITIES } from "~/domain/severity";
import { type IssueFilter, NO_FILTER } from "~/filters/issue-filter";
import { ISSUE_ORDERS, type IssueOrder } from "~/filters/issue-order";
import type { IssuePage } from "~/filters/issue-place";
import {
  BUILDER_ZONE,
  buildAdmin,
  buildCycle,
  buildIssue,
  buildPaidBatch,
  buildTester,
} from "../../prisma/builders";
import { approveIssue } from "./decision.server";
import type { IssueReader } from "./issue-conditions.server";
import { issueFilterOptions } from "./issue-filter-options.server";
import { countIssues as count, issueList as list } from "./issue-list.server";
import { searchHits } from "./issue-search.server";
import { sumOfIssues as sum } from "./issue-sums.server";
import { changeIssueStatus } from "./issue-status-change.server";

useTestDatabase();

type Id = { id: number };
let aibek: Id;
let dana: Id;
let nazira: Id;
let tenge: Id;
let dollars: Id;
let readers: Record<"aibek" | "dana" | "nazira", IssueReader>;

/** Almaty is five hours ahead: 19:30 UTC is already the next day there. */
const LATE = new Date("2026-05-10T19:30:00Z");

beforeAll(async () => {
  [aibek, dana, nazira] = await Promise.all([
    buildTester({ name: "Aibek" }),
    buildTester({ name: "Dana" }),
    buildAdmin({ name: "Nazira" }),
  ]);
  tenge = await buildCycle({ name: "Tenge", testers: [aibek, dana] });
  const rates = { critical: 6_000, high: 2_500, medium: 1_000, low: 400, currency: "USD" } as const;
  dollars = await buildCycle({ name: "Dollars", testers: [aibek], rates });
  // 23 issues of Aibek, several in the same instant, so that only the id tells them apart.
  for (let n = 0; n < 20; n++) {
    const at = new Date(Date.UTC(2026, 4, 1 + Math.floor(n / 4), 7));
    const severity = SEVERITIES[n % 4];
    await buildIssue({ tester: aibek, cycle: tenge, severity, title: `Tenge ${n}`, at });
  }
  await buildIssue({ tester: aibek, cycle: dollars, severity: "high", title: "50% off", at: LATE });
  await buildIssue({ tester: aibek, cycle: tenge, title: "One draft", draft: true });
  await buildIssue({ tester: aibek, cycle: tenge, title: "Another draft", draft: true });
  await buildIssue({ tester: dana, cycle: tenge, title: "Dana's", body: "A <b>Safari</b> crash" });
  const zone = BUILDER_ZONE;
  readers = {
    aibek: { id: aibek.id, role: "tester", zone },
    dana: { id: dana.id, role: "tester", zone },
    nazira: { id: nazira.id, role: "admin", zone },
  };
});

const only = (filter: Partial<IssueFilter>): IssueFilter => ({ ...NO_FILTER, ...filter });

const query = async (filter: IssueFilter, reader: IssueReader, order: IssueOrder = "newest") => ({
  ...{ filter, reader, order, hits: await searchHits(filter.q) },
});
const issueList = async (
  filter: IssueFilter,
  page: IssuePage,
  reader: IssueReader,
  limit?: number,
  order?: IssueOrder,
) => list(await query(filter, reader, order), page, limit);
const countIssues = async (filter: IssueFilter, reader: IssueReader) =>
  count(await query(filter, reader));
const sumOfIssues = async (filter: IssueFilter, reader: IssueReader) =>
  sum(await query(filter, reader));

async function titles(filter: Partial<IssueFilter>, reader: IssueReader) {
  const { issues } = await issueList(only(filter), null, reader);
  const { count } = await countIssues(only(filter), reader);
  expect(count).toBe(issues.length);
  return issues.map(({ title }) => title);
}

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
    const all = await issueList(NO_FILTER, null, readers.aibek, 1_000);
    expect(all.issues).toHaveLength(23);
    const { pages } = await walk(readers.aibek, size);
    expect(pages.flat()).toEqual(all.issues.map(({ id }) => id));
  });

  test.each(ISSUE_ORDERS)(
    "sorted by %s, its pages are the whole list in that order",
    async (order) => {
      const { issues } = await issueList(NO_FILTER, null, readers.aibek, 1_000, order);
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
        const { pages } = await walk(readers.aibek, size, order);
        expect(pages.flat()).toEqual(issues.map(({ id }) => id));
      }
    },
  );

  test.each(ISSUE_ORDERS)("sorted by %s, it leads back the same way", async (order) => {
    const { pages, last } = await walk(readers.aibek, 4, order);
    let back = last;
    for (const expected of pages.slice(0, -1).reverse()) {
      if (!back.newer) throw new Error("there is no way back");
      const page = { direction: "newer", place: back.newer } as const;
      back = await issueList(NO_FILTER, page, readers.aibek, 4, order);
      expect(back.issues.map(({ id }) => id)).toEqual(expected);
    }
    expect(back.newer).toBeNull();
  });

  test("stands still while something new is filed", async () => {
    const first = await issueList(NO_FILTER, null, readers.dana, 1);
    const newer = await buildIssue({ tester: dana, cycle: tenge, title: "Later", at: new Date() });
    expect(first.older).toBeNull();
    const again = await issueList(NO_FILTER, null, readers.dana, 1);
    expect(again.issues[0]?.id).toBe(newer.id);
    const page = { direction: "older", place: again.older ?? { filedAt: null, id: 0 } } as const;
    const next = await issueList(NO_FILTER, page, readers.dana, 1);
    expect(next.issues[0]?.id).toBe(first.issues[0]?.id);
  });

  test("a place with nothing beyond it is the first page", async () => {
    const beyond = { direction: "older", place: { filedAt: new Date(0), id: 1 } } as const;
    const page = await issueList(NO_FILTER, beyond, readers.aibek, 5);
    expect(page).toEqual(await issueList(NO_FILTER, null, readers.aibek, 5));
  });

  test("drafts come first, and only to their writer", async () => {
    const own = await issueList(NO_FILTER, null, readers.aibek);
    expect(own.issues.slice(0, 3).map(({ title }) => title)).toEqual([
      "Another draft",
      "One draft",
      "50% off",
    ]);
    const admin = await issueList(NO_FILTER, null, readers.nazira, 1_000);
    expect(admin.issues.some(({ status }) => status === "draft")).toBe(false);
    expect(await titles({ status: "draft" }, readers.nazira)).toEqual([]);
    expect(await titles({ status: "draft", tester: aibek.id }, readers.nazira)).toEqual([]);
  });

  test("a tester sees nobody else's, whatever the filter says", async () => {
    const mine = await titles({ q: "Dana" }, readers.dana);
    expect(mine).toEqual(["Dana's"]);
    expect(await titles({ tester: aibek.id }, readers.dana)).toEqual([]);
    expect(await titles({ q: "Tenge" }, readers.dana)).toEqual([]);
  });
});

describe("the filters of the list", () => {
  test("cycle, severity, tester", async () => {
    expect(await titles({ cycle: dollars.id }, readers.nazira)).toEqual(["50% off"]);
    expect(await titles({ severity: "critical" }, readers.aibek)).toEqual(
      [16, 12, 8, 4, 0].map((n) => `Tenge ${n}`),
    );
    expect(await titles({ tester: aibek.id }, readers.nazira)).toHaveLength(21);
    expect(await titles({ cycle: 999, tester: 999 }, readers.nazira)).toEqual([]);
  });

  test("dates, inclusive, by the team's calendar", async () => {
    expect(await titles({ from: "2026-05-11", to: "2026-05-11" }, readers.aibek)).toEqual([
      "50% off",
    ]);
    expect(await titles({ from: "2026-05-10", to: "2026-05-10" }, readers.aibek)).toEqual([]);
    expect(await titles({ from: "2026-05-05", to: "2026-05-05" }, readers.aibek)).toHaveLength(4);
    expect(await titles({ from: "2026-05-12", to: "2026-05-01" }, readers.aibek)).toEqual([]);
  });

  test("text, as it is written, in title and body, and numbers", async () => {
    expect(await titles({ q: "50%" }, readers.nazira)).toEqual(["50% off"]);
    expect(await titles({ q: "5%o" }, readers.nazira)).toEqual([]);
    expect(await titles({ q: "_" }, readers.nazira)).toEqual([]);
    expect(await titles({ q: "\\" }, readers.nazira)).toEqual([]);
    expect(await titles({ q: "<B>safari" }, readers.nazira)).toEqual(["Dana's"]);
    const { issues } = await issueList(only({ q: "50%" }), null, readers.nazira);
    expect(await titles({ q: `#${issues[0]?.id}` }, readers.nazira)).toEqual(["50% off"]);
    expect(await titles({ q: "#99999999999" }, readers.nazira)).toEqual([]);
  });

  test("what is pending leaves drafts out", async () => {
    expect(await titles({ payoutStatus: "pending" }, readers.aibek)).toHaveLength(21);
  });

  test("approved, paid, void and pending carry their sum per currency; others none", async () => {
    const act = { actorId: nazira.id, at: new Date() };
    const { issues } = await issueList(only({ severity: "high" }), null, readers.aibek);
    for (const { id } of issues) await approveIssue({ issueId: id }, act);
    const [first, second] = issues.filter(({ cycle }) => cycle.id === tenge.id);
    await buildPaidBatch({ admin: nazira, issueIds: [first?.id ?? 0, second?.id ?? 0] });
    const sumOf = (payoutStatus: IssueFilter["payoutStatus"], reader: IssueReader) =>
      sumOfIssues(only({ payoutStatus }), reader);
    expect(await sumOf("approved", readers.nazira)).toEqual({
      of: "approved",
      money: [
        { currency: "KZT", amount: 3 * 800_000 },
        { currency: "USD", amount: 2_500 },
      ],
      unrated: 0,
    });
    const paid = { of: "paid", money: [{ currency: "KZT", amount: 2 * 800_000 }], unrated: 0 };
    expect(await sumOf("paid", readers.aibek)).toEqual(paid);
    expect(await sumOf("paid", readers.dana)).toMatchObject({ money: [] });
    expect(await sumOf("void", readers.nazira)).toEqual({ of: "void", money: [], unrated: 0 });
    for (const payoutStatus of [null, "rejected"] as const)
      expect(await sumOf(payoutStatus, readers.nazira)).toBeNull();
    const [pending] = await db().$queryRaw<[{ amount: bigint }]>`
      SELECT sum(CASE severity WHEN 'critical' THEN 1500000 WHEN 'high' THEN 800000 WHEN 'medium' THEN 300000
                 ELSE 100000 END) AS amount
        FROM issues WHERE payout_status = 'pending' AND status <> 'draft' AND cycle_id = ${tenge.id}`;
    expect(await sumOf("pending", readers.nazira)).toEqual({
      of: "pending",
      money: [{ currency: "KZT", amount: Number(pending.amount) }],
      unrated: 0,
    });
  });

  test("a row says what it pays, or would", async () => {
    const { issues } = await issueList(only({ severity: "critical" }), null, readers.aibek);
    expect(issues[0]).toMatchObject({
      approved: null,
      suggested: { currency: "KZT", amount: 1_500_000 },
    });
    const id = issues[0]?.id ?? 0;
    await changeIssueStatus(
      { issueId: id, to: "duplicate" },
      { actorId: nazira.id, at: new Date() },
    );
    const [closed] = (await issueList(only({ status: "duplicate" }), null, readers.aibek)).issues;
    expect(closed).toMatchObject({ id, payoutStatus: "rejected", approved: null, suggested: null });
  });

  test("offer a tester their own cycles and no names", async () => {
    await buildCycle({ name: "Nobody's" });
    const own = await issueFilterOptions(only({ tester: dana.id }), readers.aibek);
    expect(own.cycles.map(({ name }) => name)).toEqual(["Dollars", "Tenge"]);
    expect(own).toMatchObject({ testers: null, chosenTester: null });
    const all = await issueFilterOptions(only({ tester: dana.id }), readers.nazira);
    expect(all.cycles).toHaveLength(3);
    expect(all.testers?.map(({ name }) => name)).toEqual(["Aibek", "Dana"]);
    expect(all.chosenTester).toEqual({ id: dana.id, name: "Dana" });
  });
});
