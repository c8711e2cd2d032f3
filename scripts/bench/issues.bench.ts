import { type IssueFilter, NO_FILTER } from "~/filters/issue-filter";
import { DEFAULT_ORDER, type IssueOrder } from "~/filters/issue-order";
import type { IssueReader } from "~/models/issue-conditions.server";
import { issuesPage } from "~/models/issues-page.server";
import { VETERAN_ID } from "../../prisma/many-issues";
import { type BenchCluster, shortestMs } from "./bench-cluster";
import { type BenchRow, row } from "./bench-row";
import { keepHistories } from "./history";

/** Issue 5, "Must show" 2. */
const LARGEST_RATIO = 1.5;

const ADMIN: IssueReader = { id: 1, role: "admin", zone: "Asia/Almaty" };
const TESTER: IssueReader = { id: VETERAN_ID, role: "tester", zone: "Asia/Almaty" };

type Case = {
  readonly name: string;
  readonly filter: Partial<IssueFilter>;
  readonly order: IssueOrder;
  readonly reader: IssueReader;
};

const by =
  (reader: IssueReader) =>
  (name: string, filter: Partial<IssueFilter>, order: IssueOrder = DEFAULT_ORDER): Case => ({
    ...{ name, filter, order, reader },
  });
const admin = by(ADMIN);
const own = by(TESTER);

const lastMonth = new Date(Date.now() - 30 * 24 * 60 * 60 * 1000).toISOString().slice(0, 10);

const MUST_HOLD: readonly Case[] = [
  admin("all, newest", {}),
  admin("all, oldest", {}, "oldest"),
  admin("all, worst first", {}, "severity"),
  admin("all, largest amount", {}, "amount"),
  admin("cycle", { cycle: 17 }),
  admin("cycle, pending", { cycle: 417, payoutStatus: "pending" }),
  admin("tester", { tester: VETERAN_ID }),
  admin("severity critical", { severity: "critical" }),
  admin("severity low, oldest", { severity: "low" }, "oldest"),
  admin("severity medium", { severity: "medium" }),
  admin("status open", { status: "open" }),
  admin("status open, oldest", { status: "open" }, "oldest"),
  admin("status open, worst first", { status: "open" }, "severity"),
  admin("status fixed", { status: "fixed" }),
  admin("status wont_fix", { status: "wont_fix" }),
  admin("payout pending", { payoutStatus: "pending" }),
  admin("payout pending, oldest", { payoutStatus: "pending" }, "oldest"),
  admin("payout pending, worst first", { payoutStatus: "pending" }, "severity"),
  admin("payout approved", { payoutStatus: "approved" }),
  admin("payout paid", { payoutStatus: "paid" }),
  admin("payout paid, largest amount", { payoutStatus: "paid" }, "amount"),
  admin("payout paid, critical", { payoutStatus: "paid", severity: "critical" }),
  admin("payout void", { payoutStatus: "void" }),
  admin("payout rejected", { payoutStatus: "rejected" }),
  admin("last month", { from: lastMonth }),
  admin("tester, paid", { tester: VETERAN_ID, payoutStatus: "paid" }),
  admin("text, in every issue", { q: "шаги" }),
  admin("text, in none", { q: "жоқсөз" }),
  admin("number", { q: "#777" }),
  own("a tester's own, paid", { payoutStatus: "paid" }),
];

/** Where the larger past has more to count, more hits to fetch, or fills a page that the smaller one does not. */
const TOLD: readonly Case[] = [
  admin("cycle, oldest", { cycle: 17 }, "oldest"),
  admin("cycle, critical", { cycle: 17, severity: "critical" }),
  admin("critical, duplicate", { severity: "critical", status: "duplicate" }),
  admin("text, 30 hits", { q: "r12 device" }),
  admin("text, 30 hits, Russian and English", { q: "release r12 нажали" }),
  admin("text, 1 in 500", { q: "d77 expected" }),
  admin("text, 1 in 8, Kazakh", { q: "төлем" }),
  own("a tester's own, newest", {}),
  own("a tester's own, oldest", {}, "oldest"),
  own("a tester's own, worst first", {}, "severity"),
];

export const title =
  `first page of /app/issues, 1,000,000 issues against 10,000 ` +
  `(must: ≤ ${LARGEST_RATIO} × for ${MUST_HOLD.length} filters and orders; ${TOLD.length} more are told)`;

export async function bench(cluster: BenchCluster): Promise<readonly BenchRow[]> {
  await keepHistories(cluster);
  return compare(cluster);
}

export async function compare(cluster: Pick<BenchCluster, "using">): Promise<readonly BenchRow[]> {
  const must = await ratiosOf(MUST_HOLD, cluster);
  console.table(must);
  console.log("And what else people filter by:");
  console.table(await ratiosOf(TOLD, cluster));
  const worst = Math.max(...must.map(({ ratio }) => ratio));
  const [found] = must.filter(({ ratio }) => ratio === worst);
  return [
    row({
      what: `/app/issues, first page at 1,000,000 issues: the slowest of ${must.length} filters and orders (${found?.filter})`,
      ...{ value: worst, unit: "×", atMost: LARGEST_RATIO },
      comparedWith: "10,000 issues",
    }),
  ];
}

async function ratiosOf(cases: readonly Case[], cluster: Pick<BenchCluster, "using">) {
  const measure = async () => {
    const times: number[] = [];
    for (const { filter, order, reader } of cases) {
      const asked = { filter: { ...NO_FILTER, ...filter }, order, reader };
      times.push(await shortestMs(() => issuesPage(asked, null)));
    }
    return times;
  };
  // In turns, so that a busy minute of the machine falls on both.
  const rounds: { before: number[]; after: number[] }[] = [];
  for (let round = 0; round < 3; round++) {
    const before = await cluster.using("small", measure);
    rounds.push({ before, after: await cluster.using("large", measure) });
  }
  const shortest = (side: "before" | "after", n: number) =>
    Math.min(...rounds.map((round) => round[side][n] ?? Infinity));
  return cases.map(({ name }, n) => {
    const [before, after] = [shortest("before", n), shortest("after", n)];
    return {
      filter: name,
      "10,000, ms": round(before),
      "1,000,000, ms": round(after),
      ratio: round(after / before),
    };
  });
}

const round = (value: number) => Math.round(value * 100) / 100;
