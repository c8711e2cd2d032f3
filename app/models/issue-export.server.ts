import { Prisma } from "~/generated/prisma/client";
import { issueConditions } from "./issue-conditions.server";
import {
  LISTED_COLUMNS,
  type ListedIssue,
  listedIssue,
  type IssueQuery,
  type ListedRow,
} from "./issue-list.server";
import { ISSUE_ORDERS_SQL } from "./issue-page-ids.server";
import { searchHits } from "./issue-search.server";
import { openRowCursor, type RowSource } from "./row-cursor.server";

export type ExportedIssue = ListedIssue & { readonly testerEmail: string };

type ExportedRow = ListedRow & { tester_email: string };

/**
 * Every issue that the list shows on all its pages, in its order, as it was when the file was asked for. Throws what
 * openRowCursor throws.
 */
export async function exportIssues(query: IssueQuery): Promise<RowSource<ExportedIssue>> {
  const { filter, reader, order } = query;
  const hits = await searchHits(filter.q);
  const where = Prisma.join(issueConditions(filter, reader, hits), " AND ");
  const { text, values } = Prisma.sql`
    SELECT ${LISTED_COLUMNS}, u.email AS tester_email
      FROM issues i JOIN test_cycles c ON c.id = i.cycle_id JOIN users u ON u.id = i.tester_id
      WHERE ${where} ORDER BY ${ISSUE_ORDERS_SQL[order]}`;
  const rows = await openRowCursor<ExportedRow>(text, values);
  return {
    next: async () =>
      (await rows.next()).map((row) => ({ ...listedIssue(row), testerEmail: row.tester_email })),
    close: () => rows.close(),
  };
}
