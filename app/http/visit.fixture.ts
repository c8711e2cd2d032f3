import type { ActionFunctionArgs } from "@remix-run/node";
import { newLoadContext } from "./load-context";
import { SESSION_COOKIE } from "./session-cookie";

type Visit = {
  /** The session's secret. */
  session?: string;
  headers?: Record<string, string>;
  /** As pairs where a name comes more than once. */
  form?: Record<string, string> | [name: string, value: string][];
  json?: unknown;
  params?: Record<string, string>;
  address?: string;
};

/** The arguments of a loader, or with a form or JSON those of an action, as the server in front would pass them. */
export function visit(path: string, visit: Visit = {}): ActionFunctionArgs {
  const headers = new Headers(visit.headers);
  if (visit.session) headers.set("Cookie", `${SESSION_COOKIE}=${visit.session}`);
  if (visit.json !== undefined) headers.set("Content-Type", "application/json");
  const body = visit.form
    ? new URLSearchParams(visit.form)
    : visit.json === undefined
      ? undefined
      : JSON.stringify(visit.json);
  return {
    request: new Request(`http://localhost:3000${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers,
      body,
    }),
    params: visit.params ?? {},
    context: newLoadContext({
      requestId: "the-request",
      cspNonce: "nonce",
      clientAddress: visit.address ?? "192.0.2.1",
    }),
  };
}

/** What a loader or action answered with, thrown or returned. */
export async function answerOf(answer: unknown): Promise<Response> {
  try {
    const value: unknown = await answer;
    if (value instanceof Response) return value;
    const { data = value, init } = (value ?? {}) as { data?: unknown; init?: ResponseInit | null };
    return Response.json(data, init ?? undefined);
  } catch (thrown) {
    if (thrown instanceof Response) return thrown;
    throw thrown;
  }
}
