import type { AppLoadContext } from "@remix-run/node";
import type { Request as NodeRequest, RequestHandler, Response as NodeResponse } from "express";
import type { Logger } from "pino";
import { DEVELOPMENT_POLICY, scriptPagePolicy } from "./answer-headers";
import { exchangeOf, type ServerOptions } from "./exchange";
import { refuse } from "./refusal";
import { reasonFor } from "./refusal-reasons";
import { remixRequest } from "./remix-request";
import { writeBody, writeHead } from "./remix-response";

export type RemixRequestHandler = (request: Request, context: AppLoadContext) => Promise<Response>;

export type RemixHandlerOptions = ServerOptions & {
  handle: RemixRequestHandler;
  /** What the gate asks the database; see app/http/admit.server.ts. */
  admit?: (request: Request, context: AppLoadContext) => Promise<Request | Response>;
  log: Logger;
  /** Vite's scripts and styles are inline. */
  development?: boolean;
};

/** The last step: Remix answers. */
export function remixHandler(options: RemixHandlerOptions): RequestHandler {
  return (req, res, next) => {
    answer(req, res, options)
      .catch(next)
      .finally(() => exchangeOf(res).context.upload?.close())
      .catch(next);
  };
}

async function answer(
  req: NodeRequest,
  res: NodeResponse,
  options: RemixHandlerOptions,
): Promise<void> {
  const exchange = exchangeOf(res);
  const { context } = exchange;
  const request = remixRequest(req, res, exchange);
  const response = withOutage(await admitted(request, context, options), context);
  if (res.destroyed) return void response.body?.cancel();
  if (isBare(response, req)) {
    const allow = response.headers.get("Allow");
    const retryAfter = response.headers.get("Retry-After");
    const headers = {
      ...(allow && { Allow: allow }),
      ...(retryAfter && { "Retry-After": retryAfter }),
    };
    return refuse(req, res, reasonFor(response.status, headers), { ...options, ...context });
  }
  if (options.development) res.setHeader("Content-Security-Policy", DEVELOPMENT_POLICY);
  else if (context.notes.scripts)
    res.setHeader("Content-Security-Policy", scriptPagePolicy(context.cspNonce));
  writeHead(response, res);
  if (response.body && req.method !== "HEAD") return send(response.body, req, res, options);
  await response.body?.cancel();
  res.end();
}

async function admitted(
  request: Request,
  context: AppLoadContext,
  { admit, handle }: RemixHandlerOptions,
): Promise<Response> {
  const passed = admit ? await admit(request, context) : request;
  return passed instanceof Response ? passed : handle(passed, context);
}

/** A status that means trouble, and not a word about it: from a route without a page, such as a missing CSV. */
function isBare(response: Response, req: NodeRequest): boolean {
  return response.status >= 400 && response.body === null && req.method !== "HEAD";
}

/** Remix knows only 500 for what a loader did not expect; the app noted when it was an outage. */
function withOutage(response: Response, { notes }: AppLoadContext): Response {
  const isOutage = response.status === 503 || (response.status === 500 && notes.outage);
  if (!isOutage || response.headers.has("Retry-After")) return response;
  const headers = new Headers(response.headers);
  headers.set("Retry-After", "5");
  return new Response(response.body, { status: 503, headers });
}

async function send(
  body: ReadableStream<Uint8Array>,
  req: NodeRequest,
  res: NodeResponse,
  { log, ...options }: RemixHandlerOptions,
): Promise<void> {
  const { context } = exchangeOf(res);
  try {
    await writeBody(body, res);
  } catch (err) {
    log.error({ err, requestId: context.requestId }, "an answer broke off");
    // Never ended as if it were whole: the reader must see that it is not.
    if (res.headersSent) return void res.destroy();
    for (const name of ["Content-Disposition", "Set-Cookie"]) res.removeHeader(name);
    refuse(req, res, reasonFor(500), { ...options, ...context });
  }
}
