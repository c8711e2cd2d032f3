import { dayRange } from "~/domain/team-date";
import type { IssueFilter } from "~/filters/issue-filter";
import { MAX_ROW_ID } from "~/forms/field-types";
import { Prisma } from "~/generated/prisma/client";

/** Who reads the list, and in which zone its dates are meant. */
export type IssueReader = {
  readonly id: number;
  readonly role: "tester" | "admin";
  /** The team's, IANA. */
  readonly zone: string;
};

/**
 * Everything that stands in the WHERE of the issue list, its count, its sums and its CSV; the table is `i`. What the
 * reader may not see is out by the first condition already (DESIGN 7).
 */
export function issueConditions(filter: IssueFilter, reader: IssueReader): Prisma.Sql[] {
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
    q === null ? null : searched(q),
  ].filter((condition) => condition !== null);
}

// Testers see their own; admins see all that is filed. A draft belongs to its writer alone.
function visibleTo({ id, role }: IssueReader): Prisma.Sql {
  return role === "admin"
    ? Prisma.sql`(i.filed_at IS NOT NULL OR i.tester_id = ${id}::int)`
    : Prisma.sql`i.tester_id = ${id}::int`;
}

function searched(q: string): Prisma.Sql {
  const pattern = `%${q.replace(/[\\%_]/g, "\\$&")}%`;
  const number = Number(/^#?([1-9]\d{0,9})$/.exec(q)?.[1]);
  const isNumber = number <= MAX_ROW_ID;
  return isNumber
    ? Prisma.sql`(i.id = ${number}::int OR i.title ILIKE ${pattern} OR i.body ILIKE ${pattern})`
    : Prisma.sql`(i.title ILIKE ${pattern} OR i.body ILIKE ${pattern})`;
}
