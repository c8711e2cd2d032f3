import { apiError } from "~/http/errors.server";
import { methodNotAllowed } from "~/http/method-not-allowed.server";
import { health } from "~/models/health.server";

export async function loader() {
  const found = await health();
  if (found) return Response.json({ status: "ok", ...found });
  return apiError(503, { with: { status: "unavailable" } });
}

export const action = methodNotAllowed("GET", "HEAD");
