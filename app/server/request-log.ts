import type { RequestHandler } from "express";
import type { Logger } from "pino";
import { healthPath } from "~/http/paths";
import { exchangeOf } from "./exchange";
import type { RouteFinder } from "./route-pattern";

/** One line an answer. No address, query, body or cookie: the route's pattern, and who it was by number. */
export function requestLog(log: Logger, routeOf: RouteFinder = () => "unknown"): RequestHandler {
  return (req, res, next) => {
    const started = performance.now();
    const { url, context } = exchangeOf(res);
    const route = (context.notes.route = routeOf(url.pathname));
    res.on("close", () => {
      const facts = {
        requestId: context.requestId,
        method: req.method,
        route,
        status: res.statusCode,
        ms: Math.round(performance.now() - started),
        userId: context.notes.userId,
        // The client left, or the answer broke off.
        ...(!res.writableFinished && { unfinished: true }),
      };
      if (isRoutine(route)) log.debug(facts, "request");
      else log.info(facts, "request");
    });
    next();
  };
}

function isRoutine(route: string): boolean {
  return route === healthPath() || route.startsWith("/assets/");
}
