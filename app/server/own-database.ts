import { closeDatabase } from "~/database/client.server";
import { type EmbeddedDatabase, startEmbedded } from "~/database/embedded.server";
import { bringDatabaseUpToDate } from "~/database/up-to-date.server";
import type { Settings } from "~/settings.server";

export type DatabaseStart = {
  settings: Settings;
  /** Write the demo people and their story into an empty database. */
  demo: boolean;
  say: (line: string) => void;
  /** Told after every step how to undo it, so that a signal in the middle still stops what runs. */
  stopLater: (stop: () => Promise<void>) => void;
  /** Our own database ended by itself; its last words. */
  onDatabaseEnded: (lastWords: string) => void;
};

/** Our own PostgreSQL, where no other was named, and in either its tables. From then on it is DATABASE_URL. */
export async function startDatabase(given: DatabaseStart): Promise<void> {
  const { settings, demo, say, stopLater, onDatabaseEnded } = given;
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
  const url = process.env.DATABASE_URL ?? DATABASE_URL ?? "";
  await bringDatabaseUpToDate({ url, ownerUrl: settings.MIGRATE_DATABASE_URL }, say);
  if (!demo) return;
  const { seedIfEmpty } = await import("../../prisma/seed");
  if (await seedIfEmpty()) say("Demo data written.");
  // Whoever answers requests opens its own connections.
  await closeDatabase();
}
