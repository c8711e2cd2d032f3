import { type ActionFunctionArgs, redirect } from "@remix-run/node";
import { methodNotAllowed } from "~/http/method-not-allowed.server";
import { loginPath } from "~/http/paths";
import { finishSession } from "~/http/session.server";
import { unauthenticated, viewerOf } from "~/http/viewer.server";

export { ErrorBoundary } from "~/root";

export const loader = methodNotAllowed("POST");

export async function action({ request, context }: ActionFunctionArgs) {
  const viewer = await viewerOf(request, context);
  // Not requireViewer: there is nothing here to keep and send again.
  if (!viewer) throw unauthenticated();
  const headers = { "Set-Cookie": await finishSession(viewer, context) };
  return redirect(loginPath(), { status: 303, headers });
}
