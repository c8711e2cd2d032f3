import type { AppLoadContext } from "@remix-run/node";
import { isDatabaseAway } from "~/database/errors";
import { isApiPath } from "./answer-kind";
import { viewAsPath } from "./paths";
import { readOnly, type Viewer, viewerOf } from "./viewer.server";

/**
 * The part of the gate before every route that asks the database: while an admin views as a user, no post but "stop"
 * gets to its route (DESIGN 7), and none of the view's forms once it is over. What is refused is answered by the page that
 * says so, banner and all.
 */
export async function admit(
  request: Request,
  context: AppLoadContext,
): Promise<Request | Response> {
  if (request.method === "GET" || request.method === "HEAD") return request;
  const viewer = await viewerOf(request, context).catch(nobodyDuringOutage);
  if (!viewer?.viewedBy && !context.formOfView) return request;
  const url = new URL(request.url);
  const isData = url.pathname.endsWith(".data");
  const pathname = isData ? `${viewAsPath()}.data` : viewAsPath();
  if (url.pathname === pathname) return request;
  if (isApiPath(url.pathname)) return readOnly(request, context);
  const headers = new Headers(request.headers);
  headers.set("Content-Type", "application/x-www-form-urlencoded");
  headers.delete("Content-Length");
  return new Request(new URL(pathname, url), { method: "POST", headers, body: "intent=refused" });
}

// The route asks again, and says that the database is away.
function nobodyDuringOutage(error: unknown): Viewer | null {
  if (isDatabaseAway(error)) return null;
  throw error;
}
