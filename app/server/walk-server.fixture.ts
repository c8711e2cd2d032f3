import { closeDatabase } from "~/database/client.server";
import { type EmbeddedDatabase, startEmbedded } from "~/database/embedded.server";
import { applyMigrations } from "~/database/migrate.server";
import { AppProcess } from "./kill.fixture";
import { prepareWalk, routePatterns, type Walk, type Who } from "./route-walk.fixture";
import { type Answer, send } from "./test-server.fixture";

export const NAVIGATION = {
  ...{ accept: "text/html", "sec-fetch-mode": "navigate", "sec-fetch-site": "none" },
};

export type WalkServer = {
  readonly app: AppProcess;
  readonly database: EmbeddedDatabase;
  readonly walk: Walk;
  readonly patterns: readonly string[];
  readonly send: (path: string, sent?: Parameters<typeof send>[2]) => Promise<Answer>;
  /** The token in the forms of this person. */
  readonly tokenOf: (who: Who) => Promise<string>;
  readonly stop: () => Promise<void>;
};

/** The built app as a process of its own, on a database of its own, with people in every standing. */
export async function startWalkServer(
  env: Readonly<Record<string, string>> = {},
  /** The address of the database for the app alone. */
  urlFor: (database: EmbeddedDatabase) => Promise<string> = async ({ url }) => url,
): Promise<WalkServer> {
  const database = await startEmbedded({ throwaway: true });
  process.env.DATABASE_URL = database.url;
  await applyMigrations(database.url);
  const [patterns, walk] = [await routePatterns(), await prepareWalk()];
  const app = await AppProcess.create(await urlFor(database), env);
  await app.start();
  const server = { port: Number(new URL(app.origin).port), origin: app.origin, passed: [] };
  return {
    ...{ app, database, walk, patterns },
    send: (path, sent) => send(server, path, sent),
    tokenOf: async (who) => {
      const headers = { ...NAVIGATION, cookie: walk.cookies[who] };
      const { text } = await send(server, walk.cookies[who] ? "/app/settings" : "/login", {
        headers,
      });
      return /name="csrf" value="([^"]+)"/.exec(text)?.[1] ?? "";
    },
    stop: async () => {
      await app.kill("SIGTERM");
      await closeDatabase();
      await database.stop();
    },
  };
}
