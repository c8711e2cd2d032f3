import { dateInZone } from "~/domain/team-date";
import { allExportQuery } from "~/filters/payment-export";
import { apiLoader } from "~/http/api-handler.server";
import { apiQuery } from "~/http/api-query.server";
import { csvResponse } from "~/http/csv-response.server";
import { apiError } from "~/http/errors.server";
import { methodNotAllowed } from "~/http/method-not-allowed.server";
import { TESTER_PAYMENT_COLUMNS } from "~/http/payment-csv";
import { translatorOf } from "~/http/translator.server";
import { recordAudit } from "~/models/audit.server";
import { exportAllPayments, isSomebody } from "~/models/payment-export.server";
import { settings } from "~/settings.server";

/** GET /api/admin/payouts/export.csv (DESIGN 6): everybody's payments, or one tester's. */
export const loader = apiLoader("admin", async (call) => {
  const { separator, ...filter } = await apiQuery(allExportQuery, call);
  const { viewer, context, request } = call;
  const { testerId } = filter;
  if (testerId !== undefined && !(await isSomebody(testerId))) {
    const t = await translatorOf(request, context);
    return apiError(422, { fields: { testerId: t("refusals.notFound") } });
  }
  return csvResponse(request, {
    name: "tiyn-payments",
    date: dateInZone(new Date(), settings().TEAM_TIME_ZONE),
    separator,
    columns: TESTER_PAYMENT_COLUMNS,
    open: async () => {
      await recordAudit({
        kind: "exported",
        actorId: viewer.id,
        subjectId: testerId ?? null,
        detail: { file: "payments", ...filter },
        address: context.clientAddress,
      });
      return exportAllPayments(filter);
    },
  });
});

export const action = methodNotAllowed("GET", "HEAD");
