import { isDatabaseAway } from "~/database/errors";
import { GuardsMissing } from "~/database/guards.server";
import { OutcomeUnknown } from "~/database/transaction.server";
import { Overcrowded } from "./turnstile";

/** Not a mistake in the code but a moment in which it cannot answer: 503, come back. */
export function isOutage(error: unknown): boolean {
  return (
    isDatabaseAway(error) ||
    error instanceof GuardsMissing ||
    error instanceof OutcomeUnknown ||
    error instanceof Overcrowded
  );
}

/** Whether it was recorded is not certain: the page says so, and never "failed" (DESIGN 5). */
export function isOutcomeUnknown(error: unknown): boolean {
  return error instanceof OutcomeUnknown;
}
