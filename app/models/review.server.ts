import { db } from "~/database/client.server";
import type { Matching } from "~/domain/bulk-decision";
import { type Currency, type Money, multiplyMoney, sumByCurrency } from "~/domain/money";
import type { IssueStatus } from "~/domain/issue-status";
import { cycleCurrency, payoutRatesFrom, suggestedAmountCentsFor } from "~/domain/rates";
import type { Severity } from "~/domain/severity";
import type { IssuePage, IssuePlace } from "~/filters/issue-place";
import type { ReviewFilter } from "~/filters/review-filter";
import { Prisma } from "~/generated/prisma/client";
import { reviewCondition } from "./review-conditions.server";

export const REVIEW_PAGE = 50;

/** Who reviews, and in which zone the filter's dates are meant. */
export type ReviewReader = { readonly id: number; readonly zone: string };

/** An issue whose payout waits for a decision, as the form of Pending review needs it. */
export type ReviewIssue = {
  readonly id: number;
  readonly version: number;
  readonly title: string;
  readonly severity: Severity;
  readonly status: IssueStatus;
  readonly cycle: { readonly id: number; readonly name: string };
  readonly tester: { readonly id: number; readonly name: string };
  /** The cycle's, in which an amount is typed. */
  readonly currency: Currency;
  /** Minor units; null where the cycle's rates name none. */
  readonly suggested: Money | null;
  readonly filedAt: Date;
};

type Row = {
  id: number;
  version: number;
  title: string;
  severity: Severity;
  status: IssueStatus;
  filed_at: Date;
  cycle_id: number;
  cycle_name: string;
  metadata: unknown;
  tester_id: number;
  tester_name: string;
};

export type ReviewPage = {
  readonly issues: readonly ReviewIssue[];
  /** Where the neighbouring pages begin; null where there is none. */
  readonly newer: IssuePlace | null;
  readonly older: IssuePlace | null;
};

/** One page of what waits for a decision and passes the filter, newest first. */
export async function reviewPage(
  filter: ReviewFilter,
  page: IssuePage,
  reader: ReviewReader,
  limit = REVIEW_PAGE,
): Promise<ReviewPage> {
  const scope = { asOf: null, zone: reader.zone, viewerId: reader.id, own: "with" } as const;
  const where = Prisma.sql`${reviewCondition(filter, scope)} AND ${placeCondition(page)}`;
  const isNewer = page?.direction === "newer";
  const rows = await readRows(where, isNewer, limit + 1);
  const more = rows.length > limit;
  // Nothing there any more, or back at the beginning: that is the first page, also in its URL.
  if (page && (rows.length === 0 || (isNewer && !more))) {
    return reviewPage(filter, null, reader, limit);
  }
  const shown = rows.slice(0, limit);
  if (isNewer) shown.reverse();
  return {
    issues: shown,
    newer: page ? (shown[0] ?? null) : null,
    older: isNewer || more ? (shown.at(-1) ?? null) : null,
  };
}

/** Those of these issues that still wait for a decision, newest first: what a refused form is shown with again. */
export function reviewIssues(ids: readonly number[]): Promise<ReviewIssue[]> {
  if (ids.length === 0) return Promise.resolve([]);
  const where = Prisma.sql`i.payout_status = 'pending' AND i.status <> 'draft' AND i.id = ANY(${ids}::int[])`;
  return readRows(where, false, ids.length);
}

async function readRows(
  where: Prisma.Sql,
  oldestFirst: boolean,
  limit: number,
): Promise<ReviewIssue[]> {
  const order = oldestFirst
    ? Prisma.sql`i.filed_at ASC, i.id ASC`
    : Prisma.sql`i.filed_at DESC, i.id DESC`;
  // The page is cut before anything is joined to it.
  const rows = await db().$queryRaw<Row[]>`
    SELECT i.*, c.name AS cycle_name, c.metadata, u.name AS tester_name
      FROM (
        SELECT i.id, i.version, i.title, i.severity, i.status, i.filed_at, i.cycle_id, i.tester_id
          FROM issues i WHERE ${where} ORDER BY ${order} LIMIT ${limit}
      ) i
      JOIN test_cycles c ON c.id = i.cycle_id
      JOIN users u ON u.id = i.tester_id
      ORDER BY ${order}`;
  return rows.map(reviewIssue);
}

function placeCondition(page: IssuePage): Prisma.Sql {
  // Nothing that waits for a decision is a draft: a draft's place is where the list begins.
  if (!page?.place.filedAt) return Prisma.sql`true`;
  const { filedAt, id } = page.place;
  return page.direction === "older"
    ? Prisma.sql`(i.filed_at, i.id) < (${filedAt}::timestamptz, ${id}::int)`
    : Prisma.sql`(i.filed_at, i.id) > (${filedAt}::timestamptz, ${id}::int)`;
}

function reviewIssue(row: Row): ReviewIssue {
  const payoutRates = payoutRatesFrom(row.metadata);
  return {
    id: row.id,
    version: row.version,
    title: row.title,
    severity: row.severity,
    status: row.status,
    cycle: { id: row.cycle_id, name: row.cycle_name },
    tester: { id: row.tester_id, name: row.tester_name },
    currency: cycleCurrency(payoutRates),
    suggested: suggestedAmountCentsFor({ payoutRates }, row.severity),
    filedAt: row.filed_at,
  };
}

/** Issues of one severity in one cycle whose rates name nothing for it. */
export type Unpriced = {
  readonly cycle: { readonly id: number; readonly name: string };
  readonly severity: Severity;
  readonly count: number;
};

/** `count` and `totals`: what "approve all that match" would approve, and what that commits. */
export type ReviewTotals = Matching & {
  /** All that match, with those that stay out. */
  readonly found: number;
  /** The reader's own, which stay out. */
  readonly own: number;
  /** Without a suggestion, which stay out. */
  readonly unpriced: readonly Unpriced[];
};

type GroupRow = {
  cycle_id: number;
  cycle_name: string;
  metadata: unknown;
  severity: Severity;
  others: number;
  own: number;
};

/** Counted by cycle and severity, and priced here: the rates are applied in one place (domain/rates.ts). */
export async function reviewTotals(
  filter: ReviewFilter,
  asOf: Date,
  reader: ReviewReader,
): Promise<ReviewTotals> {
  const scope = { asOf, zone: reader.zone, viewerId: reader.id, own: "with" } as const;
  const groups = await db().$queryRaw<GroupRow[]>`
    SELECT g.*, c.name AS cycle_name, c.metadata
      FROM (
        SELECT i.cycle_id, i.severity,
               count(*) FILTER (WHERE i.tester_id <> ${reader.id}::int)::int AS others,
               count(*) FILTER (WHERE i.tester_id = ${reader.id}::int)::int AS own
          FROM issues i WHERE ${reviewCondition(filter, scope)} GROUP BY i.cycle_id, i.severity
      ) g
      JOIN test_cycles c ON c.id = g.cycle_id
      ORDER BY c.name, c.id, g.severity DESC`;
  return totalsOf(groups);
}

function totalsOf(groups: readonly GroupRow[]): ReviewTotals {
  const unpriced: Unpriced[] = [];
  const money: Money[] = [];
  let count = 0;
  for (const { cycle_id, cycle_name, metadata, severity, others } of groups) {
    if (others === 0) continue;
    const suggested = suggestedAmountCentsFor({ payoutRates: payoutRatesFrom(metadata) }, severity);
    if (!suggested)
      unpriced.push({ cycle: { id: cycle_id, name: cycle_name }, severity, count: others });
    else {
      count += others;
      money.push(multiplyMoney(suggested, others));
    }
  }
  const own = groups.reduce((sum, group) => sum + group.own, 0);
  const found = groups.reduce((sum, group) => sum + group.own + group.others, 0);
  return { found, count, totals: sumByCurrency(money), own, unpriced };
}
