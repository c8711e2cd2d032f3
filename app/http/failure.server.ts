import type { AppLoadContext } from "@remix-run/node";
import { isDatabaseAway } from "~/database/errors";
import { GuardsMissing } from "~/database/guards.server";
import { OutcomeUnknown } from "~/database/transaction.server";
import { Overcrowded } from "~/models/turnstile";
import { log } from "./log.server";

/** Not a mistake in the code but a moment in which it cannot answer: 503, come back. */
export function isOutage(error: unknown): boolean {
  return (
    isDatabaseAway(error) ||
    error instanceof GuardsMissing ||
    error instanceof OutcomeUnknown ||
    error instanceof Overcrowded
  );
}

type Failed = { request: Request; context: AppLoadContext };

/** What no loader, action or page expected. Logged with the request's id, which the error page shows. */
export function reportFailure(error: unknown, { request, context }: Failed): void {
  if (request.signal.aborted) return;
  const { requestId, notes } = context;
  if (isOutage(error)) notes.outage = true;
  const { pathname: path } = new URL(request.url);
  const facts = { requestId, method: request.method, path };
  // Remix's own refusals, such as an address that no route has.
  if (isRouterAnswer(error)) log.debug({ ...facts, status: error.status }, "refused by the router");
  else log.error({ ...facts, err: error }, isOutage(error) ? "outage" : "unexpected failure");
}

function isRouterAnswer(error: unknown): error is { status: number } {
  return typeof error === "object" && error !== null && "internal" in error && "status" in error;
}
