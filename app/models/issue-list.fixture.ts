import { strictEqual } from "node:assert/strict";
import { SEVERITIES } from "~/domain/severity";
import { type IssueFilter, NO_FILTER } from "~/filters/issue-filter";
import type { IssueOrder } from "~/filters/issue-order";
import type { IssuePage } from "~/filters/issue-place";
import {
  BUILDER_ZONE,
  buildAdmin,
  buildCycle,
  buildIssue,
  buildTester,
} from "../../prisma/builders";
import type { IssueReader } from "./issue-conditions.server";
import { countIssues as count, issueList as list } from "./issue-list.server";
import { searchHits } from "./issue-search.server";
import { sumOfIssues as sum } from "./issue-sums.server";

/** Almaty is five hours ahead: 19:30 UTC is already the next day there. */
const LATE = new Date("2026-05-10T19:30:00Z");

/** Two testers and an admin, a cycle in tenge and one in dollars, and issues of all kinds in them. */
export async function buildListed() {
  const [aibek, dana, nazira] = await Promise.all([
    buildTester({ name: "Aibek" }),
    buildTester({ name: "Dana" }),
    buildAdmin({ name: "Nazira" }),
  ]);
  const tenge = await buildCycle({ name: "Tenge", testers: [aibek, dana] });
  const rates = { critical: 6_000, high: 2_500, medium: 1_000, low: 400, currency: "USD" } as const;
  const dollars = await buildCycle({ name: "Dollars", testers: [aibek], rates });
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
  const readers: Record<"aibek" | "dana" | "nazira", IssueReader> = {
    aibek: { id: aibek.id, role: "tester", zone },
    dana: { id: dana.id, role: "tester", zone },
    nazira: { id: nazira.id, role: "admin", zone },
  };
  return { aibek, dana, nazira, tenge, dollars, readers };
}

export type Listed = Awaited<ReturnType<typeof buildListed>>;

export const only = (filter: Partial<IssueFilter>): IssueFilter => ({ ...NO_FILTER, ...filter });

const query = async (filter: IssueFilter, reader: IssueReader, order: IssueOrder = "newest") => ({
  ...{ filter, reader, order, hits: await searchHits(filter.q) },
});
export const issueList = async (
  filter: IssueFilter,
  page: IssuePage,
  reader: IssueReader,
  limit?: number,
  order?: IssueOrder,
) => list(await query(filter, reader, order), page, limit);
export const countIssues = async (filter: IssueFilter, reader: IssueReader) =>
  count(await query(filter, reader));
export const sumOfIssues = async (filter: IssueFilter, reader: IssueReader) =>
  sum(await query(filter, reader));

/** The titles on the first page; throws where its count is another. */
export async function titles(filter: Partial<IssueFilter>, reader: IssueReader) {
  const { issues } = await issueList(only(filter), null, reader);
  const { count } = await countIssues(only(filter), reader);
  strictEqual(count, issues.length);
  return issues.map(({ title }) => title);
}
