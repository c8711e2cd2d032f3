/** Suggestions and reports of cycles in plain SQL: asked once, answered once, and nothing rewritten. */
import { describe, expect, test } from "vitest";
import { file } from "./rules-fixture";
import {
  appendOnly,
  check,
  expectAccepted,
  expectRefused,
  foreignKey,
  illegal,
  unique,
  useWorld,
} from "./rules-refusal";
import { type Columns, inTransaction, update } from "./rules-sql";
import { answer, askFor, call, keepReport } from "./rules-suggestion";

const world = useWorld();
const hash = (letter: string) => letter.repeat(64);
const filed = () => inTransaction(world(), () => file(world()));

describe("a suggestion is asked for", () => {
  test("about an issue or a cycle, by nobody or an admin", async () => {
    const id = await filed();
    const cycle = { kind: "cycle", issue_id: null, cycle_id: world().cycle };
    for (const [change, refusal] of [
      [{ content_hash: "a" }, check("suggestion_jobs_hash_shape")],
      [{ round: 0 }, check("suggestion_jobs_round")],
      [{ cycle_id: world().cycle }, check("suggestion_jobs_subject")],
      [cycle, check("suggestion_jobs_subject")],
      [{ ...cycle, facts: "{}" }, check("suggestion_jobs_subject")],
      [{ state: "working" }, check("suggestion_jobs_leased_while_working")],
      [{ state: "done" }, check("suggestion_jobs_finished_when")],
      [
        { state: "failed", finished_at: "2026-05-01T09:00:00Z" },
        check("suggestion_jobs_failed_why"),
      ],
      [{ asked_by: world().tester }, illegal("suggestion_jobs_by_admin")],
    ] as const)
      await expectRefused(world(), () => askFor(world(), id, change), refusal);
    await expectRefused(
      world(),
      () => askFor(world(), 2_000_000_000),
      foreignKey("suggestion_jobs_issue_id_fkey"),
    );
    await expectAccepted(world(), () => askFor(world(), id, { asked_by: world().admin }));
    await expectAccepted(world(), () =>
      askFor(world(), id, { ...cycle, facts: "{}", locale: "en" }),
    );
  });

  test("once per content and round, and one at a time", async () => {
    const id = await filed();
    const job = await askFor(world(), id);
    await expectRefused(
      world(),
      () => askFor(world(), id, { round: 2 }),
      unique("suggestion_jobs_issue_under_way"),
    );
    await update(world(), "suggestion_jobs", job, {
      ...{ state: "failed", trouble: "refused", finished_at: "2026-05-01T09:00:00Z" },
    });
    await expectRefused(world(), () => askFor(world(), id), unique("suggestion_jobs_issue_once"));
    await expectAccepted(world(), () => askFor(world(), id, { round: 2 }));
    await expectAccepted(world(), () => askFor(world(), id, { content_hash: hash("b") }));
  });

  test("and then asks the same until it is finished, for good", async () => {
    const job = await askFor(world(), await filed());
    const refusal = illegal("suggestion_jobs_legal_change");
    const changes: readonly Columns[] = [
      { content_hash: hash("b") },
      { issue_id: await filed() },
      { round: 2 },
      { asked_by: world().admin },
    ];
    for (const change of changes)
      await expectRefused(world(), () => update(world(), "suggestion_jobs", job, change), refusal);
    const done = { state: "done", finished_at: "2026-05-01T09:00:00Z" };
    await update(world(), "suggestion_jobs", job, done);
    await expectRefused(
      world(),
      () => update(world(), "suggestion_jobs", job, { state: "waiting", finished_at: null }),
      refusal,
    );
    await expectRefused(
      world(),
      () => world().sql.query("DELETE FROM suggestion_jobs"),
      appendOnly("suggestion_jobs"),
    );
  });
});

describe("an answer", () => {
  test("belongs to the job of its call, has its cost, and there is one", async () => {
    const [job, other] = [
      await askFor(world(), await filed()),
      await askFor(world(), await filed()),
    ];
    const [first, second] = [await call(world(), job), await call(world(), job)];
    for (const [change, refusal] of [
      [{ answer: null }, check("suggestion_answers_answered")],
      [{ outcome: "refused" }, check("suggestion_answers_answered")],
      [{ answer: "[]" }, check("suggestion_answers_answered")],
      [{ input_tokens: null }, check("suggestion_answers_tokens")],
      [{ input_tokens: null, output_tokens: null }, check("suggestion_answers_tokens")],
      [{ output_tokens: -1 }, check("suggestion_answers_tokens")],
      [{ job_id: other }, foreignKey("suggestion_answers_call_fkey")],
    ] as const)
      await expectRefused(world(), () => answer(world(), job, first, change), refusal);
    await answer(world(), job, first);
    await expectRefused(
      world(),
      () => answer(world(), job, second),
      unique("suggestion_answers_once"),
    );
    await expectRefused(
      world(),
      () => answer(world(), job, first, { outcome: "stopped", answer: null }),
      unique("suggestion_answers_pkey"),
      unique("suggestion_answers_call_key"),
    );
    const unknown = { outcome: "timeout", answer: null, input_tokens: null, output_tokens: null };
    await expectAccepted(world(), () => answer(world(), job, second, unknown));
  });

  test("and its call are never rewritten; a call reserves something of a named model", async () => {
    const job = await askFor(world(), await filed());
    await answer(world(), job, await call(world(), job));
    for (const table of ["suggestion_calls", "suggestion_answers"])
      for (const statement of [`UPDATE ${table} SET at = now()`, `DELETE FROM ${table}`])
        await expectRefused(world(), () => world().sql.query(statement), appendOnly(table));
    await expectRefused(
      world(),
      () => call(world(), job, { reserved_tokens: 0 }),
      check("suggestion_calls_reserved"),
    );
    await expectRefused(
      world(),
      () => call(world(), job, { model: " " }),
      check("suggestion_calls_model_present"),
    );
  });
});

describe("the report of a cycle", () => {
  test("is kept by an admin, in versions, and never rewritten", async () => {
    await expectRefused(
      world(),
      () => keepReport(world(), { kept_by: world().tester }),
      illegal("cycle_reports_by_admin"),
    );
    await expectRefused(
      world(),
      () => keepReport(world(), { body: " " }),
      check("cycle_reports_body_present"),
    );
    await expectRefused(
      world(),
      () => keepReport(world(), { version: 0 }),
      check("cycle_reports_version_positive"),
    );
    await keepReport(world());
    await expectRefused(
      world(),
      () => keepReport(world(), { key: "two" }),
      unique("cycle_reports_version_key"),
    );
    await expectRefused(
      world(),
      () => keepReport(world(), { version: 2 }),
      unique("cycle_reports_key"),
    );
    await expectAccepted(world(), () => keepReport(world(), { version: 2, key: "two" }));
    for (const statement of ["UPDATE cycle_reports SET body = 'x'", "DELETE FROM cycle_reports"])
      await expectRefused(world(), () => world().sql.query(statement), appendOnly("cycle_reports"));
    expect((await world().sql.query("SELECT body FROM cycle_reports")).rows).toEqual([
      { body: "# All well" },
    ]);
  });
});
