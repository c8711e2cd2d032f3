import type { Tx } from "~/database/transaction.server";
import type { ImportRun, PlannedRow } from "./issue-import-run";

/**
 * Files the issues, all open and pending as the rules ask, in the order of the rows. Returns ids by external_id. They
 * travel as one JSON text, typed by the statement that unpacks it.
 */
export async function insertIssues(
  tx: Tx,
  rows: readonly PlannedRow[],
): Promise<Map<string, number>> {
  const issues = rows.map(({ row, line, cycleId, testerId }) => ({
    line,
    cycle_id: cycleId,
    tester_id: testerId,
    severity: row.severity,
    title: row.title,
    body: row.body,
    external_id: row.externalId,
    created_at: row.createdAt,
  }));
  const inserted = await tx.$queryRaw<{ id: number; external_id: string }[]>`
    INSERT INTO issues (cycle_id, tester_id, severity, title, body, status, external_id, created_at, filed_at)
    SELECT x.cycle_id, x.tester_id, x.severity, x.title, x.body, 'open', x.external_id, x.created_at, x.created_at
      FROM json_to_recordset(${JSON.stringify(issues)}::json) AS x (
        line int, cycle_id int, tester_id int, severity severity, title text, body text, external_id text,
        created_at timestamptz)
      ORDER BY x.line
    RETURNING id, external_id`;
  return new Map(inserted.map(({ id, external_id }) => [external_id, id]));
}

export type FiledRow = PlannedRow & { readonly issueId: number };

/**
 * Writes every event of every row. The first keeps what the file said, in which run and on which line, for the next
 * run to compare with (domain/import-facts). `batchIds` has the batch that pays an issue.
 */
export async function insertEvents(
  tx: Tx,
  rows: readonly FiledRow[],
  batchIds: ReadonlyMap<number, number>,
  run: ImportRun,
): Promise<void> {
  // What is undefined is not in the JSON, and read as NULL: most of most events.
  const events = rows.flatMap(({ issueId, line, facts, events: history }) =>
    history.map(({ version, at, before, after, event }) => {
      const money = after.approved ?? event.money ?? undefined;
      return {
        issue_id: issueId,
        version,
        kind: event.kind,
        at,
        from_status: before?.status,
        to_status: after.status,
        from_payout_status: before?.payoutStatus,
        to_payout_status: after.payoutStatus,
        amount: money?.amount,
        currency: money?.currency,
        reason: event.reason ?? undefined,
        note: event.note ?? undefined,
        detail:
          version === 1 ? { imported: facts, import_run: run.id, import_line: line } : undefined,
        batch_id: event.kind === "paid" ? batchIds.get(issueId) : undefined,
      };
    }),
  );
  await tx.$executeRaw`
    INSERT INTO issue_events
      (issue_id, version, kind, at, actor_id, from_status, to_status, from_payout_status, to_payout_status,
       amount, currency, reason, note, detail, batch_id)
    SELECT x.issue_id, x.version, x.kind, x.at, ${run.actorId}::int, x.from_status, x.to_status,
           x.from_payout_status, x.to_payout_status, x.amount, x.currency, x.reason, x.note, x.detail, x.batch_id
      FROM json_to_recordset(${JSON.stringify(events)}::json) AS x (
        issue_id int, version int, kind issue_event_kind, at timestamptz, from_status issue_status,
        to_status issue_status, from_payout_status payout_status, to_payout_status payout_status, amount bigint,
        currency currency, reason text, note text, detail jsonb, batch_id int)
      ORDER BY x.issue_id, x.version`;
}

/** The next version of an issue, to which its event of that number leads. */
export type Step = { readonly issueId: number; readonly version: number };

/** Takes each issue to the version of its step. Returns how many moved. */
export function advance(tx: Tx, steps: readonly Step[], actorId: number | null): Promise<number> {
  return tx.$executeRaw`
    UPDATE issues i
      SET status = e.to_status, payout_status = e.to_payout_status, version = e.version,
          approved_amount = CASE WHEN e.to_payout_status IN ('approved', 'paid', 'void') THEN e.amount END,
          approved_currency = CASE WHEN e.to_payout_status IN ('approved', 'paid', 'void') THEN e.currency END,
          approved_at = CASE WHEN e.kind = 'approved' THEN e.at ELSE i.approved_at END,
          approved_by = CASE WHEN e.kind = 'approved' THEN ${actorId}::int ELSE i.approved_by END
      FROM unnest(${steps.map((step) => step.issueId)}::int[], ${steps.map((step) => step.version)}::int[])
             AS x (issue_id, version)
      JOIN issue_events e ON e.issue_id = x.issue_id AND e.version = x.version
      WHERE i.id = x.issue_id AND i.version = x.version - 1`;
}
