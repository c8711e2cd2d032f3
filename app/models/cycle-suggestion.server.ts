import { z } from "zod";
import { db } from "~/database/client.server";
import type { Tx } from "~/database/transaction.server";
import type { CycleFacts } from "~/domain/cycle-facts";
import { ISSUE_STATUSES } from "~/domain/issue-status";
import { SEVERITIES } from "~/domain/severity";
import type { CycleSuggestion, Trouble } from "~/domain/suggestion";
import type { SuggestionState } from "~/generated/prisma/client";
import { cycleFacts, factsHash } from "./cycle-facts.server";

export type CycleView = {
  /** As SQL counts it now. */
  readonly facts: CycleFacts;
  /** Of the last request; null when nobody has asked. */
  readonly state: SuggestionState | null;
  readonly trouble: Trouble | null;
  readonly summary: KeptSummary | null;
};

export type KeptSummary = CycleSuggestion & {
  /** The figures at the time it was asked for. */
  readonly facts: CycleFacts;
  readonly model: string;
  readonly at: Date;
  /** Nothing of what it is about has changed since. */
  readonly isCurrent: boolean;
};

const REMARKS = z.array(z.object({ text: z.string(), issueIds: z.array(z.int()) }));
const KEPT = z.object({
  overview: z.string(),
  areas: z.array(z.object({ name: z.string(), issueIds: z.array(z.int()) })),
  standsOut: REMARKS,
  staysOpen: REMARKS,
  advice: z.array(z.string()),
});

const COUNT = z.int().min(0);
export const KEPT_FACTS = z.object({
  bySeverity: z.array(
    z.object({
      severity: z.enum(SEVERITIES),
      ...{ filed: COUNT, accepted: COUNT, rejected: COUNT, undecided: COUNT, unfixed: COUNT },
    }),
  ),
  issues: z.array(
    z.object({ id: z.int(), severity: z.enum(SEVERITIES), status: z.enum(ISSUE_STATUSES) }),
  ),
});

/** The last summary of a cycle in this language, beside the cycle's figures as they are now. */
export async function cycleSuggestion(cycleId: number, locale: string): Promise<CycleView> {
  const [found, last, answered] = await Promise.all([
    cycleFacts(cycleId),
    db().suggestionJob.findFirst({
      where: { cycleId, locale },
      orderBy: { id: "desc" },
      select: { state: true, trouble: true },
    }),
    lastAnswer(cycleId, locale),
  ]);
  const kept = KEPT.safeParse(answered?.answer).data;
  const facts = KEPT_FACTS.safeParse(answered?.facts).data;
  const { state = null } = last ?? {};
  // Written by the queue, from the words of Trouble.
  const trouble = (last?.trouble ?? null) as Trouble | null;
  if (!answered || !kept || !facts) return { facts: found.facts, state, trouble, summary: null };
  const { model, at, hash } = answered;
  const isCurrent = hash === factsHash(found, locale);
  return { facts: found.facts, state, trouble, summary: { ...kept, facts, model, at, isCurrent } };
}

type Answered = { answer: unknown; facts: unknown; model: string; at: Date; hash: string };

async function lastAnswer(cycleId: number, locale: string): Promise<Answered | undefined> {
  const [answered] = await db().$queryRaw<Answered[]>`
    SELECT a.answer, j.facts, c.model, a.at, j.content_hash AS hash
      FROM suggestion_jobs j
      JOIN suggestion_answers a ON a.job_id = j.id AND a.outcome = 'answered'
      JOIN suggestion_calls c ON c.id = a.call_id
     WHERE j.cycle_id = ${cycleId} AND j.locale = ${locale} ORDER BY j.id DESC LIMIT 1`;
  return answered;
}

/** Asks for one about the cycle as it stands, unless one is under way. Whether it did. */
export async function askForCycle(
  cycleId: number,
  locale: string,
  askedBy: number,
  tx: Tx = db(),
): Promise<boolean> {
  const found = await cycleFacts(cycleId);
  if (found.facts.issues.length === 0) return false;
  const hash = factsHash(found, locale);
  const asked = await tx.$queryRaw<{ id: number }[]>`
    INSERT INTO suggestion_jobs (kind, cycle_id, content_hash, round, locale, facts, asked_by)
    SELECT 'cycle', c.id, ${hash},
           1 + (SELECT count(*) FROM suggestion_jobs j WHERE j.cycle_id = c.id AND j.content_hash = ${hash}),
           ${locale}, ${JSON.stringify(found.facts)}::jsonb, ${askedBy}::int
      FROM test_cycles c WHERE c.id = ${cycleId}
    ON CONFLICT DO NOTHING RETURNING id`;
  return asked.length > 0;
}
