import type { Tx } from "~/database/transaction.server";
import type { ImportRun, PlannedRow } from "./issue-import-run";

/**
 * Files the issues, all open and pending as the rules ask, in the order of the rows, each with its first event. That one
 * keeps what the file said, in which run and on which line, for the next run to compare with (domain/import-facts).
 * They travel as one JSON text, nothing in it twice. Returns ids by external_id.
 */
export async function fileIssues(
  tx: Tx,
  rows: readonly PlannedRow[],
  run: ImportRun,
): Promise<Map<string, number>> {
  const issues = rows.map(({ row, line, cycleId, testerId, facts }) => ({
    line,
    cycle: cycleId,
    tester: testerId,
    id: row.externalId,
    body: row.body,
    facts,
  }));
  const filed = await tx.$queryRaw<{ id: number; external_id: string }[]>`
    WITH x AS (
      SELECT line, cycle, tester, id AS external_id, body, facts, facts ->> 'title' AS title,
             (facts ->> 'severity')::severity AS severity, (facts ->> 'created_at')::timestamptz AS at
        FROM json_to_recordset(${JSON.stringify(issues)}::json)
          AS x (line int, cycle int, tester int, id text, body text, facts jsonb)
    ), filed AS (
      INSERT INTO issues (cycle_id, tester_id, severity, title, body, status, external_id, created_at, filed_at)
      SELECT x.cycle, x.tester, x.severity, x.title, x.body, 'open', x.external_id, x.at, x.at FROM x ORDER BY x.line
      RETURNING id, external_id
    ), told AS (
      INSERT INTO issue_events (issue_id, version, kind, at, actor_id, to_status, to_payout_status, detail)
      SELECT f.id, 1, 'filed', x.at, ${run.actorId}::int, 'open', 'pending',
             jsonb_build_object('imported', x.facts, 'import_run', ${run.id}::text, 'import_line', x.line)
        FROM filed f JOIN x USING (external_id) ORDER BY f.id
    )
    SELECT id, external_id FROM filed`;
  return new Map(filed.map(({ id, external_id }) => [external_id, id]));
}

export type FiledRow = PlannedRow & { readonly issueId: number };

/** Writes every event after the filing. `batchIds` has the batch that pays an issue. */
export async function insertEvents(
  tx: Tx,
  rows: readonly FiledRow[],
  batchIds: ReadonlyMap<number, number>,
  run: ImportRun,
): Promise<void> {
  // What is undefined is not in the JSON, and read as NULL: most of most events.
  const events = rows.flatMap(({ issueId, events: [, ...history] }) =>
    history.map(({ version, at, before, after, event }) => {
      const money = after.approved ?? event.money ?? undefined;
      return {
        issue: issueId,
        version,
        kind: event.kind,
        at,
        from: before?.status,
        to: after.status,
        from_payout: before?.payoutStatus,
        to_payout: after.payoutStatus,
        amount: money?.amount,
        currency: money?.currency,
        reason: event.reason ?? undefined,
        note: event.note ?? undefined,
        batch: event.kind === "paid" ? batchIds.get(issueId) : undefined,
      };
    }),
  );
  if (events.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO issue_events
      (issue_id, version, kind, at, actor_id, from_status, to_status, from_payout_status, to_payout_status,
       amount, currency, reason, note, batch_id)
    SELECT x.issue, x.version, x.kind, x.at, ${run.actorId}::int, x."from", x."to", x.from_payout, x.to_payout,
           x.amount, x.currency, x.reason, x.note, x.batch
      FROM json_to_recordset(${JSON.stringify(events)}::json) AS x (
        issue int, version int, kind issue_event_kind, at timestamptz, "from" issue_status, "to" issue_status,
        from_payout payout_status, to_payout payout_status, amount bigint, currency currency, reason text, note text,
        batch int)
      ORDER BY x.issue, x.version`;
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
