import { decisionBody } from "~/forms/decision-json";
import { apiAction } from "~/http/api-handler.server";
import { apiError } from "~/http/errors.server";
import { methodNotAllowed } from "~/http/method-not-allowed.server";
import { translatorOf } from "~/http/translator.server";
import { inboxNeighbours, WHOLE_INBOX } from "~/models/triage.server";
import { decide, NoSuchOriginal } from "~/models/triage-decision.server";

export const loader = methodNotAllowed("POST");

/** POST /api/admin/triage/decide (DESIGN 6): amounts in minor units of the cycle's currency. */
export const action = apiAction("admin", decisionBody, async ({ viewer, body, ...call }) => {
  try {
    const done = await decide(body, { actorId: viewer.id, at: new Date() });
    const { nextId } = await inboxNeighbours(done.id, WHOLE_INBOX);
    const { status, payoutStatus, approved } = done.state;
    const { amount = null, currency = null } = approved ?? {};
    return { issueId: done.id, status, payoutStatus, amount, currency, next: nextId };
  } catch (error) {
    if (!(error instanceof NoSuchOriginal)) throw error;
    const t = await translatorOf(call.request, call.context);
    return apiError(422, { fields: { duplicateOf: t("triage.noOriginal") } });
  }
});
