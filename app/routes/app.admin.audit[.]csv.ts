import type { LoaderFunctionArgs } from "@remix-run/node";
import { dateInZone } from "~/domain/team-date";
import { readAuditFilter } from "~/filters/audit-filter";
import { readCsvSeparator } from "~/filters/csv-separator";
import { AUDIT_COLUMNS } from "~/http/audit-csv";
import { csvResponse } from "~/http/csv-response.server";
import { methodNotAllowed } from "~/http/method-not-allowed.server";
import { actorOf, requireAdmin } from "~/http/viewer.server";
import { exportAudit } from "~/models/audit-list.server";
import { recordAudit } from "~/models/audit.server";
import { settings } from "~/settings.server";

/** The very lines that /app/admin/audit shows with the same filter, on all its pages. */
export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireAdmin(request, context);
  const { searchParams } = new URL(request.url);
  const filter = readAuditFilter(searchParams);
  const zone = settings().TEAM_TIME_ZONE;
  return csvResponse(request, {
    name: "tiyn-audit",
    date: dateInZone(new Date(), zone),
    separator: readCsvSeparator(searchParams),
    columns: AUDIT_COLUMNS,
    open: async () => {
      const detail = { file: "audit", ...filter };
      const address = context.clientAddress;
      await recordAudit({ kind: "exported", ...actorOf(viewer), detail, address });
      return exportAudit(filter, zone);
    },
  });
}

export const action = methodNotAllowed("GET", "HEAD");
