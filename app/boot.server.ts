import { closeDatabase } from "~/database/client.server";
import { checkGuards } from "~/database/guards.server";
import { startDoctorRounds } from "~/doctor-rounds.server";
import { log } from "~/http/log.server";
import { startSuggestionRounds } from "~/suggestion-rounds.server";

let endDoctorRounds: () => Promise<void> = async () => {};
let endSuggestionRounds: () => Promise<void> = async () => {};

/** Called by app/server once the database is there and before the first request. */
export async function boot(): Promise<void> {
  const missing = await checkGuards();
  if (missing.length > 0)
    log.error({ missing }, "payments are refused: the database lacks these guards");
  endDoctorRounds = startDoctorRounds();
  endSuggestionRounds = startSuggestionRounds();
}

/** Called by app/server after the last request. */
export async function shutdown(): Promise<void> {
  await Promise.all([endDoctorRounds(), endSuggestionRounds()]);
  await closeDatabase();
}
