import { apiError } from "~/http/errors.server";
import { methodNotAllowed } from "~/http/method-not-allowed.server";
import { isHealthy } from "~/models/health.server";

export async function loader() {
  if (await isHealthy()) return Response.json({ status: "ok", doctor: "ok" });
  return apiError(503, { with: { status: "unavailable" } });
}

export const action = methodNotAllowed("GET", "HEAD");
