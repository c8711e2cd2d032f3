import { db } from "~/database/client.server";
import { type Currency, type Money, money, multiplyMoney, sumByCurrency } from "~/domain/money";
import { mayDo } from "~/domain/permission";
import { payoutRatesFrom, suggestedAmountCentsFor } from "~/domain/rates";
import type { Severity } from "~/domain/severity";
import type { IssueFilter } from "~/filters/issue-filter";
import { Prisma } from "~/generated/prisma/client";
import { issueConditions, type IssueReader } from "./issue-conditions.server";
import type { IssueQuery } from "./issue-list.server";
import { keptAs, OF_CYCLES } from "./kept-totals.server";

/** Added up one by one, where the totals that are kept do not answer: filters by text, date or status. */
export const SUMMED_AT_MOST = 2_000;

/** What the issues of a list come to, one entry per currency; what kind of money that is follows from `of`. */
export type IssueSum = {
  readonly of: "approved" | "paid" | "void" | "pending";
  /** Null where so many pass that adding them up would take longer every year. */
  readonly money: readonly Money[] | null;
  /** How many have no suggestion, and are not in the sum; only of pending ones. */
  readonly unrated: number;
};

/**
 * The sum of the issues that pass the filter, when it is for one payout status that has money: the figure whose
 * breakdown the list is. Approved amounts, which a paid issue was paid exactly; of pending issues what the rates
 * suggest. Null for any other filter.
 */
export async function sumOfIssues({
  filter,
  reader,
  hits,
}: Omit<IssueQuery, "order">): Promise<IssueSum | null> {
  const { payoutStatus } = filter;
  if (payoutStatus === null || payoutStatus === "rejected") return null;
  const kept = keptCondition(filter, reader);
  if (payoutStatus === "pending") {
    return suggestedSum(
      await (kept ? keptPending(kept) : countedPending({ filter, reader, hits })),
    );
  }
  const sums = await (kept ? keptSums(kept) : addedSums({ filter, reader, hits }));
  if (!kept && countOf(sums) > SUMMED_AT_MOST) {
    return { of: payoutStatus, money: null, unrated: 0 };
  }
  const total = sums.map(({ currency, amount }) => money(currency, amount));
  return { of: payoutStatus, money: total, unrated: 0 };
}

/**
 * Which kept totals `k` of one cycle each are the issues of this list; null when none are: those know nothing of text,
 * dates and statuses, and of severities only while an issue is undecided.
 */
function keptCondition(filter: IssueFilter, { id, role }: IssueReader): Prisma.Sql | null {
  const { payoutStatus, cycle, severity, q, status, from, to } = filter;
  const tester = mayDo(role, "seeEverybodysIssues") ? filter.tester : id;
  const isAnother = filter.tester !== null && filter.tester !== tester;
  if (payoutStatus === null || isAnother) return null;
  if (q !== null || status !== null || from !== null || to !== null) return null;
  if (severity !== null && payoutStatus !== "pending") return null;
  const whose = tester === null ? OF_CYCLES : Prisma.sql`k.tester_id = ${tester}::int`;
  const where = cycle === null ? Prisma.sql`IS NOT NULL` : Prisma.sql`= ${cycle}::int`;
  const how = severity === null ? Prisma.sql`true` : Prisma.sql`k.severity = ${severity}::severity`;
  return Prisma.sql`${whose} AND k.cycle_id ${where} AND ${how} AND ${keptAs([payoutStatus])}`;
}

type Sum = { currency: Currency; amount: bigint; issues: bigint };

function keptSums(kept: Prisma.Sql): Promise<Sum[]> {
  return db().$queryRaw<Sum[]>`
    SELECT k.currency, sum(k.amount)::bigint AS amount, sum(k.issues)::bigint AS issues FROM kept_totals k
      WHERE ${kept} GROUP BY 1 ORDER BY 1`;
}

function addedSums(query: Omit<IssueQuery, "order">): Promise<Sum[]> {
  return db().$queryRaw<Sum[]>`
    SELECT s.currency, sum(s.amount)::bigint AS amount, count(*) AS issues
      FROM (SELECT i.approved_currency AS currency, i.approved_amount AS amount FROM issues i
              WHERE ${whereOf(query)} ${FIRST_OF_THEM}) s
      GROUP BY 1 ORDER BY 1`;
}

type PendingGroup = { metadata: unknown; severity: Severity; issues: bigint };

// Rates are of a cycle and a severity: there are few of those, however many issues there are.
function keptPending(kept: Prisma.Sql): Promise<PendingGroup[]> {
  return db().$queryRaw<PendingGroup[]>`
    SELECT c.metadata, k.severity, k.issues FROM kept_totals k JOIN test_cycles c ON c.id = k.cycle_id WHERE ${kept}`;
}

/** Null when there are too many. */
async function countedPending(query: Omit<IssueQuery, "order">): Promise<PendingGroup[] | null> {
  const groups = await db().$queryRaw<PendingGroup[]>`
    SELECT c.metadata, g.severity, g.issues
      FROM (SELECT s.cycle_id, s.severity, count(*) AS issues
              FROM (SELECT i.cycle_id, i.severity FROM issues i WHERE ${whereOf(query)} ${FIRST_OF_THEM}) s
              GROUP BY 1, 2) g
      JOIN test_cycles c ON c.id = g.cycle_id`;
  return countOf(groups) > SUMMED_AT_MOST ? null : groups;
}

function suggestedSum(groups: readonly PendingGroup[] | null): IssueSum {
  if (groups === null) return { of: "pending", money: null, unrated: 0 };
  const rated: Money[] = [];
  let unrated = 0;
  for (const { metadata, severity, issues } of groups) {
    const rate = suggestedAmountCentsFor({ payoutRates: payoutRatesFrom(metadata) }, severity);
    if (rate) rated.push(multiplyMoney(rate, Number(issues)));
    else unrated += Number(issues);
  }
  return { of: "pending", money: sumByCurrency(rated), unrated };
}

// In the order of an index that has what is filtered by, or the planner would look for so many along the table.
const FIRST_OF_THEM = Prisma.sql`ORDER BY i.filed_at DESC, i.id DESC LIMIT ${SUMMED_AT_MOST + 1}`;

function whereOf({ filter, reader, hits }: Omit<IssueQuery, "order">): Prisma.Sql {
  return Prisma.join(issueConditions(filter, reader, hits), " AND ");
}

function countOf(rows: readonly { readonly issues: bigint }[]): number {
  return rows.reduce((count, row) => count + Number(row.issues), 0);
}
