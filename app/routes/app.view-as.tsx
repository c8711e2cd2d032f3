import type { ActionFunctionArgs } from "@remix-run/node";
import { badRequest } from "~/http/errors.server";
import { redirectWithFlash } from "~/http/flash.server";
import { readForm } from "~/http/form-data";
import { methodNotAllowed } from "~/http/method-not-allowed.server";
import { homePath, userPath } from "~/http/paths";
import { translatorOf } from "~/http/translator.server";
import { readOnly, unauthenticated, viewerOf } from "~/http/viewer.server";
import { stopView } from "~/models/view-as.server";

export { ErrorBoundary } from "~/root";

export const loader = methodNotAllowed("POST");

/** The end of a view, and the page that refuses every other post meanwhile (http/admit.server.ts). */
export async function action({ request, context }: ActionFunctionArgs) {
  // Not requireViewer, which refuses what is posted during a view.
  const viewer = await viewerOf(request, context);
  if (!viewer) throw unauthenticated();
  const form = await readForm(request);
  if (form.get("intent") !== "stop")
    throw viewer.viewedBy || context.formOfView ? await readOnly(request, context) : badRequest();
  const t = await translatorOf(request, context);
  const stopped = await stopView(viewer.sessionId, "asked");
  // The 30 minutes may have been over when the button was pressed.
  const text = t(stopped ? "people.viewAs.stopped" : "people.viewAs.wasOver");
  return redirectWithFlash(stopped ? userPath(stopped.userId) : homePath(), { tone: "info", text });
}

export default function Nothing() {
  return null;
}
