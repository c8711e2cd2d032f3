import { guardsInPlace } from "~/database/guards.server";
import { methodNotAllowed } from "~/http/method-not-allowed.server";

/** DESIGN 6: 200 while the database answers and the rules that keep money right are in place. */
export async function loader() {
  const ok = await guardsInPlace().catch(() => false);
  return ok
    ? Response.json({ status: "ok", doctor: "ok" })
    : Response.json({ status: "unavailable" }, { status: 503, headers: { "Retry-After": "5" } });
}

export const action = methodNotAllowed("GET", "HEAD");
