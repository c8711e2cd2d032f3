import { db } from "~/database/client.server";
import { type Currency, type Money, money } from "~/domain/money";
import { hasApprovedAmount, type PayoutStatus } from "~/domain/payout-status";
import type { IssueStatus } from "~/domain/issue-status";
import { payoutRatesFrom, suggestedAmountCentsFor } from "~/domain/rates";
import type { Severity } from "~/domain/severity";
import type { IssueFilter } from "~/filters/issue-filter";
import type { IssuePage, IssuePlace } from "~/filters/issue-place";
import { Prisma } from "~/generated/prisma/client";
import { issueConditions, type IssueReader } from "./issue-conditions.server";

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

type Row = {
  id: number;
  title: string;
  severity: Severity;
  status: IssueStatus;
  payout_status: PayoutStatus;
  approved_amount: bigint | null;
  approved_currency: Currency | null;
  filed_at: Date | null;
  cycle_id: number;
  cycle_name: string;
  metadata: unknown;
  tester_id: number;
  tester_name: string;
};

/** One page of what `reader` may see of the issues that pass the filter, drafts first, then newest first. */
export async function issueList(
  filter: IssueFilter,
  page: IssuePage,
  reader: IssueReader,
  limit = ISSUES_A_PAGE,
): Promise<IssueListPage> {
  const rows = await readPage(filter, page, reader, limit + 1);
  const more = rows.length > limit;
  // Nothing there any more, or back at the beginning: that is the first page, also in its URL.
  if (page && (rows.length === 0 || (page.direction === "newer" && !more)))
    return issueList(filter, null, reader, limit);
  const shown = rows.slice(0, limit);
  if (page?.direction === "newer") shown.reverse();
  const issues = shown.map(listedIssue);
  const hasOlder = page?.direction === "newer" || more;
  return {
    issues,
    newer: page ? (issues[0] ?? null) : null,
    older: hasOlder ? (issues.at(-1) ?? null) : null,
  };
}

function readPage(
  filter: IssueFilter,
  page: IssuePage,
  reader: IssueReader,
  limit: number,
): Promise<Row[]> {
  const where = Prisma.join([...issueConditions(filter, reader), ...placeCondition(page)], " AND ");
  const order =
    page?.direction === "newer"
      ? Prisma.sql`i.filed_at ASC NULLS LAST, i.id ASC`
      : Prisma.sql`i.filed_at DESC NULLS FIRST, i.id DESC`;
  // The page is cut before anything is joined to it: half the time on a list of 17,000.
  return db().$queryRaw<Row[]>`
    SELECT i.*, c.name AS cycle_name, c.metadata, u.name AS tester_name
      FROM (
        SELECT i.id, i.title, i.severity, i.status, i.payout_status, i.approved_amount, i.approved_currency,
               i.filed_at, i.cycle_id, i.tester_id
          FROM issues i WHERE ${where} ORDER BY ${order} LIMIT ${limit}
      ) i
      JOIN test_cycles c ON c.id = i.cycle_id
      JOIN users u ON u.id = i.tester_id
      ORDER BY ${order}`;
}

// NULLS FIRST: a draft stands before every filed issue, whichever way the list is read.
function placeCondition(page: IssuePage): Prisma.Sql[] {
  if (!page) return [];
  const { filedAt, id } = page.place;
  if (page.direction === "older") {
    return filedAt === null
      ? [Prisma.sql`(i.filed_at IS NOT NULL OR i.id < ${id}::int)`]
      : [Prisma.sql`(i.filed_at, i.id) < (${filedAt}::timestamptz, ${id}::int)`];
  }
  return filedAt === null
    ? [Prisma.sql`i.filed_at IS NULL AND i.id > ${id}::int`]
    : [
        Prisma.sql`(i.filed_at IS NULL OR (i.filed_at, i.id) > (${filedAt}::timestamptz, ${id}::int))`,
      ];
}

function listedIssue(row: Row): ListedIssue {
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
        : money(row.approved_currency, row.approved_amount),
    suggested: undecided ? suggestedAmountCentsFor({ payoutRates }, severity) : null,
    filedAt: row.filed_at,
  };
}

/** How many issues pass the filter; `more` when there are more than were counted. */
export async function countIssues(
  filter: IssueFilter,
  reader: IssueReader,
): Promise<{ readonly count: number; readonly more: boolean }> {
  const where = Prisma.join(issueConditions(filter, reader), " AND ");
  const [found] = await db().$queryRaw<{ count: bigint }[]>`
    SELECT count(*) FROM (
      SELECT FROM issues i WHERE ${where} LIMIT ${COUNTED_AT_MOST + 1}
    ) counted`;
  const count = Number(found?.count ?? 0);
  return { count: Math.min(count, COUNTED_AT_MOST), more: count > COUNTED_AT_MOST };
}

/**
 * Σ approved amounts per currency of the issues that pass the filter, when it is for approved or paid ones: the figure
 * whose breakdown the list is. A paid issue was paid exactly what was approved. Null for any other filter.
 */
export async function sumOfIssues(
  filter: IssueFilter,
  reader: IssueReader,
): Promise<Money[] | null> {
  const { payoutStatus } = filter;
  if (payoutStatus === null || payoutStatus === "void" || !hasApprovedAmount(payoutStatus))
    return null;
  const where = Prisma.join(issueConditions(filter, reader), " AND ");
  const sums = await db().$queryRaw<{ currency: Currency; amount: bigint }[]>`
    SELECT i.approved_currency AS currency, sum(i.approved_amount)::bigint AS amount
      FROM issues i WHERE ${where} GROUP BY 1 ORDER BY 1`;
  return sums.map(({ currency, amount }) => money(currency, amount));
}
