import { dateInZone } from "~/domain/team-date";
import { ownExportQuery } from "~/filters/payment-export";
import { apiLoader } from "~/http/api-handler.server";
import { apiQuery } from "~/http/api-query.server";
import { csvResponse } from "~/http/csv-response.server";
import { methodNotAllowed } from "~/http/method-not-allowed.server";
import { PAYMENT_COLUMNS } from "~/http/payment-csv";
import { actorOf } from "~/http/viewer.server";
import { recordAudit } from "~/models/audit.server";
import { exportOwnPayments } from "~/models/payment-export.server";
import { settings } from "~/settings.server";

/** GET /api/me/balance/export.csv (DESIGN 6): the viewer's own payments, whoever else the query may name. */
export const loader = apiLoader("viewer", async (call) => {
  const { separator, ...filter } = await apiQuery(ownExportQuery, call);
  const { viewer, context, request } = call;
  return csvResponse(request, {
    name: "tiyn-my-payments",
    date: dateInZone(new Date(), settings().TEAM_TIME_ZONE),
    separator,
    columns: PAYMENT_COLUMNS,
    open: async () => {
      await recordAudit({
        kind: "exported",
        ...actorOf(viewer),
        detail: { file: "own payments", ...filter },
        address: context.clientAddress,
      });
      return exportOwnPayments(viewer.id, filter);
    },
  });
});

export const action = methodNotAllowed("GET", "HEAD");
