import { mayDo, type Role } from "~/domain/permission";
import { dayRange } from "~/domain/team-date";
import type { IssueFilter } from "~/filters/issue-filter";
import { Prisma } from "~/generated/prisma/client";
import { type SearchHits, searched } from "./issue-search.server";

/** Who reads the list, and in which zone its dates are meant. */
export type IssueReader = {
  readonly id: number;
  readonly role: Role;
  /** The team's, IANA. */
  readonly zone: string;
};

/**
 * Everything that stands in the WHERE of the issue list, its count, its sums and its CSV; the table is `i`. What the
 * reader may not see is out by the first condition already (DESIGN 7). `hits`: those of the filter's text, if the caller
 * has looked them up, which keeps a search bounded.
 */
export function issueConditions(
  filter: IssueFilter,
  reader: IssueReader,
  hits?: SearchHits,
): Prisma.Sql[] {
  const { q, cycle, severity, status, payoutStatus, tester } = filter;
  const { from, before } = dayRange(filter.from, filter.to, reader.zone);
  return [
    visibleTo(reader),
    cycle === null ? null : Prisma.sql`i.cycle_id = ${cycle}::int`,
    severity === null ? null : Prisma.sql`i.severity = ${severity}::severity`,
    status === null ? null : Prisma.sql`i.status = ${status}::issue_status`,
    payoutStatus === null ? null : Prisma.sql`i.payout_status = ${payoutStatus}::payout_status`,
    // A draft owes nobody a decision.
    payoutStatus === "pending" ? Prisma.sql`i.status <> 'draft'` : null,
    tester === null ? null : Prisma.sql`i.tester_id = ${tester}::int`,
    from === null ? null : Prisma.sql`i.filed_at >= ${from}::timestamptz`,
    before === null ? null : Prisma.sql`i.filed_at < ${before}::timestamptz`,
    q === null ? null : searched(q, hits),
  ].filter((condition) => condition !== null);
}

// Testers see their own; admins see all that is filed. A draft belongs to its writer alone.
function visibleTo({ id, role }: IssueReader): Prisma.Sql {
  return mayDo(role, "seeEverybodysIssues")
    ? Prisma.sql`(i.filed_at IS NOT NULL OR i.tester_id = ${id}::int)`
    : Prisma.sql`i.tester_id = ${id}::int`;
}
