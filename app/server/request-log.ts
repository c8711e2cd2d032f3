import type { RequestHandler } from "express";
import type { Logger } from "pino";
import { loggedPath } from "~/http/logged-path";
import { healthPath } from "~/http/paths";
import { exchangeOf } from "./exchange";

/** One line an answer. No query, body, cookie or address of a link that opens something by itself. */
export function requestLog(log: Logger): RequestHandler {
  return (req, res, next) => {
    const started = performance.now();
    res.on("close", () => {
      const { url, context } = exchangeOf(res);
      const path = loggedPath(url.pathname);
      const facts = {
        requestId: context.requestId,
        method: req.method,
        path,
        status: res.statusCode,
        ms: Math.round(performance.now() - started),
        userId: context.notes.userId,
        // The client left, or the answer broke off.
        ...(!res.writableFinished && { unfinished: true }),
      };
      if (isRoutine(path)) log.debug(facts, "request");
      else log.info(facts, "request");
    });
    next();
  };
}

function isRoutine(path: string): boolean {
  return path === healthPath() || path.startsWith("/assets/");
}
