import { afterAll, beforeAll, beforeEach, expect } from "vitest";
import { db } from "~/database/client.server";
import {
  type Behaviour,
  type ModelStandIn,
  startModelStandIn,
} from "~/http/model-stand-in.fixture";
import { askForIntake, intakeSuggestion } from "~/models/intake-suggestion.server";
import type { SuggestionSettings } from "~/suggestion-settings";
import { buildAdmin, buildCycle, buildIssue, buildTester } from "../prisma/builders";
import { workOnce } from "./suggestion-rounds.server";

export const never = new AbortController().signal;

export const GOOD = {
  summary: "The payment page stays white on Safari.",
  severity: "critical",
  severityReason: "Nobody can pay.",
  ...{ duplicateIndex: null, duplicateReason: null, lacks: ["The version of Safari"] },
};

type People = { admin: { id: number }; aibek: { id: number }; cycle: { id: number } };

/** A stand-in for the model and a team that files, for the tests of one file. */
export function useSuggestions() {
  let model: ModelStandIn;
  let people: People;
  beforeAll(async () => {
    model = await startModelStandIn();
    const admin = await buildAdmin({ name: "Nazira" });
    const aibek = await buildTester({
      ...{ name: "Aibek Sadykov", payeeName: "SADYKOV AIBEK", email: "aibek@example.com" },
    });
    await buildTester({ name: "Dana Omarova", email: "dana@example.com" });
    people = { admin, aibek, cycle: await buildCycle({ testers: [aibek] }) };
  });
  afterAll(() => model.close());
  beforeEach(() => model.asked.splice(0));

  const service = (change: Partial<SuggestionSettings> = {}): SuggestionSettings => ({
    ...{ apiKey: "sk-test", baseUrl: new URL(model.url), model: "claude-haiku-5-5" },
    ...{ dailyTokens: 1_000_000, ...change },
  });
  return {
    people: () => people,
    model: () => model,
    service,
    file: (title: string, body = "It stays white.") =>
      buildIssue({ tester: people.aibek, cycle: people.cycle, title, body, severity: "low" }),
    /** What a page shows after the model behaved so, and nothing else has changed. */
    async suggestedBy(behaviour: Behaviour, issueId: number, by = service()) {
      model.answerWith(behaviour);
      await askForIntake(issueId);
      const before = await stateOfEverythingElse();
      expect(await workOnce(by, never)).toBe(true);
      expect(await stateOfEverythingElse()).toEqual(before);
      return intakeSuggestion(issueId);
    },
  };
}

/** All rows that decide or pay, and who wrote them last. */
async function stateOfEverythingElse(): Promise<unknown> {
  return db().$queryRaw`
    SELECT (SELECT array_agg((i.id, i.version, i.status, i.payout_status, i.severity, i.xmin::text)::text ORDER BY i.id) FROM issues i) AS issues,
           (SELECT count(*)::int FROM issue_events) AS events, (SELECT count(*)::int FROM issue_payouts) AS payments,
           (SELECT count(*)::int FROM issue_comments) AS comments, (SELECT count(*)::int FROM payout_batches) AS batches,
           (SELECT count(*)::int FROM bulk_decisions) AS bulk, (SELECT count(*)::int FROM audit_log) AS audit`;
}

export const lastJob = () => db().suggestionJob.findFirstOrThrow({ orderBy: { id: "desc" } });

/** Nothing waits any more: what comes next is alone. */
export async function emptyQueue(): Promise<void> {
  await db()
    .$executeRaw`UPDATE suggestion_jobs SET state = 'failed', trouble = 'stopped', finished_at = now(),
    lease_until = NULL WHERE state IN ('waiting', 'working')`;
}
