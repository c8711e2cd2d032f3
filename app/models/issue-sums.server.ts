import { db } from "~/database/client.server";
import { type Currency, type Money, money, multiplyMoney, sumByCurrency } from "~/domain/money";
import { payoutRatesFrom, suggestedAmountCentsFor } from "~/domain/rates";
import type { Severity } from "~/domain/severity";
import { Prisma } from "~/generated/prisma/client";
import { issueConditions } from "./issue-conditions.server";
import type { IssueQuery } from "./issue-list.server";

/** Far more than wait to be paid at any time; what was ever paid has its totals on Payouts. */
const SUMMED_AT_MOST = 20_000;

/** What the issues of a list come to, one entry per currency; what kind of money that is follows from `of`. */
export type IssueSum = {
  readonly of: "approved" | "paid" | "void" | "pending";
  readonly money: readonly Money[];
  /** How many have no suggestion, and are not in the sum; only of pending ones. */
  readonly unrated: number;
};

/**
 * The sum of the issues that pass the filter, when it is for one payout status that has money: the figure whose
 * breakdown the list is. Approved amounts, which a paid issue was paid exactly; of pending issues what the rates
 * suggest. Null for any other filter, and where so many pass that adding them up would take longer every year.
 */
export async function sumOfIssues({
  filter,
  reader,
  hits,
}: Omit<IssueQuery, "order">): Promise<IssueSum | null> {
  const { payoutStatus } = filter;
  if (payoutStatus === null || payoutStatus === "rejected") return null;
  const where = Prisma.join(issueConditions(filter, reader, hits), " AND ");
  if (payoutStatus === "pending") return suggestedSum(where);
  const sums = await db().$queryRaw<{ currency: Currency; amount: bigint; issues: bigint }[]>`
    SELECT s.currency, sum(s.amount)::bigint AS amount, count(*) AS issues
      FROM (SELECT i.approved_currency AS currency, i.approved_amount AS amount FROM issues i
              WHERE ${where} LIMIT ${SUMMED_AT_MOST + 1}) s
      GROUP BY 1 ORDER BY 1`;
  if (countOf(sums) > SUMMED_AT_MOST) return null;
  const total = sums.map(({ currency, amount }) => money(currency, amount));
  return { of: payoutStatus, money: total, unrated: 0 };
}

// Rates are of a cycle and a severity: there are few of those, however many issues there are.
async function suggestedSum(where: Prisma.Sql): Promise<IssueSum | null> {
  const groups = await db().$queryRaw<{ metadata: unknown; severity: Severity; issues: bigint }[]>`
    SELECT c.metadata, g.severity, g.issues
      FROM (SELECT s.cycle_id, s.severity, count(*) AS issues
              FROM (SELECT i.cycle_id, i.severity FROM issues i WHERE ${where} LIMIT ${SUMMED_AT_MOST + 1}) s
              GROUP BY 1, 2) g
      JOIN test_cycles c ON c.id = g.cycle_id`;
  if (countOf(groups) > SUMMED_AT_MOST) return null;
  const rated: Money[] = [];
  let unrated = 0;
  for (const { metadata, severity, issues } of groups) {
    const rate = suggestedAmountCentsFor({ payoutRates: payoutRatesFrom(metadata) }, severity);
    if (rate) rated.push(multiplyMoney(rate, Number(issues)));
    else unrated += Number(issues);
  }
  return { of: "pending", money: sumByCurrency(rated), unrated };
}

function countOf(rows: readonly { readonly issues: bigint }[]): number {
  return rows.reduce((count, row) => count + Number(row.issues), 0);
}
