import compression from "compression";
import express, { type ErrorRequestHandler, type Express } from "express";
import { builtFiles } from "./built-files";
import { beginExchange, exchangeOf } from "./exchange";
import { refuse } from "./refusal";
import { REASONS } from "./refusal-reasons";
import { remixHandler, type RemixHandlerOptions } from "./remix-handler";
import { type GateOptions, requestGate } from "./request-gate";
import { requestLog } from "./request-log";
import type { RouteFinder } from "./route-pattern";

export type WebAppOptions = GateOptions &
  RemixHandlerOptions & {
    /** The folder of built files; null while Vite serves them. */
    builtFiles: string | null;
    routeOf?: RouteFinder;
    /** Vite's own middleware, in development. */
    vite?: express.RequestHandler;
  };

/** The server in front of Remix: what every request passes, in this order. */
export function webApp(options: WebAppOptions): Express {
  const app = express();
  app.disable("x-powered-by");
  app.use(beginExchange(options));
  app.use(requestLog(options.log, options.routeOf));
  app.use(requestGate(options));
  app.use(compression());
  if (options.vite) app.use(options.vite);
  if (options.builtFiles) app.use(builtFiles(options.builtFiles));
  app.use(remixHandler(options));
  app.use(lastResort(options));
  return app;
}

function lastResort({ log, publicOrigin }: WebAppOptions): ErrorRequestHandler {
  // Express tells an error handler by its four parameters.
  return (err: unknown, req, res, _next) => {
    const { requestId } = exchangeOf(res).context;
    log.error({ err, requestId }, "the server in front failed");
    if (res.headersSent) res.destroy();
    else refuse(req, res, REASONS.failed, { publicOrigin, requestId });
  };
}
