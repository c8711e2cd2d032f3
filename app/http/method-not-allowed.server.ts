import { isApiPath } from "./answer-kind";
import { apiError } from "./errors.server";

type Method = "GET" | "HEAD" | "POST";

/**
 * The missing half of a route that only reads or only writes:
 * `export const loader = methodNotAllowed("POST");` where there is only an action,
 * `export const action = methodNotAllowed("GET", "HEAD");` where there is only a loader.
 */
export function methodNotAllowed(...allowed: readonly Method[]) {
  const headers = { Allow: allowed.join(", ") };
  return ({ request }: { request: Request }): never => {
    throw isApiPath(new URL(request.url).pathname)
      ? apiError(405, { headers })
      : new Response(null, { status: 405, headers });
  };
}
