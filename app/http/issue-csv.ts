import { mayDo } from "~/domain/permission";
import { dateInZone } from "~/domain/team-date";
import type { ExportedIssue } from "~/models/issue-export.server";
import type { IssueReader } from "~/models/issue-conditions.server";
import type { CsvColumn } from "./csv-response.server";

/** What the table shows, one column each; the tester only for admins. A draft has no filing date. */
export function issueColumns({ role, zone }: IssueReader): readonly CsvColumn<ExportedIssue>[] {
  const tester: readonly CsvColumn<ExportedIssue>[] = [
    { name: "tester_name", text: (issue) => issue.tester.name },
    { name: "tester_email", text: (issue) => issue.testerEmail },
  ];
  return [
    { name: "id", plain: (issue) => issue.id },
    { name: "filed_on", plain: ({ filedAt }) => filedAt && dateInZone(filedAt, zone) },
    { name: "cycle_name", text: (issue) => issue.cycle.name },
    ...(mayDo(role, "seeEverybodysIssues") ? tester : []),
    { name: "severity", plain: (issue) => issue.severity },
    { name: "issue_title", text: (issue) => issue.title },
    { name: "status", plain: (issue) => issue.status },
    { name: "payout_status", plain: (issue) => issue.payoutStatus },
    { name: "approved_amount", amount: ({ approved }) => approved?.amount ?? null },
    { name: "suggested_amount", amount: ({ suggested }) => suggested?.amount ?? null },
    {
      name: "currency",
      plain: ({ approved, suggested }) => (approved ?? suggested)?.currency ?? null,
    },
  ];
}
