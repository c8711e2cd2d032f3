import type { ActionFunctionArgs } from "@remix-run/node";
import { readForm } from "~/http/form-data";
import { methodNotAllowed } from "~/http/method-not-allowed.server";
import { translatorOf } from "~/http/translator.server";
import { carryOut } from "~/http/triage-decision.server";
import { requireAdmin } from "~/http/viewer.server";

/** The same forms as Triage itself takes, sent in the background while the next issue is already shown. */
export async function action({ request, context }: ActionFunctionArgs): Promise<Response> {
  const viewer = await requireAdmin(request, context);
  const t = await translatorOf(request, context);
  const carried = await carryOut(
    await readForm(request),
    { actorId: viewer.id, at: new Date() },
    t,
  );
  if (!carried.ok) return Response.json({ answer: carried.answer }, { status: carried.status });
  const { id, version } = carried.done;
  return Response.json({ done: { id, version } });
}

export const loader = methodNotAllowed("POST");
