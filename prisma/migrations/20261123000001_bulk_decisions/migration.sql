-- Decisions on many issues at once (DESIGN 4), each with the one-time key of the form that made it (DESIGN 5).

CREATE TYPE "bulk_intent" AS ENUM ('approve', 'reject', 'approve_matching');

CREATE TABLE "bulk_decisions" (
    "id" SERIAL NOT NULL,
    "admin_id" INTEGER NOT NULL,
    "key" TEXT NOT NULL,
    "content_hash" TEXT NOT NULL,
    "intent" "bulk_intent" NOT NULL,
    "detail" JSONB NOT NULL,
    "count" INTEGER NOT NULL,
    "totals" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "bulk_decisions_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "bulk_decisions_key" ON "bulk_decisions"("admin_id", "key");
ALTER TABLE "bulk_decisions" ADD CONSTRAINT "bulk_decisions_admin_id_fkey" FOREIGN KEY ("admin_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "issue_events" ADD COLUMN "bulk_id" INTEGER;
ALTER TABLE "issue_events" ADD CONSTRAINT "issue_events_bulk_id_fkey" FOREIGN KEY ("bulk_id") REFERENCES "bulk_decisions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The events of one bulk decision. Most events belong to none.
CREATE INDEX issue_events_bulk_idx ON issue_events (bulk_id) WHERE bulk_id IS NOT NULL;

ALTER TABLE bulk_decisions
  ADD CONSTRAINT bulk_decisions_count_positive CHECK (count > 0),
  ADD CONSTRAINT bulk_decisions_detail_object CHECK (jsonb_typeof(detail) = 'object'),
  ADD CONSTRAINT bulk_decisions_totals_object CHECK (jsonb_typeof(totals) = 'object'),
  ADD CONSTRAINT bulk_decisions_key_present CHECK (char_length(key) BETWEEN 8 AND 200);
ALTER TABLE issue_events
  ADD CONSTRAINT issue_events_bulk_decides CHECK (bulk_id IS NULL OR kind IN ('approved', 'rejected'));

-- What a bulk decision says is what its events say: how many, by whom, and what they commit, {"KZT": 1500000}.
CREATE FUNCTION bulk_decisions_check_sum() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  decided integer;
  committed jsonb;
BEGIN
  SELECT coalesce(sum(s.events), 0), coalesce(jsonb_object_agg(s.currency, s.amount) FILTER (WHERE s.currency IS NOT NULL), '{}')
    INTO decided, committed
    FROM (SELECT e.currency, count(*) AS events, sum(e.amount) AS amount FROM issue_events e
          WHERE e.bulk_id = NEW.id AND e.actor_id = NEW.admin_id AND e.at = NEW.at
            AND e.kind = (CASE NEW.intent WHEN 'reject' THEN 'rejected' ELSE 'approved' END)::issue_event_kind
          GROUP BY e.currency) s;
  IF decided <> NEW.count OR committed <> NEW.totals
     OR decided <> (SELECT count(*) FROM issue_events e WHERE e.bulk_id = NEW.id) THEN
    PERFORM refuse('TY004', 'bulk_decisions_add_up', format('bulk decision %s is not the sum of its events', NEW.id));
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER bulk_decisions_add_up AFTER INSERT ON bulk_decisions
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION bulk_decisions_check_sum();

-- And none joins it later. Once a statement: a bulk decision writes its events in one.
CREATE FUNCTION issue_events_check_bulk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM bulk_decisions b
             WHERE b.id IN (SELECT n.bulk_id FROM new_events n WHERE n.bulk_id IS NOT NULL)
               AND b.count < (SELECT count(*) FROM issue_events e WHERE e.bulk_id = b.id)) THEN
    PERFORM refuse('TY004', 'issue_events_bulk_joined', 'a bulk decision has no more events than it counts');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER issue_events_bulk_joined AFTER INSERT ON issue_events
  REFERENCING NEW TABLE AS new_events FOR EACH STATEMENT EXECUTE FUNCTION issue_events_check_bulk();

CREATE TRIGGER bulk_decisions_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON bulk_decisions
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
