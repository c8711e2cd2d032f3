import { db } from "~/database/client.server";
import type { Currency } from "~/domain/money";
import type { PayoutMethod } from "~/domain/payment";
import type { Severity } from "~/domain/severity";
import type { IsoDate } from "~/domain/team-date";
import { openRowCursor, type RowSource } from "./row-cursor.server";

/** A payment or reversal as it is exported: the snapshot taken when it was paid, with its latest correction. */
export type ExportedPayment = {
  /** The paid-on date; a reversal's own. */
  readonly date: IsoDate;
  readonly cycleName: string;
  readonly issueTitle: string;
  readonly severity: Severity;
  /** Minor units as text; a reversal's is negative. */
  readonly amount: string;
  readonly currency: Currency;
  readonly method: PayoutMethod;
  readonly reference: string | null;
};

export type ExportedTesterPayment = ExportedPayment & {
  readonly testerName: string;
  readonly testerEmail: string;
  readonly batchId: number;
};

export type ExportFilter = {
  /** Paid-on dates, both inclusive. */
  readonly from?: IsoDate | undefined;
  readonly to?: IsoDate | undefined;
};

/** A tester's payments, oldest first. */
export function exportOwnPayments(
  testerId: number,
  filter: ExportFilter,
): Promise<RowSource<ExportedPayment>> {
  return openPayments<ExportedPayment>({ ...filter, testerId }, OWN_COLUMNS);
}

/** Everybody's payments, or one tester's, oldest first. */
export function exportAllPayments(
  filter: ExportFilter & { readonly testerId?: number | undefined },
): Promise<RowSource<ExportedTesterPayment>> {
  return openPayments<ExportedTesterPayment>(
    filter,
    `${OWN_COLUMNS}, u.name AS "testerName", u.email AS "testerEmail", x.batch_id AS "batchId"`,
    "JOIN users u ON u.id = x.tester_id",
  );
}

const OWN_COLUMNS = `x.paid_on::text AS date, x.cycle_name AS "cycleName", x.issue_title AS "issueTitle", x.severity,
  x.amount, x.currency, x.method, x.reference`;

const PAYMENT =
  "p.id, p.tester_id, p.batch_id, p.cycle_name, p.issue_title, p.severity, p.amount, p.currency, p.method";

function openPayments<Row extends object>(
  filter: ExportFilter & { readonly testerId?: number | undefined },
  columns: string,
  join = "",
): Promise<RowSource<Row>> {
  const { from, to, testerId } = filter;
  const values: unknown[] = [];
  const where = (test: string, value: unknown) =>
    value === undefined ? "" : `AND ${test} $${values.push(value)}`;
  const ofTester = where("p.tester_id =", testerId);
  const [since, until] = [where("@ >=", from), where("@ <=", to)];
  const inPeriod = (date: string) => `${since} ${until}`.replaceAll("@", date);
  // Nearly all payments were never corrected: those come straight from an index in their order, so that the first row
  // is there at once however many follow; the few corrected ones are sorted and merged in between.
  const sql = `SELECT ${columns} FROM (
      (SELECT ${PAYMENT}, p.paid_on, p.reference FROM issue_payouts p
        WHERE p.id NOT IN (SELECT payment_id FROM payment_corrections) ${ofTester} ${inPeriod("p.paid_on")}
        ORDER BY p.paid_on, p.id)
      UNION ALL
      (SELECT ${PAYMENT}, c.paid_on, c.reference
        FROM (SELECT DISTINCT ON (payment_id) * FROM payment_corrections ORDER BY payment_id, id DESC) c
        JOIN issue_payouts p ON p.id = c.payment_id
        WHERE true ${ofTester} ${inPeriod("c.paid_on")} ORDER BY c.paid_on, p.id)
    ) x ${join} ORDER BY x.paid_on, x.id`;
  return openRowCursor<Row>(sql, values);
}

/** Whether a user of that number exists: a mistyped one must not look like somebody who was never paid. */
export async function isSomebody(userId: number): Promise<boolean> {
  return (await db().user.count({ where: { id: userId } })) > 0;
}
