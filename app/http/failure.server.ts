import type { AppLoadContext } from "@remix-run/node";
import { isOutage } from "~/models/outage.server";
import { log } from "./log.server";

type Failed = { request: Request; context: AppLoadContext };

/** What no loader, action or page expected. Logged with the request's id, which the error page shows. */
export function reportFailure(error: unknown, { request, context }: Failed): void {
  if (request.signal.aborted) return;
  const { requestId, notes } = context;
  if (isOutage(error)) notes.outage = true;
  const facts = { requestId, method: request.method, route: notes.route };
  // Remix's own refusals, such as an address that no route has.
  if (isRouterAnswer(error)) log.debug({ ...facts, status: error.status }, "refused by the router");
  else log.error({ ...facts, err: error }, isOutage(error) ? "outage" : "unexpected failure");
}

function isRouterAnswer(error: unknown): error is { status: number } {
  return typeof error === "object" && error !== null && "internal" in error && "status" in error;
}
