import { closeDatabase } from "~/database/client.server";
import { checkGuards } from "~/database/guards.server";
import { log } from "~/http/log.server";

/** Called by app/server once the database is there and before the first request. */
export async function boot(): Promise<void> {
  const missing = await checkGuards();
  if (missing.length > 0)
    log.error({ missing }, "payments are refused: the database lacks these guards");
}

/** Called by app/server after the last request. */
export async function shutdown(): Promise<void> {
  await closeDatabase();
}
