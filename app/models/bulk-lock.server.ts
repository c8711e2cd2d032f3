import type { Tx } from "~/database/transaction.server";
import type { BulkIssue } from "~/domain/bulk-decision";
import type { IssueStatus } from "~/domain/issue-status";
import { type Currency, money } from "~/domain/money";
import type { PayoutStatus } from "~/domain/payout-status";
import { type PayoutRates, payoutRatesFrom } from "~/domain/rates";
import type { Severity } from "~/domain/severity";
import { Prisma } from "~/generated/prisma/client";

export type LockedBulkIssue = BulkIssue & { readonly title: string };

type Row = {
  id: number;
  tester_id: number;
  cycle_id: number;
  version: number;
  severity: Severity;
  title: string;
  status: IssueStatus;
  payout_status: PayoutStatus;
  approved_amount: bigint | null;
  approved_currency: Currency | null;
};

/**
 * Locks the issues (the table is `i`) by id, and then the rates of their cycles, for the rest of the transaction: what
 * they are judged by cannot change before it is written. A row that no longer passes the condition once its lock is
 * free is not among them.
 */
export async function lockIssuesWhere(tx: Tx, condition: Prisma.Sql): Promise<LockedBulkIssue[]> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT i.id, i.tester_id, i.cycle_id, i.version, i.severity, i.title, i.status, i.payout_status,
           i.approved_amount, i.approved_currency
      FROM issues i WHERE ${condition} ORDER BY i.id FOR UPDATE OF i`;
  const rates = await lockRates(tx, [...new Set(rows.map((row) => row.cycle_id))]);
  const heldBy = await holders(tx, rows);
  return rows.map((row) => ({
    id: row.id,
    testerId: row.tester_id,
    version: row.version,
    severity: row.severity,
    title: row.title,
    state: {
      status: row.status,
      payoutStatus: row.payout_status,
      approved:
        row.approved_amount === null || row.approved_currency === null
          ? null
          : money(row.approved_currency, row.approved_amount),
    },
    payoutRates: rates.get(row.cycle_id) ?? {},
    heldBy: heldBy.get(row.id) ?? null,
  }));
}

/** The same for these ids; an id that is not there is not in the answer. */
export function lockIssuesById(tx: Tx, ids: readonly number[]): Promise<LockedBulkIssue[]> {
  return lockIssuesWhere(tx, Prisma.sql`i.id = ANY(${ids}::int[])`);
}

async function lockRates(tx: Tx, cycleIds: readonly number[]): Promise<Map<number, PayoutRates>> {
  const cycles = await tx.$queryRaw<{ id: number; metadata: unknown }[]>`
    SELECT id, metadata FROM test_cycles WHERE id = ANY(${cycleIds}::int[]) ORDER BY id FOR SHARE`;
  return new Map(cycles.map(({ id, metadata }) => [id, payoutRatesFrom(metadata)]));
}

// Only an approved issue can be reserved. A statement of its own: it sees what was committed before the locks came free.
async function holders(tx: Tx, rows: readonly Row[]): Promise<Map<number, number>> {
  const approved = rows.filter((row) => row.payout_status === "approved").map((row) => row.id);
  if (approved.length === 0) return new Map();
  const held = await tx.$queryRaw<{ issue_id: number; batch_id: number }[]>`
    SELECT issue_id, batch_id FROM payout_batch_items
      WHERE state = 'reserved' AND issue_id = ANY(${approved}::int[])`;
  return new Map(held.map((item) => [item.issue_id, item.batch_id]));
}
