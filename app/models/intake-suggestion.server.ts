import { z } from "zod";
import { db } from "~/database/client.server";
import type { Tx } from "~/database/transaction.server";
import type { IssueStatus } from "~/domain/issue-status";
import { SEVERITIES } from "~/domain/severity";
import type { IntakeSuggestion, Trouble } from "~/domain/suggestion";
import type { SuggestionState } from "~/generated/prisma/client";

/** What a page shows of it: never waited for, only read. */
export type IntakeView = {
  /** Of the last request for one about the text as it stands; null when nobody has asked. */
  readonly state: SuggestionState | null;
  readonly trouble: Trouble | null;
  readonly suggestion: KeptIntake | null;
};

export type KeptIntake = Omit<IntakeSuggestion, "duplicateOf"> & {
  readonly duplicate: Original | null;
  readonly model: string;
  readonly at: Date;
};

type Original = { readonly id: number; readonly title: string; readonly status: IssueStatus };

/** As intakeOf() made it; whatever else stands in the table is shown to nobody. */
const KEPT = z.object({
  summary: z.string(),
  severity: z.enum(SEVERITIES),
  severityReason: z.string(),
  duplicateOf: z.int().nullable(),
  duplicateReason: z.string().nullable(),
  lacks: z.array(z.string()),
});

type Row = {
  state: SuggestionState | null;
  trouble: Trouble | null;
  answer: unknown;
  model: string | null;
  at: Date | null;
  originalId: number | null;
  originalTitle: string | null;
  originalStatus: IssueStatus | null;
};

/** The suggestion about an issue's text as it is now: one look along an index. */
export async function intakeSuggestion(issueId: number): Promise<IntakeView> {
  const [row] = await db().$queryRaw<Row[]>`
    SELECT last.state, last.trouble, best.answer, best.model, best.at,
           o.id AS "originalId", o.title AS "originalTitle", o.status AS "originalStatus"
      FROM (SELECT i.id, suggestion_hash(i.title, i.body) AS hash FROM issues i WHERE i.id = ${issueId}) i
      LEFT JOIN LATERAL (
        SELECT j.state, j.trouble FROM suggestion_jobs j
         WHERE j.issue_id = i.id AND j.content_hash = i.hash ORDER BY j.id DESC LIMIT 1) last ON true
      LEFT JOIN LATERAL (
        SELECT a.answer, a.at, c.model
          FROM suggestion_jobs j
          JOIN suggestion_answers a ON a.job_id = j.id AND a.outcome = 'answered'
          JOIN suggestion_calls c ON c.id = a.call_id
         WHERE j.issue_id = i.id AND j.content_hash = i.hash ORDER BY j.id DESC LIMIT 1) best ON true
      LEFT JOIN issues o ON o.id = (best.answer ->> 'duplicateOf')::int AND o.id <> i.id AND o.status <> 'draft'`;
  return row ? viewOf(row) : { state: null, trouble: null, suggestion: null };
}

function viewOf({ state, trouble, model, at, ...row }: Row): IntakeView {
  const kept = KEPT.safeParse(row.answer).data;
  if (!kept || !model || !at) return { state, trouble, suggestion: null };
  const { duplicateOf: _, ...told } = kept;
  const { originalId: id, originalTitle: title, originalStatus: status } = row;
  const duplicate = id !== null && title && status ? { id, title, status } : null;
  return { state, trouble, suggestion: { ...told, duplicate, model, at } };
}

/** Asks for one about an issue as it stands, once; `askedBy` another one, unless one is under way. Whether it did. */
export async function askForIntake(
  issueId: number,
  askedBy: number | null = null,
  tx: Tx = db(),
): Promise<boolean> {
  const asked = await tx.$queryRaw<{ id: number }[]>`
    INSERT INTO suggestion_jobs (kind, issue_id, content_hash, round, asked_by)
    SELECT 'intake', i.id, i.hash,
           CASE WHEN ${askedBy}::int IS NULL THEN 1
                ELSE 1 + (SELECT count(*) FROM suggestion_jobs j WHERE j.issue_id = i.id AND j.content_hash = i.hash) END,
           ${askedBy}::int
      FROM (SELECT id, suggestion_hash(title, body) AS hash FROM issues
             WHERE id = ${issueId} AND status <> 'draft') i
    ON CONFLICT DO NOTHING RETURNING id`;
  return asked.length > 0;
}

/** How much of the inbox, from its top, is looked at before anybody opens it. */
const LOOKED_AHEAD = 30;

/**
 * Asks for what an admin will read next: the top of the inbox, worst and newest first, where nobody has asked yet. So an
 * inbox of thousands costs no more than is read of it. How many were asked for.
 */
export async function askForTopOfInbox(): Promise<number> {
  return db().$executeRaw`
    INSERT INTO suggestion_jobs (kind, issue_id, content_hash)
    SELECT 'intake', i.id, i.hash
      FROM (SELECT i.id, suggestion_hash(i.title, i.body) AS hash, i.severity, i.filed_at FROM issues i
             WHERE i.status = 'open' AND i.payout_status = 'pending'
               AND i.cycle_id = ANY (ARRAY(SELECT c.id FROM test_cycles c WHERE c.status = 'open'))
             ORDER BY i.severity DESC, i.filed_at DESC, i.id DESC LIMIT ${LOOKED_AHEAD}) i
     WHERE NOT EXISTS (SELECT FROM suggestion_jobs j WHERE j.issue_id = i.id
                          AND (j.content_hash = i.hash OR j.state IN ('waiting', 'working')))
     ORDER BY i.severity DESC, i.filed_at DESC, i.id DESC
    ON CONFLICT DO NOTHING`;
}
