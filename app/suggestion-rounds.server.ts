import { setTimeout as sleep } from "node:timers/promises";
import { zodOutputFormat } from "@anthropic-ai/sdk/helpers/zod";
import { isDatabaseAway } from "~/database/errors";
import { costMicroUsd, mostTokens, MOST_TRIES } from "~/domain/suggestion";
import { dateInZone, startOfDateInZone } from "~/domain/team-date";
import { log } from "~/http/log.server";
import { askModel, type Told } from "~/http/model-client.server";
import { cycleQuestion } from "~/models/cycle-question.server";
import { KEPT_FACTS } from "~/models/cycle-suggestion.server";
import { intakeQuestion } from "~/models/intake-question.server";
import { askForTopOfInbox } from "~/models/intake-suggestion.server";
import { reserve } from "~/models/suggestion-budget.server";
import type { Question } from "~/models/suggestion-question";
import { claimJob, giveUp, type Job, postpone, settle } from "~/models/suggestion-queue.server";
import { settings } from "~/settings.server";
import type { SuggestionSettings } from "~/suggestion-settings";

/** How often an idle copy looks at the queue, and at the inbox. */
const EVERY_MS = 3_000;
const INBOX_EVERY_MS = 20_000;
/** Requests of one process at a time: a slow answer holds up no other. */
const LANES = 3;

/**
 * The background work of suggestions (docs/decisions/020): nothing at all without a key. Any number of processes do it side
 * by side; the queue in the database gives each job to one. Returns what ends it, a request under way included.
 */
export function startSuggestionRounds(
  service: SuggestionSettings | null = settings().SUGGESTIONS,
): () => Promise<void> {
  if (!service) return async () => {};
  const stop = new AbortController();
  const lanes = Array.from({ length: LANES }, (_, lane) => rounds(service, stop.signal, lane));
  const ended = Promise.all(lanes);
  return () => {
    stop.abort();
    return ended.then(() => {});
  };
}

/** The first lane looks at the inbox as well. */
async function rounds(service: SuggestionSettings, stop: AbortSignal, lane: number): Promise<void> {
  let inboxAt = lane === 0 ? 0 : Infinity;
  while (!stop.aborted) {
    try {
      if (performance.now() >= inboxAt) {
        await askForTopOfInbox();
        inboxAt = performance.now() + INBOX_EVERY_MS;
      }
      while (!stop.aborted && (await workOnce(service, stop)));
    } catch (err) {
      if (isDatabaseAway(err)) log.warn("suggestions did not reach the database");
      else log.error({ err }, "a suggestion could not be made");
    }
    // Nothing else is to wait for this one at the end.
    await sleep(EVERY_MS, undefined, { signal: stop, ref: false }).catch(() => {});
  }
}

/** One job of the queue, to its end; false when none waits. */
export async function workOnce(service: SuggestionSettings, stop: AbortSignal): Promise<boolean> {
  const job = await claimJob();
  if (!job) return false;
  // Each copy that took it has died of it.
  const question = job.tries > MOST_TRIES ? null : await questionOf(job);
  if (!question) {
    await giveUp(job, job.tries > MOST_TRIES ? "unavailable" : "outdated");
    return true;
  }
  const format = zodOutputFormat(question.answer);
  const bytes = Buffer.byteLength(question.system + question.content + JSON.stringify(format));
  const zone = settings().TEAM_TIME_ZONE;
  const callId = await reserve({
    jobId: job.id,
    model: service.model,
    tokens: mostTokens(bytes) + question.maxTokens,
    dailyTokens: service.dailyTokens,
    today: startOfDateInZone(dateInZone(new Date(), zone), zone),
  });
  if (callId === null) {
    await postpone(job);
    return true;
  }
  const { type, schema } = format;
  const told = await askModel({ ...question, format: { type, schema } }, service, stop);
  await settle(job, callId, endedAs(told, question, service));
  log.info({ outcome: told.outcome, ms: told.tookMs }, "asked for a suggestion");
  return true;
}

async function questionOf({ issueId, contentHash, facts, locale }: Job): Promise<Question | null> {
  if (issueId !== null) return intakeQuestion(issueId, contentHash);
  const known = KEPT_FACTS.safeParse(facts);
  return known.success ? cycleQuestion(known.data, locale ?? "en") : null;
}

function endedAs({ json, ...told }: Told, { read }: Question, { model }: SuggestionSettings) {
  const answer = told.outcome === "answered" ? read(json) : null;
  const outcome = told.outcome === "answered" && !answer ? ("nonsense" as const) : told.outcome;
  const { usage } = told;
  return {
    ...{ ...told, outcome, answer },
    costMicroUsd: usage && costMicroUsd(model, usage.input, usage.output),
  };
}
