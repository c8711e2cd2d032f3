import { randomBytes, randomUUID } from "node:crypto";
import type { AppLoadContext } from "@remix-run/node";
import type { RequestHandler, Response } from "express";
import { newLoadContext } from "~/http/load-context";
import { answerHeaders } from "./answer-headers";
import { clientAddress } from "./client-address";
import { refuse } from "./refusal";
import { REASONS } from "./refusal-reasons";
import { requestTarget } from "./request-target";

export type ServerOptions = {
  publicOrigin: string;
  sessionSecret: string;
  trustProxy: number | false;
};

/** One request and its answer, as the steps of the server know it. */
export type Exchange = {
  url: URL;
  context: AppLoadContext;
  /** The whole body, once the gate has let it in. */
  body: Buffer | null;
};

const exchanges = new WeakMap<Response, Exchange>();

/** Of an answer that went through beginExchange. */
export function exchangeOf(res: Response): Exchange {
  const exchange = exchanges.get(res);
  if (!exchange) throw new Error("beginExchange comes first.");
  return exchange;
}

/** The first step: gives the request its id, every answer its headers, and turns away malformed addresses. */
export function beginExchange({ publicOrigin, trustProxy }: ServerOptions): RequestHandler {
  const headers = Object.entries(answerHeaders(publicOrigin));
  return (req, res, next) => {
    const requestId = randomUUID();
    for (const [name, value] of headers) res.setHeader(name, value);
    res.setHeader("X-Request-Id", requestId);
    const url = requestTarget(req.url, publicOrigin);
    const context = newLoadContext({
      requestId,
      cspNonce: randomBytes(16).toString("base64"),
      clientAddress: clientAddress(req, trustProxy),
    });
    exchanges.set(res, { url: url ?? new URL(publicOrigin), context, body: null });
    if (url) next();
    else refuse(req, res, REASONS.malformed, { publicOrigin, requestId });
  };
}
