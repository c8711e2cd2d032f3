import { db } from "~/database/client.server";
import { type Tx, transaction } from "~/database/transaction.server";
import { asksAgain, type Outcome, pauseBeforeTry, type Trouble } from "~/domain/suggestion";
import { Prisma, type SuggestionKind } from "~/generated/prisma/client";

/** Something to ask the model, held by this copy of the app until its lease ends. */
export type Job = {
  readonly id: number;
  readonly kind: SuggestionKind;
  readonly issueId: number | null;
  readonly cycleId: number | null;
  readonly contentHash: string;
  readonly locale: string | null;
  readonly facts: unknown;
  /** This try included; who holds the job is told by it. */
  readonly tries: number;
};

/** Longer than any request takes: a copy that died leaves its job to another one then. */
const LEASE = "3 minutes";

/** What waits longest, but first what an admin asked for. Null when nothing does. Each job goes to one caller. */
export async function claimJob(): Promise<Job | null> {
  const [job] = await db().$queryRaw<Job[]>`
    UPDATE suggestion_jobs SET state = 'working', tries = tries + 1, lease_until = now() + ${LEASE}::interval
     WHERE id = (
       SELECT id FROM suggestion_jobs
        WHERE (state = 'waiting' AND available_at <= now()) OR (state = 'working' AND lease_until < now())
        ORDER BY asked_by IS NULL, id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING id, kind, issue_id AS "issueId", cycle_id AS "cycleId", content_hash AS "contentHash", locale, facts, tries`;
  return job ?? null;
}

/** Nothing was asked for it, and nothing will be. */
export async function giveUp(job: Job, trouble: Trouble): Promise<void> {
  await leaveJob(db(), job, { state: "failed", trouble, finishedAt: new Date() });
}

const BUDGET_PAUSE_MS = 10 * 60_000;

/** Nothing was asked for it now, because the day's budget has no room; that was no try. */
export async function postpone(job: Job): Promise<void> {
  const availableAt = new Date(Date.now() + BUDGET_PAUSE_MS);
  const tries = job.tries - 1;
  await leaveJob(db(), job, { state: "waiting", trouble: "budget", availableAt, tries });
}

export type Ended = {
  readonly outcome: Outcome;
  readonly answer: object | null;
  readonly usage: { readonly input: number; readonly output: number } | null;
  readonly costMicroUsd: number | null;
  readonly tookMs: number;
  readonly retryAfterMs: number | null;
};

/**
 * Writes what became of a request and what is to become of its job, in one transaction. Whoever lost the job to another
 * copy writes the cost alone.
 */
export function settle(job: Job, callId: number, ended: Ended): Promise<void> {
  return transaction(async (tx) => {
    const standing = standingAfter(job, ended);
    const isOurs = await leaveJob(tx, job, standing);
    if (ended.outcome === "rate_limited" && standing.availableAt)
      await holdQueue(tx, standing.availableAt);
    const isKept = isOurs || ended.answer === null;
    await tx.suggestionAnswer.create({
      data: {
        callId,
        jobId: job.id,
        outcome: isKept ? ended.outcome : "stopped",
        inputTokens: ended.usage?.input ?? null,
        outputTokens: ended.usage?.output ?? null,
        costMicroUsd: ended.costMicroUsd,
        tookMs: ended.tookMs,
        answer: isKept && ended.answer ? (ended.answer as Prisma.InputJsonObject) : Prisma.DbNull,
      },
      select: { callId: true },
    });
  });
}

type Standing = {
  readonly state: "waiting" | "done" | "failed";
  readonly trouble: Trouble | null;
  readonly finishedAt?: Date;
  readonly availableAt?: Date;
  readonly tries?: number;
};

/** A service that has too much to do is left alone by every job and every copy, and not by this one in turn. */
async function holdQueue(tx: Tx, until: Date): Promise<void> {
  await tx.suggestionJob.updateMany({
    where: { state: "waiting", availableAt: { lt: until } },
    data: { availableAt: until },
  });
}

function standingAfter(job: Job, { outcome, retryAfterMs }: Ended): Standing {
  if (outcome === "answered") return { state: "done", trouble: null, finishedAt: new Date() };
  if (!asksAgain(outcome, job.tries))
    return { state: "failed", trouble: outcome, finishedAt: new Date() };
  // The app was told to stop: the next start, or another copy, goes on at once.
  const pause = outcome === "stopped" ? 0 : pauseBeforeTry(job.tries, retryAfterMs, Math.random());
  return { state: "waiting", trouble: outcome, availableAt: new Date(Date.now() + pause) };
}

/** False when the lease ended meanwhile and another copy has the job. */
async function leaveJob(tx: Tx, { id, tries }: Job, standing: Standing): Promise<boolean> {
  const { count } = await tx.suggestionJob.updateMany({
    where: { id, state: "working", tries },
    data: { leaseUntil: null, ...standing },
  });
  return count === 1;
}
