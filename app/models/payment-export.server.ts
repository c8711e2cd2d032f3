import { db } from "~/database/client.server";
import type { Currency } from "~/domain/money";
import type { PayoutMethod } from "~/domain/payment";
import type { Severity } from "~/domain/severity";
import type { IsoDate } from "~/domain/team-date";
import { openTextCursor, type RowSource } from "./row-cursor.server";
import type { TextRow } from "./text-fetch.server";

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
  return openPayments({ ...filter, testerId }, OWN_COLUMNS, ownPayment);
}

/** Everybody's payments, or one tester's, oldest first. */
export function exportAllPayments(
  filter: ExportFilter & { readonly testerId?: number | undefined },
): Promise<RowSource<ExportedTesterPayment>> {
  const columns = `${OWN_COLUMNS}, u.name, u.email, x.batch_id`;
  return openPayments(filter, columns, testerPayment, "JOIN users u ON u.id = x.tester_id");
}

const OWN_COLUMNS =
  "x.paid_on, x.cycle_name, x.issue_title, x.severity, x.amount, x.currency, x.method, x.reference";

// Written out plainly, without rest and spread: this runs a million times, and they would take half of it.
function ownPayment(columns: TextRow): ExportedPayment {
  return {
    date: columns[0] as IsoDate,
    cycleName: columns[1] as string,
    issueTitle: columns[2] as string,
    severity: columns[3] as Severity,
    amount: columns[4] as string,
    currency: columns[5] as Currency,
    method: columns[6] as PayoutMethod,
    reference: columns[7] ?? null,
  };
}

function testerPayment(columns: TextRow): ExportedTesterPayment {
  const payment = ownPayment(columns) as {
    -readonly [Key in keyof ExportedTesterPayment]: ExportedTesterPayment[Key];
  };
  payment.testerName = columns[8] as string;
  payment.testerEmail = columns[9] as string;
  payment.batchId = Number(columns[10]);
  return payment;
}

const PAYMENT =
  "p.id, p.tester_id, p.batch_id, p.cycle_name, p.issue_title, p.severity, p.amount, p.currency, p.method";

function openPayments<Row>(
  filter: ExportFilter & { readonly testerId?: number | undefined },
  columns: string,
  rowOf: (columns: TextRow) => Row,
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
  return openTextCursor(sql, values, rowOf);
}

/** Whether a user of that number exists: a mistyped one must not look like somebody who was never paid. */
export async function isSomebody(userId: number): Promise<boolean> {
  return (await db().user.count({ where: { id: userId } })) > 0;
}
