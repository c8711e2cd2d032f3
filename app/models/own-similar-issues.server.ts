import { db } from "~/database/client.server";
import type { IssueStatus } from "~/domain/issue-status";

export type SimilarIssue = {
  readonly id: number;
  readonly title: string;
  readonly status: IssueStatus;
  readonly filedAt: Date;
};

/** As pg_trgm counts: the share of three-letter pieces that two titles have in common. */
const LOOKS_THE_SAME = 0.45;
const MOST_OFFERED = 3;

type Asked = {
  readonly title: string;
  readonly testerId: number;
  readonly cycleId: number;
  /** The issue itself, once it is a draft; and whatever its form has filed already. */
  readonly issueId: number | null;
  readonly key: string | null;
};

/**
 * The tester's own filed issues of that cycle whose titles look the same, the likest first. Nobody else's: what others
 * filed is not theirs to see.
 */
export function ownSimilarIssues(asked: Asked): Promise<SimilarIssue[]> {
  const { title, testerId, cycleId, issueId, key } = asked;
  return db().$queryRaw<SimilarIssue[]>`
    SELECT id, title, status, filed_at AS "filedAt" FROM issues
    WHERE tester_id = ${testerId} AND cycle_id = ${cycleId} AND status <> 'draft'
      AND title % ${title} AND similarity(title, ${title}) >= ${LOOKS_THE_SAME}
      AND id IS DISTINCT FROM ${issueId}::int AND (filing_key IS NULL OR filing_key IS DISTINCT FROM ${key}::text)
    ORDER BY similarity(title, ${title}) DESC, id DESC LIMIT ${MOST_OFFERED}`;
}
