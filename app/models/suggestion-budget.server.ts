import { db } from "~/database/client.server";
import { type Tx, transaction } from "~/database/transaction.server";

/** Any number that nothing else locks. */
const LOCK = 7_340_020;

/** What a request may cost at most, against what a day may. */
export type Reservation = {
  readonly jobId: number;
  readonly model: string;
  readonly tokens: number;
  readonly dailyTokens: number;
  /** When the team's day began. */
  readonly today: Date;
};

/**
 * Room for one request in the day's budget, over all copies of the app: the number of the call, or null when there is
 * none. What a request costs is known only afterwards; until then, or if nobody ever says, it counts with all it may.
 */
export function reserve(asked: Reservation): Promise<number | null> {
  return transaction(async (tx) => {
    await tx.$queryRaw`SELECT pg_advisory_xact_lock(${LOCK})::text`;
    const used = await tokensSince(asked.today, tx);
    if (used + asked.tokens > asked.dailyTokens) return null;
    const { id } = await tx.suggestionCall.create({
      data: { jobId: asked.jobId, model: asked.model, reservedTokens: asked.tokens },
      select: { id: true },
    });
    return id;
  });
}

/** Tokens in and out since then, those of requests under way as reserved. */
export async function tokensSince(at: Date, tx: Tx = db()): Promise<number> {
  return (await usageSince(at, tx)).tokens;
}

export type Usage = {
  readonly tokens: number;
  readonly requests: number;
  /** Of those whose price is known. */
  readonly costMicroUsd: number;
};

export async function usageSince(at: Date, tx: Tx = db()): Promise<Usage> {
  const [usage] = await tx.$queryRaw<Usage[]>`
    SELECT coalesce(sum(coalesce(a.input_tokens + a.output_tokens, c.reserved_tokens)), 0)::float8 AS tokens,
           count(*)::int AS requests, coalesce(sum(a.cost_micro_usd), 0)::float8 AS "costMicroUsd"
      FROM suggestion_calls c LEFT JOIN suggestion_answers a ON a.call_id = c.id
     WHERE c.at >= ${at}`;
  return usage ?? { tokens: 0, requests: 0, costMicroUsd: 0 };
}
