import { db } from "~/database/client.server";
import type { InboxCount } from "~/domain/inbox-counts";
import type { Money } from "~/domain/money";
import { payoutRatesFrom, suggestedAmountCentsFor } from "~/domain/rates";
import type { InboxPlace, InboxScope } from "~/filters/triage-filter";
import { Prisma } from "~/generated/prisma/client";
import { searched } from "./issue-search.server";

// The inbox of DESIGN 4. Every query here walks issues_inbox_idx, which holds the inbox and nothing else, in its
// order; so its cost grows with what waits for a decision and not with the years behind it.

/** Rows of the list on one page. */
export const INBOX_PAGE = 50;

export const WHOLE_INBOX: InboxScope = { cycleId: null, severity: null, q: null };

export type InboxIssue = InboxPlace & {
  readonly version: number;
  readonly title: string;
  readonly createdAt: Date;
  readonly cycle: { readonly id: number; readonly name: string };
  readonly tester: { readonly id: number; readonly name: string };
  /** Null when the cycle has no rate for this severity (DESIGN 2). */
  readonly suggested: Money | null;
};

/** The inbox counted, by the name of the cycle; with `q` only what matches that. */
export function inboxCounts(q: string | null = null): Promise<InboxCount[]> {
  const matching = q === null ? Prisma.empty : Prisma.sql`AND ${searched(q)}`;
  return db().$queryRaw<InboxCount[]>`
    SELECT c.id AS "cycleId", c.name AS "cycleName", n.severity, n.issues
      FROM (
        SELECT i.cycle_id, i.severity, count(*)::int AS issues FROM issues i
          WHERE i.status = 'open' AND i.payout_status = 'pending' ${matching} GROUP BY i.cycle_id, i.severity
      ) n
      JOIN test_cycles c ON c.id = n.cycle_id AND c.status = 'open'
      ORDER BY c.name, c.id, n.severity DESC`;
}

type PageRow = Omit<InboxIssue, "cycle" | "tester" | "suggested"> & {
  cycle_id: number;
  cycle_name: string;
  metadata: unknown;
  tester_id: number;
  tester_name: string;
};

/** One page of the list after a place in it; `next` is the place to go on from, null at the end. */
export async function inboxPage(
  scope: InboxScope,
  after: InboxPlace | null,
  size = INBOX_PAGE,
): Promise<{ issues: InboxIssue[]; next: InboxPlace | null }> {
  const start = after ? Prisma.sql`AND ${PLACE} < ${placeRow(after)}` : Prisma.empty;
  // The ids first, from the index alone; only what is shown is read from the table.
  const rows = await db().$queryRaw<PageRow[]>`
    SELECT p.id, p.severity, p.filed_at AS "filedAt", i.version, i.title, i.created_at AS "createdAt",
           c.id AS cycle_id, c.name AS cycle_name, c.metadata, u.id AS tester_id, u.name AS tester_name
      FROM (
        SELECT i.id, i.severity, i.filed_at FROM issues i
          WHERE ${inInbox(scope)} ${start} ORDER BY ${WORST_FIRST} LIMIT ${size + 1}
      ) p
      JOIN issues i ON i.id = p.id
      JOIN test_cycles c ON c.id = i.cycle_id
      JOIN users u ON u.id = i.tester_id
      ORDER BY p.severity DESC, p.filed_at DESC, p.id DESC`;
  const issues = rows.slice(0, size).map(inboxIssue);
  return { issues, next: rows.length > size ? (issues.at(-1) ?? null) : null };
}

function inboxIssue(row: PageRow): InboxIssue {
  const { cycle_id, cycle_name, metadata, tester_id, tester_name, ...issue } = row;
  return {
    ...issue,
    cycle: { id: cycle_id, name: cycle_name },
    tester: { id: tester_id, name: tester_name },
    suggested: suggestedAmountCentsFor({ payoutRates: payoutRatesFrom(metadata) }, row.severity),
  };
}

export type InboxNeighbours = {
  readonly title: string;
  readonly previousId: number | null;
  readonly nextId: number | null;
};

/**
 * The issues before and after this one in the inbox. It need not be there itself: after a decision its place still is,
 * and the one behind it comes next.
 */
export async function inboxNeighbours(
  issueId: number,
  scope: InboxScope,
): Promise<InboxNeighbours> {
  const here = Prisma.sql`(here.severity, here.filed_at, here.id)`;
  const [found] = await db().$queryRaw<InboxNeighbours[]>`
    SELECT here.title,
           (SELECT i.id FROM issues i WHERE ${inInbox(scope)} AND ${PLACE} > ${here}
              ORDER BY i.severity, i.filed_at, i.id LIMIT 1) AS "previousId",
           (SELECT i.id FROM issues i WHERE ${inInbox(scope)} AND ${PLACE} < ${here}
              ORDER BY ${WORST_FIRST} LIMIT 1) AS "nextId"
      FROM issues here WHERE here.id = ${issueId} AND here.status <> 'draft'`;
  return found ?? NO_NEIGHBOURS;
}

export const NO_NEIGHBOURS: InboxNeighbours = { title: "", previousId: null, nextId: null };

/** What was decided since then and still stands, for an inbox that is empty. */
export async function decidedSince(at: Date): Promise<{ approved: number; rejected: number }> {
  const [decided] = await db().$queryRaw<[{ approved: number; rejected: number }]>`
    SELECT count(*) FILTER (WHERE e.kind = 'approved')::int AS approved,
           count(*) FILTER (WHERE e.kind = 'rejected')::int AS rejected
      FROM issue_events e
      WHERE e.at >= ${at} AND e.kind IN ('approved', 'rejected')
        AND NOT EXISTS (
          SELECT FROM issue_events u
            WHERE u.issue_id = e.issue_id AND u.version = e.version + 1 AND u.kind = 'undone')`;
  return decided;
}

const PLACE = Prisma.sql`(i.severity, i.filed_at, i.id)`;
const WORST_FIRST = Prisma.sql`i.severity DESC, i.filed_at DESC, i.id DESC`;

function placeRow({ severity, filedAt, id }: InboxPlace): Prisma.Sql {
  return Prisma.sql`(${severity}::severity, ${filedAt}::timestamptz, ${id}::int)`;
}

// The open cycles as an array: as a join they tempt the planner to sort the whole inbox for its first page.
function inInbox({ cycleId, severity, q }: InboxScope): Prisma.Sql {
  return Prisma.sql`
    i.status = 'open' AND i.payout_status = 'pending'
    AND i.cycle_id = ANY (ARRAY(SELECT c.id FROM test_cycles c WHERE c.status = 'open'))
    ${cycleId === null ? Prisma.empty : Prisma.sql`AND i.cycle_id = ${cycleId}`}
    ${severity === null ? Prisma.empty : Prisma.sql`AND i.severity = ${severity}::severity`}
    ${q === null ? Prisma.empty : Prisma.sql`AND ${searched(q)}`}`;
}
