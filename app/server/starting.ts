import type { RequestListener } from "node:http";
import express from "express";
import { beginExchange, exchangeOf, type ServerOptions } from "./exchange";
import { refuse } from "./refusal";
import { REASONS } from "./refusal-reasons";

/** While the database starts: everybody is told to come back in a moment. */
export function answerWhileStarting(options: ServerOptions): RequestListener {
  const app = express();
  app.disable("x-powered-by");
  app.use(beginExchange(options));
  app.use((req, res) =>
    refuse(req, res, REASONS.unavailable, { ...options, ...exchangeOf(res).context }),
  );
  return app;
}
