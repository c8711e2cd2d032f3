import { db } from "~/database/client.server";
import type { Money } from "~/domain/money";
import { payoutRatesFrom, suggestedAmountCentsFor } from "~/domain/rates";
import type { IssueStatus } from "~/domain/issue-status";
import type { Severity } from "~/domain/severity";

/** An issue whose payout waits for a decision, whatever the bug's status; drafts are not among them (DESIGN 4). */
export type PendingIssue = {
  readonly id: number;
  readonly title: string;
  readonly severity: Severity;
  readonly status: IssueStatus;
  readonly cycle: { readonly id: number; readonly name: string };
  readonly tester: { readonly id: number; readonly name: string };
  /** Minor units; null where the cycle's rates name none. */
  readonly suggested: Money | null;
  readonly filedAt: Date;
};

/** Where a page ended: the rows after it are older. */
export type PendingCursor = { readonly filedAt: Date; readonly id: number };

type Row = {
  id: number;
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

/** One page, newest first, and where it ended (null on the last). */
export async function pendingReview(
  after: PendingCursor | null,
  limit: number,
): Promise<{ readonly items: PendingIssue[]; readonly next: PendingCursor | null }> {
  const rows = await db().$queryRaw<Row[]>`
    SELECT i.id, i.title, i.severity, i.status, i.filed_at, c.id AS cycle_id, c.name AS cycle_name, c.metadata,
           u.id AS tester_id, u.name AS tester_name
      FROM issues i
      JOIN test_cycles c ON c.id = i.cycle_id
      JOIN users u ON u.id = i.tester_id
      WHERE i.payout_status = 'pending' AND i.status <> 'draft'
        AND (i.filed_at, i.id) < (${after?.filedAt ?? "infinity"}::timestamptz, ${after?.id ?? 0}::int)
      ORDER BY i.filed_at DESC, i.id DESC LIMIT ${limit + 1}`;
  const items = rows.slice(0, limit).map(pendingIssue);
  const last = items.at(-1);
  const next = rows.length > limit && last ? { filedAt: last.filedAt, id: last.id } : null;
  return { items, next };
}

function pendingIssue(row: Row): PendingIssue {
  const payoutRates = payoutRatesFrom(row.metadata);
  return {
    id: row.id,
    title: row.title,
    severity: row.severity,
    status: row.status,
    cycle: { id: row.cycle_id, name: row.cycle_name },
    tester: { id: row.tester_id, name: row.tester_name },
    suggested: suggestedAmountCentsFor({ payoutRates }, row.severity),
    filedAt: row.filed_at,
  };
}
