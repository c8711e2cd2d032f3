import { mayDo } from "~/domain/permission";
import { readIssueFilter } from "~/filters/issue-filter";
import { readIssueOrder } from "~/filters/issue-order";
import type { IssueQuery } from "~/models/issue-list.server";
import { settings } from "~/settings.server";
import type { Viewer } from "./viewer.server";

/** Filter and order in the URL of the issue list and of its CSV, for this reader. */
export function issueQuery(params: URLSearchParams, { id, role }: Viewer): IssueQuery {
  const asked = readIssueFilter(params);
  return {
    // Testers see only their own anyway; whom they name in the URL is nothing to them.
    filter: mayDo(role, "seeEverybodysIssues") ? asked : { ...asked, tester: null },
    order: readIssueOrder(params),
    reader: { id, role, zone: settings().TEAM_TIME_ZONE },
  };
}
