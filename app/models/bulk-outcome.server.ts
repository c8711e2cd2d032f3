import type { Tx } from "~/database/transaction.server";
import type { ApproveRow, Judgement, RowOutcome, ShownRow } from "~/domain/bulk-decision";
import { suggestedAmountCentsFor } from "~/domain/rates";
import type { LockedBulkIssue } from "./bulk-lock.server";

export type JudgedRow = {
  readonly row: ShownRow & Partial<Pick<ApproveRow, "expected">>;
  readonly issue: LockedBulkIssue | undefined;
  readonly judgement: Judgement;
};

type LastEvent = { readonly at: Date; readonly by: string | null };

/** The rows that cannot be decided: why, what the page showed, and how the issue stands now. */
export async function problemsOf(tx: Tx, judged: readonly JudgedRow[]): Promise<RowOutcome[]> {
  const outcomes = await outcomesOf(tx, judged, null);
  return outcomes.filter((_, n) => judged[n]?.judgement.ok === false);
}

/** What became of each row, where `bulkId` is the decision that was written or had been written before; null: none. */
export async function outcomesOf(
  tx: Tx,
  judged: readonly JudgedRow[],
  bulkId: number | null,
): Promise<RowOutcome[]> {
  const decided = bulkId === null ? new Set<number>() : await decidedBy(tx, bulkId);
  const others = judged.filter(({ row }) => !decided.has(row.issueId));
  const events = await lastEvents(
    tx,
    others.flatMap(({ issue }) => issue ?? []),
  );
  return judged.map((one) =>
    decided.has(one.row.issueId)
      ? decidedOutcome(one)
      : problemOutcome(one, events.get(one.row.issueId) ?? null),
  );
}

async function decidedBy(tx: Tx, bulkId: number): Promise<Set<number>> {
  const events = await tx.issueEvent.findMany({ where: { bulkId }, select: { issueId: true } });
  return new Set(events.map((event) => event.issueId));
}

async function lastEvents(
  tx: Tx,
  issues: readonly LockedBulkIssue[],
): Promise<Map<number, LastEvent>> {
  if (issues.length === 0) return new Map();
  const rows = await tx.$queryRaw<{ issue_id: number; at: Date; name: string | null }[]>`
    SELECT e.issue_id, e.at, u.name
      FROM unnest(${issues.map((i) => i.id)}::int[], ${issues.map((i) => i.version)}::int[]) AS s (id, version)
      JOIN issue_events e ON e.issue_id = s.id AND e.version = s.version
      LEFT JOIN users u ON u.id = e.actor_id`;
  return new Map(rows.map((row) => [row.issue_id, { at: row.at, by: row.name }]));
}

// A replay finds the issue as it is now; the first time, the move says what it became.
function decidedOutcome({ row, issue, judgement }: JudgedRow): RowOutcome {
  const now = judgement.ok ? judgement.move.next : issue?.state;
  const version = issue ? issue.version + (judgement.ok ? 1 : 0) : null;
  return {
    issueId: row.issueId,
    title: issue?.title ?? null,
    outcome: "decided",
    expected: row.expected ?? null,
    actual: now?.approved ?? null,
    status: now?.status ?? null,
    payoutStatus: now?.payoutStatus ?? null,
    version,
    ...{ by: null, at: null, batchId: null },
  };
}

function problemOutcome({ row, issue, judgement }: JudgedRow, last: LastEvent | null): RowOutcome {
  const suggested = issue ? suggestedAmountCentsFor(issue, issue.severity) : null;
  return {
    issueId: row.issueId,
    title: issue?.title ?? null,
    // Still to be decided, though the same post had not decided it: it was pending again when this was read.
    outcome: judgement.ok ? "stale" : judgement.problem,
    expected: row.expected ?? null,
    actual: issue?.state.approved ?? (issue?.state.payoutStatus === "pending" ? suggested : null),
    status: issue?.state.status ?? null,
    payoutStatus: issue?.state.payoutStatus ?? null,
    version: issue?.version ?? null,
    by: last?.by ?? null,
    at: last?.at ?? null,
    batchId: issue?.heldBy ?? null,
  };
}
