import { db } from "~/database/client.server";
import { type Currency, type Money, money } from "~/domain/money";
import type { PayoutMethod, ReversalKind } from "~/domain/payment";
import type { IsoDate } from "~/domain/team-date";
import type { LedgerPlace } from "~/filters/ledger-place";
import type { PaymentFilter } from "~/filters/payment-filter";
import { Prisma } from "~/generated/prisma/client";

/** A payment or reversal, as it was corrected last, with the names that were true when it was written. */
export type LedgerEntry = Money & {
  readonly id: number;
  readonly issueId: number;
  readonly issueTitle: string;
  readonly cycleName: string;
  readonly tester: { readonly id: number; readonly name: string };
  readonly batchId: number;
  readonly method: PayoutMethod;
  readonly reference: string | null;
  /** A reversal: its own date. */
  readonly paidOn: IsoDate;
  /** Null for payments. */
  readonly kind: ReversalKind | null;
  readonly reason: string | null;
};

type Row = Omit<LedgerEntry, "amount" | "tester"> & {
  amount: bigint;
  testerId: number;
  testerName: string;
};

/** Payments and reversals that pass the filter, newest first; `before` is where the last page ended. */
export async function ledger(
  filter: PaymentFilter,
  before: LedgerPlace | null,
  limit: number,
): Promise<LedgerEntry[]> {
  const rows = await db().$queryRaw<Row[]>`
    SELECT x.id, x.issue_id AS "issueId", x.issue_title AS "issueTitle", x.cycle_name AS "cycleName",
           x.tester_id AS "testerId", u.name AS "testerName", x.batch_id AS "batchId", x.amount, x.currency, x.method,
           x.reference, x.paid_on::text AS "paidOn", x.kind, x.reason
      FROM (
        (SELECT ${COLUMNS}, p.paid_on, p.reference ${NEVER_CORRECTED}
          AND ${conditions(filter, before, NEVER_CORRECTED_ON)} ORDER BY p.paid_on DESC, p.id DESC LIMIT ${limit})
        UNION ALL
        (SELECT ${COLUMNS}, c.paid_on, c.reference ${CORRECTED}
          WHERE ${conditions(filter, before, CORRECTED_ON)} ORDER BY c.paid_on DESC, p.id DESC LIMIT ${limit})
      ) x
      JOIN users u ON u.id = x.tester_id
      ORDER BY x.paid_on DESC, x.id DESC LIMIT ${limit}`;
  return rows.map(({ testerId, testerName, ...row }) => ({
    ...row,
    ...money(row.currency, row.amount),
    tester: { id: testerId, name: testerName },
  }));
}

/** What everything that passes the filter comes to, one entry per currency; and how many rows that is. */
export async function ledgerSum(
  filter: PaymentFilter,
): Promise<{ readonly money: Money[]; readonly count: number }> {
  const rows = await db().$queryRaw<{ currency: Currency; amount: bigint; count: bigint }[]>`
    SELECT x.currency, sum(x.amount)::bigint AS amount, count(*) AS count
      FROM (
        (SELECT p.currency, p.amount ${NEVER_CORRECTED} AND ${conditions(filter, null, NEVER_CORRECTED_ON)})
        UNION ALL
        (SELECT p.currency, p.amount ${CORRECTED} WHERE ${conditions(filter, null, CORRECTED_ON)})
      ) x
      GROUP BY 1 ORDER BY 1`;
  return {
    money: rows.map(({ currency, amount }) => money(currency, amount)),
    count: rows.reduce((sum, row) => sum + Number(row.count), 0),
  };
}

// As in the export: nearly all payments were never corrected and come from an index in their order; the few others are
// sorted and merged in between.
const COLUMNS = Prisma.sql`p.id, p.issue_id, p.issue_title, p.cycle_name, p.tester_id, p.batch_id, p.amount, p.currency,
  p.method, p.kind, p.reason`;
const NEVER_CORRECTED = Prisma.sql`FROM issue_payouts p
  WHERE p.id NOT IN (SELECT payment_id FROM payment_corrections)`;
const NEVER_CORRECTED_ON = Prisma.sql`p.paid_on`;
const CORRECTED = Prisma.sql`FROM (SELECT DISTINCT ON (payment_id) * FROM payment_corrections ORDER BY payment_id, id DESC) c
  JOIN issue_payouts p ON p.id = c.payment_id`;
const CORRECTED_ON = Prisma.sql`c.paid_on`;

function conditions(
  { from, to, testerId }: PaymentFilter,
  before: LedgerPlace | null,
  paidOn: Prisma.Sql,
): Prisma.Sql {
  const given = [
    from === null ? null : Prisma.sql`${paidOn} >= ${from}::date`,
    to === null ? null : Prisma.sql`${paidOn} <= ${to}::date`,
    testerId === null ? null : Prisma.sql`p.tester_id = ${testerId}::int`,
    before === null
      ? null
      : Prisma.sql`(${paidOn}, p.id) < (${before.paidOn}::date, ${before.id}::int)`,
  ].filter((condition) => condition !== null);
  return given.length === 0 ? Prisma.sql`true` : Prisma.join(given, " AND ");
}
