import { type Tx, transaction } from "~/database/transaction.server";
import { recordAudit } from "./audit.server";
import { askForCycle } from "./cycle-suggestion.server";
import { askForIntake } from "./intake-suggestion.server";

export type SuggestionAbout =
  | { readonly intent: "issue"; readonly issueId: number }
  | { readonly intent: "cycle"; readonly cycleId: number; readonly locale: string };

/** An admin asks for a suggestion, or for another one. False when one is under way, or there is nothing to ask about. */
export function requestSuggestion(about: SuggestionAbout, actorId: number): Promise<boolean> {
  return transaction(async (tx) => {
    const asked =
      about.intent === "issue"
        ? await askForIntake(about.issueId, actorId, tx)
        : await askForCycle(about.cycleId, about.locale, actorId, tx);
    if (!asked) return false;
    // Its name is what the audit page shows of it.
    const detail =
      about.intent === "issue"
        ? { issue: about.issueId, name: `#${about.issueId}` }
        : { cycle: about.cycleId, name: await nameOf(about.cycleId, tx) };
    await recordAudit({ kind: "suggestion_asked", actorId, detail }, tx);
    return true;
  });
}

async function nameOf(cycleId: number, tx: Tx): Promise<string> {
  const where = { id: cycleId };
  return (await tx.testCycle.findUniqueOrThrow({ where, select: { name: true } })).name;
}
