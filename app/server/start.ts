import { log } from "~/http/log.server";
import type { Settings } from "~/settings.server";
import { builtApplication, developmentApplication } from "./application";
import type { ServerOptions } from "./exchange";
import { listen } from "./listener";
import { answerWhileStarting } from "./starting";
import { webApp } from "./web-app";

/** How long requests under way may take to end once the server is told to stop. */
export const GRACE_MS = 10_000;

export type Start = {
  settings: Settings;
  /** Resolves once the database is there, and DATABASE_URL names it. */
  database: () => Promise<void>;
  /** Told after every step how to undo it, so that a signal in the middle still stops what runs. */
  stopLater: (stop: () => Promise<void>) => void;
};

/** Takes the port, then starts everything behind it, each step once the one before is there. */
export async function start({ settings, database, stopLater }: Start): Promise<void> {
  const options: ServerOptions = {
    publicOrigin: settings.PUBLIC_ORIGIN,
    sessionSecret: settings.SESSION_SECRET,
    trustProxy: settings.TRUST_PROXY,
  };
  const address = { port: settings.PORT, host: settings.HOST };
  const listener = await listen(address, answerWhileStarting(options));
  await database();
  const app = settings.isProduction
    ? await builtApplication()
    : await developmentApplication(listener.server);
  stopLater(app.close);
  stopLater(app.shutdown);
  await app.boot();
  stopLater(() => listener.close(GRACE_MS));
  listener.answerWith(webApp({ ...options, ...app, log, development: !settings.isProduction }));
}
