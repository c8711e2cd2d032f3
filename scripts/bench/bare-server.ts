/**
 * The other side of serving.bench.ts: a bare Remix route that renders the same page from a constant. The build is the
 * app's own, so the markup, React and Remix are the same; in front stands what `remix-serve` would put there (express and
 * compression), and of the page's loaders only their first answer is left: no gate, no log, no session, no query.
 */
import { createRequestHandler, type ServerBuild } from "@remix-run/node";
import compression from "compression";
import express, { type Request as NodeRequest, type Response as NodeResponse } from "express";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { newLoadContext } from "~/http/load-context";
import { writeBody, writeHead } from "~/server/remix-response";

type Routes = ServerBuild["routes"];
type Route = NonNullable<Routes[string]>;

async function main(): Promise<void> {
  const file = pathToFileURL(resolve("build/server/index.js")).href;
  const build = (await import(file)) as ServerBuild;
  const handle = createRequestHandler(withConstantLoaders(build), "production");
  const app = express();
  app.disable("x-powered-by");
  app.use(compression());
  app.use((req, res, next) => void answer(req, res, handle).catch(next));
  const server = app.listen(Number(process.env.PORT), "127.0.0.1", () =>
    process.send?.("listening"),
  );
  server.keepAliveTimeout = 65_000;
  process.once("disconnect", () => process.exit(0));
}

function withConstantLoaders(build: ServerBuild): ServerBuild {
  const routes = Object.entries(build.routes).map(([id, route]) => [id, route && constant(route)]);
  return { ...build, routes: Object.fromEntries(routes) as Routes };
}

/** What the loader answered first is what it answers from now on. */
function constant(route: Route): Route {
  const { loader, ...module } = route.module;
  if (!loader) return route;
  let first: ReturnType<typeof loader> | undefined;
  return { ...route, module: { ...module, loader: (args) => (first ??= loader(args)) } };
}

async function answer(
  req: NodeRequest,
  res: NodeResponse,
  handle: ReturnType<typeof createRequestHandler>,
): Promise<void> {
  const headers = new Headers();
  for (const name of ["accept-language", "cookie"]) {
    const value = req.headers[name];
    if (typeof value === "string") headers.set(name, value);
  }
  const request = new Request(`http://${req.headers.host ?? "localhost"}${req.url}`, { headers });
  const context = newLoadContext({ requestId: "", cspNonce: "", clientAddress: "" });
  const response = await handle(request, context);
  writeHead(response, res);
  if (response.body) await writeBody(response.body, res);
  else res.end();
}

await main();
