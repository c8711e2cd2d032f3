import { resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type AppLoadContext, createRequestHandler, type ServerBuild } from "@remix-run/node";
import type { RequestHandler } from "express";
import type { Server } from "node:http";
import type { RemixRequestHandler } from "./remix-handler";
import { routeFinder, type RouteFinder } from "./route-pattern";

/** What the Remix side exports beside its pages (app/entry.server.tsx): only it touches the database. */
type Hooks = {
  boot: () => Promise<void>;
  shutdown: () => Promise<void>;
  /** Whether a request with these cookies comes from somebody who is signed in. */
  isSignedIn: (cookieHeader: string | undefined) => Promise<boolean>;
  /** The request as it goes on to the routes, or the answer that turns it away. */
  admit: (request: Request, context: AppLoadContext) => Promise<Request | Response>;
};

export type Application = Hooks & {
  handle: RemixRequestHandler;
  routeOf: RouteFinder;
  builtFiles: string | null;
  vite?: RequestHandler;
  /** Stops Vite. */
  close: () => Promise<void>;
};

function hooksOf(build: ServerBuild): Hooks {
  return build.entry.module as typeof build.entry.module & Hooks;
}

/** What `npm run build` made. */
export async function builtApplication(): Promise<Application> {
  const file = resolve("build/server/index.js");
  const build = (await import(pathToFileURL(file).href).catch((cause: unknown) => {
    throw new Error(`Cannot load ${file}. Run "npm run build" first.`, { cause });
  })) as ServerBuild;
  return {
    ...hooksOf(build),
    handle: createRequestHandler(build, "production"),
    routeOf: routeFinder(build.routes),
    builtFiles: resolve("build/client"),
    close: async () => {},
  };
}

/** Packages that only loaders and actions use, and that cannot be bundled for a browser. */
const SERVER_ONLY = [
  ...[
    "@anthropic-ai/sdk",
    "@node-rs/argon2",
    "@prisma/adapter-pg",
    "@prisma/client",
    "markdown-it",
  ],
  ...["openid-client", "pg", "pino", "sharp"],
];

/** The sources, loaded anew after every edit. */
export async function developmentApplication(httpServer: Server): Promise<Application> {
  const { createServer } = await import("vite");
  const vite = await createServer({
    server: { middlewareMode: true, hmr: { server: httpServer } },
    // Vite looks for what a browser may need before Remix takes the loaders out of the routes.
    optimizeDeps: { exclude: SERVER_ONLY },
  });
  let find: RouteFinder = () => "unknown";
  const build = async () => {
    const loaded = (await vite.ssrLoadModule("virtual:remix/server-build")) as ServerBuild;
    find = routeFinder(loaded.routes);
    return loaded;
  };
  return {
    boot: async () => hooksOf(await build()).boot(),
    shutdown: async () => hooksOf(await build()).shutdown(),
    isSignedIn: async (cookieHeader) => hooksOf(await build()).isSignedIn(cookieHeader),
    admit: async (request, context) => hooksOf(await build()).admit(request, context),
    handle: createRequestHandler(build, "development"),
    routeOf: (pathname) => find(pathname),
    builtFiles: null,
    vite: vite.middlewares,
    close: () => vite.close(),
  };
}
