import { db } from "~/database/client.server";
import { CURRENCIES, type Currency, type Money, money } from "~/domain/money";
import type { PayoutMethod, ReversalKind } from "~/domain/payment";
import type { IsoDate } from "~/domain/team-date";
import { PAID_ON, REFERENCE, WITH_LATEST_CORRECTION } from "./corrected-payment";

/** More is nothing to print; such a period is a matter for the CSV. */
const MOST_STATEMENT_LINES = 2_000;

/** A payment or, with a negative amount and its kind, a reversal. */
export type StatementLine = {
  readonly id: number;
  readonly issueId: number;
  readonly date: IsoDate;
  readonly issueTitle: string;
  readonly cycleName: string;
  readonly method: PayoutMethod;
  readonly reference: string | null;
  readonly reversalKind: ReversalKind | null;
  readonly currency: Currency;
  /** Minor units. */
  readonly amount: number;
};

/** What the tester received in one currency: closing = opening + Σ lines. */
export type StatementAccount = {
  readonly currency: Currency;
  /** Σ payments and reversals before the period. */
  readonly opening: Money;
  readonly closing: Money;
  readonly lines: readonly StatementLine[];
};

export type Statement = {
  /** One per currency the tester was ever paid in until the end of the period. */
  readonly accounts: readonly StatementAccount[];
  /** There are more lines than a statement holds: it shows none of them, only the sums. */
  readonly tooLong: { readonly most: number } | null;
};

type StatementRow = {
  sums: { currency: Currency; opening: string; closing: string }[] | null;
  lines: StatementLine[] | null;
};

/** A tester's payments and reversals of a period, both dates inclusive, oldest first. */
export async function statementOf(
  testerId: number,
  { from, to }: { readonly from: IsoDate; readonly to: IsoDate },
): Promise<Statement> {
  // One statement, hence one snapshot: the lines always lead from the opening to the closing figure.
  const [row] = await db().$queryRaw<StatementRow[]>`
    WITH own AS (
      SELECT p.id, p.issue_id AS "issueId", ${PAID_ON} AS date, p.issue_title AS "issueTitle",
             p.cycle_name AS "cycleName", p.method, ${REFERENCE} AS reference, p.kind AS "reversalKind",
             p.currency, p.amount
        FROM issue_payouts p ${WITH_LATEST_CORRECTION} WHERE p.tester_id = ${testerId}
    ), sums AS (
      SELECT currency, sum(amount)::text AS closing,
             coalesce(sum(amount) FILTER (WHERE date < ${from}::date), 0)::text AS opening
        FROM own WHERE date <= ${to}::date GROUP BY currency
    ), lines AS (
      SELECT * FROM own WHERE date BETWEEN ${from}::date AND ${to}::date
        ORDER BY date, id LIMIT ${MOST_STATEMENT_LINES + 1}
    )
    SELECT (SELECT jsonb_agg(sums) FROM sums) AS sums,
           (SELECT jsonb_agg(lines ORDER BY date, id) FROM lines) AS lines`;
  const tooLong =
    (row?.lines?.length ?? 0) > MOST_STATEMENT_LINES ? { most: MOST_STATEMENT_LINES } : null;
  const lines = tooLong ? [] : (row?.lines ?? []);
  const accounts = CURRENCIES.flatMap((currency): StatementAccount[] => {
    const sum = row?.sums?.find((sums) => sums.currency === currency);
    if (!sum) return [];
    return [
      {
        currency,
        opening: money(currency, BigInt(sum.opening)),
        closing: money(currency, BigInt(sum.closing)),
        lines: lines.filter((line) => line.currency === currency),
      },
    ];
  });
  return { accounts, tooLong };
}

/** The years that have a payment or reversal of this tester, the latest first: each can be had as a statement. */
export async function yearsPaid(testerId: number): Promise<readonly number[]> {
  // Asked year by year between the first and the last: one row of each answers, however many there are.
  const rows = await db().$queryRaw<{ year: number }[]>`
    WITH ends AS (
      SELECT extract(year FROM least(min(d.first), min(d.last)))::int AS first, extract(year FROM greatest(max(d.first), max(d.last)))::int AS last
        FROM (SELECT min(p.paid_on) AS first, max(p.paid_on) AS last FROM issue_payouts p WHERE p.tester_id = ${testerId}
              UNION ALL
              SELECT min(c.paid_on), max(c.paid_on) FROM payment_corrections c WHERE c.tester_id = ${testerId}) d
    )
    SELECT y.year FROM ends, generate_series(ends.last, ends.first, -1) y (year),
           LATERAL (SELECT make_date(y.year, 1, 1) AS first, make_date(y.year, 12, 31) AS last) days
      WHERE EXISTS (
          SELECT FROM issue_payouts p
            WHERE p.tester_id = ${testerId} AND p.paid_on BETWEEN days.first AND days.last
              AND NOT EXISTS (SELECT FROM payment_corrections c WHERE c.payment_id = p.id))
        OR EXISTS (
          SELECT FROM payment_corrections c
            WHERE c.tester_id = ${testerId} AND c.paid_on BETWEEN days.first AND days.last
              AND NOT EXISTS (SELECT FROM payment_corrections l WHERE l.payment_id = c.payment_id AND l.id > c.id))
      ORDER BY 1 DESC`;
  return rows.map(({ year }) => year);
}

export type Payee = {
  readonly name: string;
  readonly email: string;
  /** As the bank knows them, and where the money goes. */
  readonly payeeName: string | null;
  readonly account: string | null;
};

export async function payeeOf(testerId: number): Promise<Payee> {
  const { iban, kaspiPhone, ...payee } = await db().user.findUniqueOrThrow({
    where: { id: testerId },
    select: { name: true, email: true, payeeName: true, iban: true, kaspiPhone: true },
  });
  return { ...payee, account: iban ?? kaspiPhone };
}
