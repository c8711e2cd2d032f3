-- Suggestions (DESIGN 4, docs/decisions/020): a queue of what is to be asked, the calls that were made, and what became
-- of each. Nothing here is read by anything that decides or pays.

CREATE TYPE suggestion_kind AS ENUM ('intake', 'cycle');
CREATE TYPE suggestion_state AS ENUM ('waiting', 'working', 'done', 'failed');
CREATE TYPE suggestion_outcome AS ENUM (
  'answered', 'refused', 'nonsense', 'empty', 'cut_off', 'timeout', 'rate_limited', 'unavailable', 'misconfigured', 'stopped');

CREATE TABLE "suggestion_jobs" (
    "id" SERIAL NOT NULL,
    "kind" suggestion_kind NOT NULL,
    "issue_id" INTEGER,
    "cycle_id" INTEGER,
    "content_hash" TEXT NOT NULL,
    "round" INTEGER NOT NULL DEFAULT 1,
    "locale" TEXT,
    "facts" JSONB,
    "asked_by" INTEGER,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "state" suggestion_state NOT NULL DEFAULT 'waiting',
    "tries" INTEGER NOT NULL DEFAULT 0,
    "available_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "lease_until" TIMESTAMPTZ(3),
    "trouble" TEXT,
    "finished_at" TIMESTAMPTZ(3),

    CONSTRAINT "suggestion_jobs_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "suggestion_calls" (
    "id" SERIAL NOT NULL,
    "job_id" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "model" TEXT NOT NULL,
    "reserved_tokens" INTEGER NOT NULL,

    CONSTRAINT "suggestion_calls_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "suggestion_answers" (
    "call_id" INTEGER NOT NULL,
    "job_id" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "outcome" suggestion_outcome NOT NULL,
    "input_tokens" INTEGER,
    "output_tokens" INTEGER,
    "cost_micro_usd" INTEGER,
    "took_ms" INTEGER NOT NULL,
    "answer" JSONB,

    CONSTRAINT "suggestion_answers_pkey" PRIMARY KEY ("call_id")
);

CREATE TABLE "cycle_reports" (
    "id" SERIAL NOT NULL,
    "cycle_id" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "body" TEXT NOT NULL,
    "kept_by" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "key" TEXT NOT NULL,

    CONSTRAINT "cycle_reports_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "suggestion_jobs_issue_idx" ON "suggestion_jobs"("issue_id", "id" DESC);
CREATE INDEX "suggestion_jobs_cycle_idx" ON "suggestion_jobs"("cycle_id", "id" DESC);
CREATE INDEX "suggestion_calls_at_idx" ON "suggestion_calls"("at");
CREATE UNIQUE INDEX "suggestion_calls_job_key" ON "suggestion_calls"("id", "job_id");
CREATE UNIQUE INDEX "suggestion_answers_call_key" ON "suggestion_answers"("call_id", "job_id");
CREATE UNIQUE INDEX "cycle_reports_version_key" ON "cycle_reports"("cycle_id", "version");
CREATE UNIQUE INDEX "cycle_reports_key" ON "cycle_reports"("kept_by", "key");

ALTER TABLE "suggestion_jobs"
  ADD CONSTRAINT "suggestion_jobs_issue_id_fkey" FOREIGN KEY ("issue_id") REFERENCES "issues"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "suggestion_jobs_cycle_id_fkey" FOREIGN KEY ("cycle_id") REFERENCES "test_cycles"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "suggestion_jobs_asked_by_fkey" FOREIGN KEY ("asked_by") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "suggestion_calls" ADD CONSTRAINT "suggestion_calls_job_id_fkey" FOREIGN KEY ("job_id") REFERENCES "suggestion_jobs"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- The answer belongs to the job of its call.
ALTER TABLE "suggestion_answers" ADD CONSTRAINT "suggestion_answers_call_fkey" FOREIGN KEY ("call_id", "job_id") REFERENCES "suggestion_calls"("id", "job_id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "cycle_reports"
  ADD CONSTRAINT "cycle_reports_cycle_id_fkey" FOREIGN KEY ("cycle_id") REFERENCES "test_cycles"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "cycle_reports_kept_by_fkey" FOREIGN KEY ("kept_by") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What is asked for: once per content and round, however many copies of the app come to the same idea, and one at a time.
CREATE UNIQUE INDEX suggestion_jobs_issue_once ON suggestion_jobs (issue_id, content_hash, round) WHERE issue_id IS NOT NULL;
CREATE UNIQUE INDEX suggestion_jobs_cycle_once ON suggestion_jobs (cycle_id, content_hash, round) WHERE cycle_id IS NOT NULL;
CREATE UNIQUE INDEX suggestion_jobs_issue_under_way ON suggestion_jobs (issue_id) WHERE state IN ('waiting', 'working');
CREATE UNIQUE INDEX suggestion_jobs_cycle_under_way ON suggestion_jobs (cycle_id) WHERE state IN ('waiting', 'working');
CREATE INDEX suggestion_jobs_queue_idx ON suggestion_jobs (available_at) WHERE state IN ('waiting', 'working');
-- Answered once: a copy that lost its lease and comes back late has nothing to add.
CREATE UNIQUE INDEX suggestion_answers_once ON suggestion_answers (job_id) WHERE outcome = 'answered';

ALTER TABLE suggestion_jobs
  ADD CONSTRAINT suggestion_jobs_subject CHECK (
    CASE kind WHEN 'intake' THEN issue_id IS NOT NULL AND cycle_id IS NULL AND facts IS NULL
              ELSE issue_id IS NULL AND cycle_id IS NOT NULL AND jsonb_typeof(facts) = 'object' AND locale IS NOT NULL END),
  ADD CONSTRAINT suggestion_jobs_hash_shape CHECK (content_hash ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT suggestion_jobs_round CHECK (round >= 1 AND tries >= 0),
  ADD CONSTRAINT suggestion_jobs_leased_while_working CHECK ((state = 'working') = (lease_until IS NOT NULL)),
  ADD CONSTRAINT suggestion_jobs_finished_when CHECK ((state IN ('done', 'failed')) = (finished_at IS NOT NULL)),
  ADD CONSTRAINT suggestion_jobs_failed_why CHECK (state <> 'failed' OR trouble IS NOT NULL);
ALTER TABLE suggestion_calls
  ADD CONSTRAINT suggestion_calls_reserved CHECK (reserved_tokens > 0),
  ADD CONSTRAINT suggestion_calls_model_present CHECK (model ~ '\S' AND char_length(model) <= 200);
ALTER TABLE suggestion_answers
  ADD CONSTRAINT suggestion_answers_answered CHECK (
    (outcome = 'answered') = (answer IS NOT NULL) AND (answer IS NULL OR jsonb_typeof(answer) = 'object')),
  -- Null: nobody said what the call cost, and what was reserved stays counted.
  ADD CONSTRAINT suggestion_answers_tokens CHECK (
    (input_tokens IS NULL) = (output_tokens IS NULL) AND (outcome <> 'answered' OR input_tokens IS NOT NULL)
    AND input_tokens >= 0 AND output_tokens >= 0 AND cost_micro_usd >= 0 AND took_ms >= 0);
ALTER TABLE cycle_reports
  ADD CONSTRAINT cycle_reports_body_present CHECK (body ~ '\S' AND char_length(body) <= 40000),
  ADD CONSTRAINT cycle_reports_version_positive CHECK (version >= 1);

-- What was asked stays what was asked, and what is finished stays finished.
CREATE FUNCTION suggestion_jobs_check_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.state IN ('done', 'failed')
     OR (NEW.id, NEW.kind, NEW.issue_id, NEW.cycle_id, NEW.content_hash, NEW.round, NEW.locale, NEW.facts, NEW.asked_by, NEW.created_at)
        IS DISTINCT FROM
        (OLD.id, OLD.kind, OLD.issue_id, OLD.cycle_id, OLD.content_hash, OLD.round, OLD.locale, OLD.facts, OLD.asked_by, OLD.created_at) THEN
    PERFORM refuse('TY001', 'suggestion_jobs_legal_change', format('suggestion job %s is finished, or is to ask something else', OLD.id));
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER suggestion_jobs_legal_change BEFORE UPDATE ON suggestion_jobs
  FOR EACH ROW EXECUTE FUNCTION suggestion_jobs_check_change();
CREATE TRIGGER suggestion_jobs_never_deleted BEFORE DELETE OR TRUNCATE ON suggestion_jobs
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION suggestion_jobs_check_asker() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.asked_by IS NOT NULL AND NOT EXISTS (
      SELECT FROM users u WHERE u.id = NEW.asked_by AND u.role = 'admin' AND u.deactivated_at IS NULL) THEN
    PERFORM refuse('TY001', 'suggestion_jobs_by_admin', 'admins alone ask for suggestions');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER suggestion_jobs_by_admin BEFORE INSERT ON suggestion_jobs
  FOR EACH ROW EXECUTE FUNCTION suggestion_jobs_check_asker();

CREATE FUNCTION cycle_reports_check_keeper() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM users u WHERE u.id = NEW.kept_by AND u.role = 'admin' AND u.deactivated_at IS NULL) THEN
    PERFORM refuse('TY001', 'cycle_reports_by_admin', 'an admin keeps the report of a cycle');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER cycle_reports_by_admin BEFORE INSERT ON cycle_reports
  FOR EACH ROW EXECUTE FUNCTION cycle_reports_check_keeper();

CREATE TRIGGER suggestion_calls_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON suggestion_calls
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER suggestion_answers_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON suggestion_answers
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER cycle_reports_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON cycle_reports
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What a suggestion about an issue is about: another text is another content.
CREATE FUNCTION suggestion_hash(title text, body text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT encode(sha256(convert_to(title || E'\n' || body, 'UTF8')), 'hex')
$$;
