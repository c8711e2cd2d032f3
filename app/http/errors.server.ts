import { data } from "@remix-run/node";
import { type ApiErrorInit, apiErrorBody } from "./api-error";

/** To throw: the page says that there is nothing here. The same for what is someone else's. */
export function notFound(): Response {
  return new Response(null, { status: 404 });
}

/** To throw: signed in, but not allowed to. */
export function forbidden(): Response {
  return new Response(null, { status: 403 });
}

/** To throw: the request itself makes no sense, such as an intent that no button has. */
export function badRequest(): Response {
  return new Response(null, { status: 400 });
}

/** To throw: the database, or something else that the page needs, is away for the moment. */
export function outage(): Response {
  return new Response(null, { status: 503, headers: retryAfter(DATABASE_BACK_SECONDS) });
}

/** To return from an action: 409 and the page again, with what it needs to say what changed. */
export function conflict<T>(value: T) {
  return data(value, { status: 409 });
}

/** To return from an action: 422 and the form again, with every message and every value. */
export function unprocessable<T>(value: T) {
  return data(value, { status: 422 });
}

/** To return from an action: 429; the page says when to come back. */
export function tooManyRequests<T>(value: T, retryAfterSeconds: number) {
  return data(value, { status: 429, headers: retryAfter(retryAfterSeconds) });
}

/** To return from an action: 503 and the same form, whose key makes it safe to send again. */
export function unavailable<T>(value: T, retryAfterSeconds = DATABASE_BACK_SECONDS) {
  return data(value, { status: 503, headers: retryAfter(retryAfterSeconds) });
}

/** When to look again while the database is away: about as long as a restart of it takes. */
export const DATABASE_BACK_SECONDS = 5;

function retryAfter(seconds: number): Record<string, string> {
  return { "Retry-After": String(Math.max(1, Math.ceil(seconds))) };
}

type ApiErrorOptions = ApiErrorInit & {
  headers?: HeadersInit;
  /** Beside "error": what a program needs to go on, such as `changes` (DESIGN 6). */
  with?: Readonly<Record<string, unknown>>;
};

/** To return or throw under /api/: `{"error": {"code", "message", "fields"?}}`. */
export function apiError(status: number, options: ApiErrorOptions = {}): Response {
  const { headers: given, with: extra, ...init } = options;
  const headers = new Headers(given);
  if (status === 503 && !headers.has("Retry-After"))
    headers.set("Retry-After", String(DATABASE_BACK_SECONDS));
  return Response.json({ ...apiErrorBody(status, init), ...extra }, { status, headers });
}
