/** A suggestion that was asked for and answered, and the report of a cycle, in plain SQL. */
import type { World } from "./rules-fixture";
import { type Columns, insert, insertOne } from "./rules-sql";

export const askFor = (w: World, issueId: number, change: Columns = {}) =>
  insertOne(w, "suggestion_jobs", {
    ...{ kind: "intake", issue_id: issueId, content_hash: "a".repeat(64), ...change },
  });

export const call = (w: World, jobId: number, change: Columns = {}) =>
  insertOne(w, "suggestion_calls", {
    ...{ job_id: jobId, model: "claude-haiku-5-5", reserved_tokens: 7_000, ...change },
  });

const ANSWERED = { outcome: "answered", input_tokens: 10, output_tokens: 5, answer: "{}" };

export const answer = (w: World, jobId: number, callId: number, change: Columns = {}) =>
  insert(w, "suggestion_answers", {
    ...{ call_id: callId, job_id: jobId, took_ms: 9, ...ANSWERED, ...change },
  });

export const keepReport = (w: World, change: Columns = {}) =>
  insertOne(w, "cycle_reports", {
    ...{ cycle_id: w.cycle, version: 1, body: "# All well", kept_by: w.admin, key: "one" },
    ...change,
  });

/** One of each. */
export async function suggestion(w: World, issueId: number): Promise<void> {
  const jobId = await askFor(w, issueId);
  await answer(w, jobId, await call(w, jobId));
  await keepReport(w);
}
