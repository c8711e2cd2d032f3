import { type EmbeddedDatabase, startEmbedded } from "~/database/embedded.server";
import { applyMigrations } from "~/database/migrate.server";
import { log } from "~/http/log.server";
import type { Settings } from "~/settings.server";
import { builtApplication, developmentApplication } from "./application";
import type { ServerOptions } from "./exchange";
import { listen } from "./listener";
import { answerWhileStarting } from "./starting";
import { webApp } from "./web-app";

/** How long requests under way may take to end once the server is told to stop. */
const GRACE_MS = 10_000;

export type Start = {
  settings: Settings;
  /** Write the demo people and their story into an empty database. */
  demo: boolean;
  say: (line: string) => void;
  /** Told after every step how to undo it, so that a signal in the middle still stops what runs. */
  stopLater: (stop: () => Promise<void>) => void;
  /** Our own database ended by itself; its last words. */
  onDatabaseEnded: (lastWords: string) => void;
};

/** Takes the port, then starts everything behind it, each step once the one before is there. */
export async function start(given: Start): Promise<void> {
  const { settings, stopLater } = given;
  const options: ServerOptions = {
    publicOrigin: settings.PUBLIC_ORIGIN,
    sessionSecret: settings.SESSION_SECRET,
    trustProxy: settings.TRUST_PROXY,
  };
  const address = { port: settings.PORT, host: settings.HOST };
  const listener = await listen(address, answerWhileStarting(options));
  await startDatabase(given);
  const app = settings.isProduction
    ? await builtApplication()
    : await developmentApplication(listener.server);
  stopLater(app.close);
  stopLater(app.shutdown);
  await app.boot();
  stopLater(() => listener.close(GRACE_MS));
  listener.answerWith(webApp({ ...options, ...app, log, development: !settings.isProduction }));
}

async function startDatabase({ settings, demo, say, stopLater, onDatabaseEnded }: Start) {
  const { DATABASE_URL, DATA_DIR, PUBLIC_ORIGIN, dataDirIsExplicit } = settings;
  if (DATABASE_URL === null) {
    const embedded: EmbeddedDatabase = await startEmbedded({
      dataDir: DATA_DIR,
      dataDirIsExplicit,
      address: PUBLIC_ORIGIN,
      log: say,
    });
    stopLater(() => embedded.stop());
    void embedded.ended.then(onDatabaseEnded);
    process.env.DATABASE_URL = embedded.url;
  }
  await applyMigrations(process.env.DATABASE_URL ?? DATABASE_URL ?? "", { log: say });
  if (!demo) return;
  const { seedIfEmpty } = await import("../../prisma/seed");
  if (await seedIfEmpty()) say("Demo data written.");
}
