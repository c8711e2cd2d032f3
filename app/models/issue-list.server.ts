import { db } from "~/database/client.server";
import { type Currency, type Money, money } from "~/domain/money";
import type { PayoutStatus } from "~/domain/payout-status";
import type { IssueStatus } from "~/domain/issue-status";
import { payoutRatesFrom, suggestedAmountCentsFor } from "~/domain/rates";
import type { Severity } from "~/domain/severity";
import type { IssueFilter } from "~/filters/issue-filter";
import type { IssueOrder } from "~/filters/issue-order";
import type { IssuePage, IssuePlace } from "~/filters/issue-place";
import { Prisma } from "~/generated/prisma/client";
import { issueConditions, type IssueReader } from "./issue-conditions.server";
import { issuePageIds } from "./issue-page-ids.server";
import type { SearchHits } from "./issue-search.server";

export const ISSUES_A_PAGE = 50;
/** Counting further would read the whole table for a figure that nobody needs exactly. */
const COUNTED_AT_MOST = 1_000;

export type ListedIssue = {
  readonly id: number;
  readonly title: string;
  readonly severity: Severity;
  readonly status: IssueStatus;
  readonly payoutStatus: PayoutStatus;
  readonly cycle: { readonly id: number; readonly name: string };
  readonly tester: { readonly id: number; readonly name: string };
  /** From the commitment on, whatever became of the money. */
  readonly approved: Money | null;
  /** While the payout of a filed issue is undecided; null also where the rates name nothing. */
  readonly suggested: Money | null;
  /** Null for a draft. */
  readonly filedAt: Date | null;
};

export type IssueListPage = {
  readonly issues: readonly ListedIssue[];
  /** Where the neighbouring pages begin; null where there is none. */
  readonly newer: IssuePlace | null;
  readonly older: IssuePlace | null;
};

export type ListedRow = {
  id: number;
  title: string;
  severity: Severity;
  status: IssueStatus;
  payout_status: PayoutStatus;
  /** Minor units; a cursor gives it as text. */
  approved_amount: bigint | string | null;
  approved_currency: Currency | null;
  filed_at: Date | null;
  cycle_id: number;
  cycle_name: string;
  metadata: unknown;
  tester_id: number;
  tester_name: string;
};

type Row = ListedRow & { lead: Severity | bigint | null };

/** Which list: the filter, its order, who reads it, and what its text found (issue-search). */
export type IssueQuery = {
  readonly filter: IssueFilter;
  readonly order: IssueOrder;
  readonly reader: IssueReader;
  readonly hits?: SearchHits;
};

/** One page of what `reader` may see of the issues that pass the filter, drafts first, then in the order asked for. */
export async function issueList(
  query: IssueQuery,
  page: IssuePage,
  limit = ISSUES_A_PAGE,
): Promise<IssueListPage> {
  const rows = await readPage(query, page, limit + 1);
  const more = rows.length > limit;
  // Nothing there any more, or back at the beginning: that is the first page, also in its URL.
  if (page && (rows.length === 0 || (page.direction === "newer" && !more)))
    return issueList(query, null, limit);
  const shown = rows.slice(0, limit);
  if (page?.direction === "newer") shown.reverse();
  const hasOlder = page?.direction === "newer" || more;
  return {
    issues: shown.map(listedIssue),
    newer: page ? placeOf(shown[0]) : null,
    older: hasOlder ? placeOf(shown.at(-1)) : null,
  };
}

function placeOf(row: Row | undefined): IssuePlace | null {
  if (!row) return null;
  const { id, filed_at: filedAt, lead } = row;
  return { id, filedAt, lead: typeof lead === "bigint" ? Number(lead) : lead };
}

function readPage(query: IssueQuery, page: IssuePage, limit: number): Promise<Row[]> {
  const backwards = page?.direction === "newer";
  const { ids, columns } = issuePageIds(query, page, limit);
  // The page is cut before anything is joined to it, and by an index alone where the filters allow it.
  return db().$queryRaw<Row[]>`
    SELECT ${LISTED_COLUMNS}, p.lead
      FROM (${ids}) p
      JOIN issues i ON i.id = p.id
      JOIN test_cycles c ON c.id = i.cycle_id
      JOIN users u ON u.id = i.tester_id
      ORDER BY ${backwards ? Prisma.sql`p.part DESC` : Prisma.sql`p.part`}, ${columns} LIMIT ${limit}`;
}

/** What a row of the list, and of its CSV, is made from. */
export const LISTED_COLUMNS = Prisma.sql`i.id, i.title, i.severity, i.status, i.payout_status, i.approved_amount,
  i.approved_currency, i.filed_at, i.cycle_id, i.tester_id, c.name AS cycle_name, c.metadata, u.name AS tester_name`;

export function listedIssue(row: ListedRow): ListedIssue {
  const { id, title, severity, status, payout_status: payoutStatus } = row;
  const undecided = payoutStatus === "pending" && status !== "draft";
  const payoutRates = payoutRatesFrom(row.metadata);
  return {
    ...{ id, title, severity, status, payoutStatus },
    cycle: { id: row.cycle_id, name: row.cycle_name },
    tester: { id: row.tester_id, name: row.tester_name },
    approved:
      row.approved_amount === null || row.approved_currency === null
        ? null
        : money(row.approved_currency, BigInt(row.approved_amount)),
    suggested: undecided ? suggestedAmountCentsFor({ payoutRates }, severity) : null,
    filedAt: row.filed_at,
  };
}

/** How many issues pass the filter; `more` when there are more than were counted. */
export async function countIssues({
  filter,
  reader,
  hits,
}: Omit<IssueQuery, "order">): Promise<{ readonly count: number; readonly more: boolean }> {
  const where = Prisma.join(issueConditions(filter, reader, hits), " AND ");
  // In the order of an index that has what is filtered by, or the planner would look for so many along the table.
  const [found] = await db().$queryRaw<{ count: bigint }[]>`
    SELECT count(*) FROM (
      SELECT FROM issues i WHERE ${where} ORDER BY i.filed_at DESC, i.id DESC LIMIT ${COUNTED_AT_MOST + 1}
    ) counted`;
  const count = Number(found?.count ?? 0);
  return { count: Math.min(count, COUNTED_AT_MOST), more: count > COUNTED_AT_MOST };
}
