import { sqlState } from "~/database/errors";
import { type Tx, transaction } from "~/database/transaction.server";
import type { IssueStatus } from "~/domain/issue-status";
import { Prisma } from "~/generated/prisma/client";

/** Another issue that tells much the same. */
export type SimilarIssue = {
  readonly id: number;
  readonly title: string;
  readonly status: IssueStatus;
  readonly cycleId: number;
  readonly cycleName: string;
};

/** So that a cycle of many alike issues does not hide the same title in another one. */
const MOST_SAME_CYCLE = 5;
const MOST_OTHER_CYCLES = 3;
/** Of the same cycle, newest first: looked at one by one, whatever the index says. */
const RECENT_COMPARED = 300;
/** Of a body: what comes after this rarely tells two reports apart, and costs. */
const BODY_COMPARED = 400;
/** Titles at least this alike are looked for among all issues. */
const TITLE_THRESHOLD = "0.4";
/** And something less alike, by its text too, is shown when it is in the same cycle. */
const LEAST_LIKENESS = 0.25;
/** The search through all issues grows with them; a suggestion is not worth more than this. */
const LONGEST_SEARCH = "250ms";
const QUERY_CANCELED = "57014";

/**
 * What this issue may repeat: trigram similarity of title and text, those of the same cycle first. The recent ones of
 * its cycle are compared in full; all others are found by their title through the index, as long as that is quick.
 */
export async function similarIssues(issueId: number): Promise<SimilarIssue[]> {
  try {
    return await transaction(async (tx) => {
      // The planner takes a trigram comparison for a cheap one, and would rather make all of them than ask the index.
      await tx.$queryRaw`SELECT set_config('pg_trgm.similarity_threshold', ${TITLE_THRESHOLD}, true),
                                set_config('statement_timeout', ${LONGEST_SEARCH}, true),
                                set_config('enable_seqscan', 'off', true)`;
      return search(tx, issueId, Prisma.sql`UNION ${ALIKE_ANYWHERE}`);
    });
  } catch (error) {
    if (sqlState(error) !== QUERY_CANCELED) throw error;
    return transaction((tx) => search(tx, issueId, Prisma.empty));
  }
}

const ALIKE_ANYWHERE = Prisma.sql`
  SELECT s.issue_id AS id FROM issue_search s, here WHERE s.title % here.title`;

const BODY = Prisma.sql`latin_letters(left(i.body, ${BODY_COMPARED}))`;

// By the letters of issue_search: trigrams know no Cyrillic ones where the database's locale is C.
function search(tx: Tx, issueId: number, elsewhere: Prisma.Sql): Promise<SimilarIssue[]> {
  return tx.$queryRaw<SimilarIssue[]>`
    WITH here AS (
      SELECT i.id, i.cycle_id, s.title, ${BODY} AS body
        FROM issues i JOIN issue_search s ON s.issue_id = i.id WHERE i.id = ${issueId}
    ),
    candidates AS (
      (SELECT i.id FROM issues i JOIN here ON i.cycle_id = here.cycle_id
        WHERE i.status <> 'draft' ORDER BY i.filed_at DESC, i.id DESC LIMIT ${RECENT_COMPARED})
      ${elsewhere}
    ),
    compared AS (
      SELECT i.id, i.title, i.status, i.cycle_id, i.cycle_id = here.cycle_id AS same_cycle,
             CASE WHEN here.body = '' OR i.body = '' THEN similarity(s.title, here.title)
                  ELSE 0.7 * similarity(s.title, here.title) + 0.3 * similarity(${BODY}, here.body)
             END AS likeness
        FROM candidates JOIN issues i USING (id) JOIN issue_search s ON s.issue_id = i.id, here
        WHERE i.id <> here.id AND i.status <> 'draft'
    ),
    ranked AS (
      SELECT *, row_number() OVER (PARTITION BY same_cycle ORDER BY likeness DESC, id) AS place
        FROM compared WHERE likeness >= ${LEAST_LIKENESS}
    )
    SELECT s.id, s.title, s.status, c.id AS "cycleId", c.name AS "cycleName"
      FROM ranked s JOIN test_cycles c ON c.id = s.cycle_id
      WHERE s.place <= CASE WHEN s.same_cycle THEN ${MOST_SAME_CYCLE}::int ELSE ${MOST_OTHER_CYCLES}::int END
      ORDER BY s.same_cycle DESC, s.likeness DESC, s.id`;
}
