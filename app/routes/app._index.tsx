import { type LoaderFunctionArgs, redirect } from "@remix-run/node";
import { mayOpen } from "~/domain/permission";
import { methodNotAllowed } from "~/http/method-not-allowed.server";
import { balancePath, triagePath } from "~/http/paths";
import { requireViewer } from "~/http/viewer.server";

export async function loader({ request, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request, context);
  return redirect(mayOpen(viewer.role, triagePath()) ? triagePath() : balancePath());
}

export const action = methodNotAllowed("GET", "HEAD");
