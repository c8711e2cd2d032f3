import { askForIntake } from "~/models/intake-suggestion.server";
import { settings } from "~/settings.server";
import { log } from "./log.server";

/** After a report was filed: it goes into the queue, and whatever happens there is no concern of its tester. */
export async function suggestSoon(issueId: number): Promise<void> {
  if (settings().SUGGESTIONS === null) return;
  await askForIntake(issueId).catch((err: unknown) =>
    log.error({ err }, "a suggestion could not be asked for"),
  );
}
