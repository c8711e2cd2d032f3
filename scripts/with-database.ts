import { startEmbedded } from "~/database/embedded.server";
import { settings } from "~/settings.server";

/**
 * Gives a command-line tool the database of the settings and takes care of it: the one that
 * DATABASE_URL names, else the running app's, else our own, started for as long as the tool needs it.
 * Sets DATABASE_URL, so that the models work in the tool as they do in the app.
 */
export async function withDatabase<T>(work: (url: string) => Promise<T>): Promise<T> {
  const { DATABASE_URL, DATA_DIR, dataDirIsExplicit } = settings();
  if (DATABASE_URL !== null) return work(DATABASE_URL);
  const database = await startEmbedded({
    dataDir: DATA_DIR,
    dataDirIsExplicit,
    join: true,
    log: (line) => console.error(line),
  });
  process.env.DATABASE_URL = database.url;
  // Without these a Ctrl-C would end the tool and leave the database it started running.
  const endBy = (code: number) => () => void database.stop().finally(() => process.exit(code));
  process.once("SIGINT", endBy(130)).once("SIGTERM", endBy(143));
  try {
    return await work(database.url);
  } finally {
    await database.stop();
  }
}
