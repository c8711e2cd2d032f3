import type { LoaderFunctionArgs } from "@remix-run/node";
import { dateInZone } from "~/domain/team-date";
import { activeFilters } from "~/filters/issue-filter";
import { readCsvSeparator } from "~/filters/csv-separator";
import { csvResponse } from "~/http/csv-response.server";
import { issueColumns } from "~/http/issue-csv";
import { issueQuery } from "~/http/issue-query.server";
import { methodNotAllowed } from "~/http/method-not-allowed.server";
import { actorOf, requireViewer } from "~/http/viewer.server";
import { recordAudit } from "~/models/audit.server";
import { exportIssues } from "~/models/issue-export.server";

/** GET /app/issues.csv: the very issues that /app/issues shows with the same filters, on all its pages. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  const { searchParams } = new URL(request.url);
  const query = issueQuery(searchParams, viewer);
  const { filter, order, reader } = query;
  const named: Record<string, string | number | null> = {};
  for (const name of activeFilters(filter)) named[name] = filter[name];
  return csvResponse(request, {
    name: "tiyn-issues",
    date: dateInZone(new Date(), reader.zone),
    separator: readCsvSeparator(searchParams),
    columns: issueColumns(reader),
    open: async () => {
      await recordAudit({
        kind: "exported",
        ...actorOf(viewer),
        detail: { file: "issues", sort: order, ...named },
        address: context.clientAddress,
      });
      return exportIssues(query);
    },
  });
}

export const action = methodNotAllowed("GET", "HEAD");
