-- Totals that pages show of a whole past, kept by the database in the transaction that changes them
-- (docs/decisions/017-kept-totals.md). `npm run doctor` proves them equal to the sum.

CREATE TYPE "kept_what" AS ENUM (
  -- The payout status of filed issues: how many, and what is approved for them.
  'pending', 'approved', 'rejected', 'paid', 'void',
  -- Commitments that were voided before anything was paid.
  'cancelled',
  -- Rows of issue_payouts: payments, and reversals (negative) by their kind.
  'payment', 'bounced', 'never_sent', 'returned');

-- Three levels in one table: of a tester in a cycle; of a tester (no cycle); of a cycle (no tester). No foreign keys: each
-- key comes from an issue that has them.
CREATE TABLE "kept_totals" (
    "id" BIGSERIAL NOT NULL,
    "tester_id" INTEGER,
    "cycle_id" INTEGER,
    "what" "kept_what" NOT NULL,
    "severity" "severity",
    "currency" "currency",
    "issues" BIGINT NOT NULL,
    "amount" BIGINT NOT NULL,

    CONSTRAINT "kept_totals_pkey" PRIMARY KEY ("id")
);
-- Figures change in place: no index holds them, and the pages leave room for it.
ALTER TABLE kept_totals SET (fillfactor = 70);
CREATE UNIQUE INDEX kept_totals_key ON kept_totals (tester_id, cycle_id, what, severity, currency) NULLS NOT DISTINCT;
CREATE INDEX kept_totals_testers_idx ON kept_totals (what, tester_id) WHERE cycle_id IS NULL;
CREATE INDEX kept_totals_cycles_idx ON kept_totals (what, cycle_id) WHERE tester_id IS NULL;
CREATE INDEX kept_totals_cycle_idx ON kept_totals (cycle_id, tester_id) WHERE tester_id IS NOT NULL;

-- What the statements of a transaction under way have changed. It is added to the totals at the end of that transaction,
-- and gone with it, so that nobody waits for a total longer than that; nothing here outlives a crash or needs to.
CREATE UNLOGGED TABLE "kept_changes" (
    "transaction_id" BIGINT NOT NULL DEFAULT txid_current(),
    "id" BIGSERIAL NOT NULL,
    "ends_statement" BOOLEAN NOT NULL,
    "tester_id" INTEGER NOT NULL,
    "cycle_id" INTEGER NOT NULL,
    "what" "kept_what" NOT NULL,
    "severity" "severity",
    "currency" "currency",
    "issues" BIGINT NOT NULL,
    "amount" BIGINT NOT NULL,

    CONSTRAINT "kept_changes_pkey" PRIMARY KEY ("transaction_id", "id")
);
-- Rows live for a moment. Giving the space back to the system would only make writers wait.
ALTER TABLE kept_changes SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000, vacuum_truncate = off);

-- Written by nobody else --------------------------------------------------------------------------------------------------

CREATE FUNCTION refuse_by_hand() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF pg_trigger_depth() < 2 AND coalesce(current_setting('tiyn.rebuilding_kept_totals', true), '') <> 'yes' THEN
    PERFORM refuse('TY003', TG_TABLE_NAME || '_by_triggers_only', format('%s is written by triggers alone', TG_TABLE_NAME));
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER kept_totals_by_triggers_only BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON kept_totals
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_by_hand();
CREATE TRIGGER kept_changes_by_triggers_only BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON kept_changes
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_by_hand();

-- What changed, statement by statement ------------------------------------------------------------------------------------

CREATE FUNCTION issues_keep_filed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  INSERT INTO kept_changes (ends_statement, tester_id, cycle_id, what, severity, currency, issues, amount)
    SELECT row_number() OVER () = 1, n.tester_id, n.cycle_id, n.payout_status::text::kept_what,
           CASE WHEN n.payout_status = 'pending' THEN n.severity END, n.approved_currency,
           count(*), coalesce(sum(n.approved_amount), 0)
      FROM new_issues n WHERE n.status <> 'draft' GROUP BY 2, 3, 4, 5, 6;
  RETURN NULL;
END $$;
CREATE TRIGGER issues_kept_filed AFTER INSERT ON issues
  REFERENCING NEW TABLE AS new_issues FOR EACH STATEMENT EXECUTE FUNCTION issues_keep_filed();

CREATE FUNCTION issues_keep_changed() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  INSERT INTO kept_changes (ends_statement, tester_id, cycle_id, what, severity, currency, issues, amount)
    SELECT row_number() OVER () = 1, c.* FROM (
      SELECT i.tester_id, i.cycle_id, i.payout_status::text::kept_what AS what,
             CASE WHEN i.payout_status = 'pending' THEN i.severity END AS severity, i.approved_currency,
             sum(i.sign) AS issues, coalesce(sum(i.sign * i.approved_amount), 0) AS amount
        FROM (SELECT -1 AS sign, o.tester_id, o.cycle_id, o.status, o.payout_status, o.severity, o.approved_currency, o.approved_amount
                FROM old_issues o
              UNION ALL
              SELECT 1, n.tester_id, n.cycle_id, n.status, n.payout_status, n.severity, n.approved_currency, n.approved_amount
                FROM new_issues n) i
        WHERE i.status <> 'draft' GROUP BY 1, 2, 3, 4, 5) c
      WHERE c.issues <> 0 OR c.amount <> 0;
  RETURN NULL;
END $$;
CREATE TRIGGER issues_kept_changed AFTER UPDATE ON issues
  REFERENCING OLD TABLE AS old_issues NEW TABLE AS new_issues FOR EACH STATEMENT EXECUTE FUNCTION issues_keep_changed();

CREATE FUNCTION issues_keep_cancelled() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  INSERT INTO kept_changes (ends_statement, tester_id, cycle_id, what, currency, issues, amount)
    VALUES (true, OLD.tester_id, OLD.cycle_id, 'cancelled', OLD.approved_currency, 1, OLD.approved_amount);
  RETURN NULL;
END $$;
CREATE TRIGGER issues_kept_cancelled AFTER UPDATE OF payout_status ON issues FOR EACH ROW
  WHEN (OLD.payout_status = 'approved' AND NEW.payout_status = 'void') EXECUTE FUNCTION issues_keep_cancelled();

CREATE FUNCTION issue_payouts_keep() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  INSERT INTO kept_changes (ends_statement, tester_id, cycle_id, what, currency, issues, amount)
    SELECT row_number() OVER () = 1, i.tester_id, i.cycle_id, coalesce(p.kind::text, 'payment')::kept_what, p.currency,
           count(*), sum(p.amount)
      FROM new_payments p JOIN issues i ON i.id = p.issue_id GROUP BY 2, 3, 4, 5;
  RETURN NULL;
END $$;
CREATE TRIGGER issue_payouts_kept AFTER INSERT ON issue_payouts
  REFERENCING NEW TABLE AS new_payments FOR EACH STATEMENT EXECUTE FUNCTION issue_payouts_keep();

-- An issue whose payment was taken back, that was then rejected and reopened, may still move to another cycle.
CREATE FUNCTION issues_keep_moved() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  INSERT INTO kept_changes (ends_statement, tester_id, cycle_id, what, currency, issues, amount)
    SELECT row_number() OVER () = 1, OLD.tester_id, c.cycle_id, coalesce(p.kind::text, 'payment')::kept_what, p.currency,
           sum(c.sign), sum(c.sign * p.amount)
      FROM issue_payouts p, (VALUES (-1, OLD.cycle_id), (1, NEW.cycle_id)) c (sign, cycle_id)
      WHERE p.issue_id = NEW.id GROUP BY 3, 4, 5;
  RETURN NULL;
END $$;
CREATE TRIGGER issues_kept_moved AFTER UPDATE OF cycle_id ON issues FOR EACH ROW
  WHEN (OLD.cycle_id <> NEW.cycle_id) EXECUTE FUNCTION issues_keep_moved();

-- Added up at the end ------------------------------------------------------------------------------------------------------

-- Deferred, so that the totals are locked after the issues, and in the order of their keys, those that many share last:
-- two transactions never wait for each other.
CREATE FUNCTION kept_changes_add_up() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
BEGIN
  -- A later statement's turn is still to come.
  IF EXISTS (SELECT FROM kept_changes c
             WHERE c.transaction_id = NEW.transaction_id AND c.id > NEW.id AND c.ends_statement) THEN
    RETURN NULL;
  END IF;
  WITH changes AS (DELETE FROM kept_changes c WHERE c.transaction_id = NEW.transaction_id RETURNING c.*)
  INSERT INTO kept_totals AS k (tester_id, cycle_id, what, severity, currency, issues, amount)
    SELECT c.tester_id, c.cycle_id, c.what, c.severity, c.currency, sum(c.issues), sum(c.amount)
      FROM changes c
      GROUP BY what, severity, currency, GROUPING SETS ((tester_id, cycle_id), (tester_id), (cycle_id))
      HAVING sum(c.issues) <> 0 OR sum(c.amount) <> 0
      ORDER BY 1 NULLS LAST, 2 NULLS LAST, 3, 4, 5
    ON CONFLICT (tester_id, cycle_id, what, severity, currency)
      DO UPDATE SET issues = k.issues + excluded.issues, amount = k.amount + excluded.amount;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER kept_changes_added_up AFTER INSERT ON kept_changes
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.ends_statement) EXECUTE FUNCTION kept_changes_add_up();

-- From the beginning -------------------------------------------------------------------------------------------------------

-- For the owner of the tables; who writes issues waits meanwhile. Returns the number of totals.
CREATE FUNCTION rebuild_kept_totals() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
  kept bigint;
BEGIN
  LOCK TABLE issues, issue_payouts IN SHARE MODE;
  PERFORM set_config('tiyn.rebuilding_kept_totals', 'yes', true);
  DELETE FROM kept_totals;
  INSERT INTO kept_totals (tester_id, cycle_id, what, severity, currency, issues, amount)
    SELECT s.tester_id, s.cycle_id, s.what, s.severity, s.currency, count(*), coalesce(sum(s.amount), 0)
      FROM (
        SELECT i.tester_id, i.cycle_id, i.payout_status::text::kept_what AS what,
               CASE WHEN i.payout_status = 'pending' THEN i.severity END AS severity,
               i.approved_currency AS currency, i.approved_amount AS amount
          FROM issues i WHERE i.status <> 'draft'
        UNION ALL
        SELECT i.tester_id, i.cycle_id, 'cancelled', NULL, e.currency, e.amount
          FROM issue_events e JOIN issues i ON i.id = e.issue_id
          WHERE e.kind = 'voided' AND e.from_payout_status = 'approved'
        UNION ALL
        SELECT i.tester_id, i.cycle_id, coalesce(p.kind::text, 'payment')::kept_what, NULL, p.currency, p.amount
          FROM issue_payouts p JOIN issues i ON i.id = p.issue_id
      ) s
      GROUP BY what, severity, currency, GROUPING SETS ((tester_id, cycle_id), (tester_id), (cycle_id))
      -- What is read together lies together.
      ORDER BY tester_id IS NULL DESC, cycle_id IS NULL DESC, tester_id, cycle_id;
  GET DIAGNOSTICS kept = ROW_COUNT;
  PERFORM set_config('tiyn.rebuilding_kept_totals', '', true);
  RETURN kept;
END $$;
REVOKE EXECUTE ON FUNCTION rebuild_kept_totals() FROM PUBLIC;

-- The triggers write with their owner's rights, so that the app's role needs none. It cannot lead them elsewhere (only this
-- schema is searched, and temporary tables last), nor make them the triggers of a table of its own.
DO $$
DECLARE
  name text;
BEGIN
  FOREACH name IN ARRAY ARRAY['issues_keep_filed', 'issues_keep_changed', 'issues_keep_cancelled', 'issues_keep_moved',
                              'issue_payouts_keep', 'kept_changes_add_up'] LOOP
    EXECUTE format('ALTER FUNCTION %I() SET search_path = %I, pg_temp', name, current_schema());
    EXECUTE format('REVOKE EXECUTE ON FUNCTION %I() FROM PUBLIC', name);
  END LOOP;
END $$;

SELECT rebuild_kept_totals();

-- Whose payment was corrected: the last payment of a tester is found without a look at everybody's corrections --------------

ALTER TABLE payment_corrections ADD COLUMN "tester_id" INTEGER;
ALTER TABLE payment_corrections DISABLE TRIGGER payment_corrections_append_only;
UPDATE payment_corrections c SET tester_id = p.tester_id FROM issue_payouts p WHERE p.id = c.payment_id;
ALTER TABLE payment_corrections ENABLE TRIGGER payment_corrections_append_only;
ALTER TABLE payment_corrections ALTER COLUMN "tester_id" SET NOT NULL;
CREATE INDEX payment_corrections_tester_idx ON payment_corrections (tester_id, paid_on DESC, payment_id DESC);
-- The audit page, newest first.
CREATE INDEX payment_corrections_at_idx ON payment_corrections (at DESC, id DESC);

CREATE OR REPLACE FUNCTION payment_corrections_check_insert() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  payment issue_payouts%ROWTYPE;
BEGIN
  SELECT * INTO payment FROM issue_payouts WHERE id = NEW.payment_id;
  IF NEW.paid_on > latest_possible_date() OR (payment.method <> 'cash' AND NEW.reference IS NULL) THEN
    PERFORM refuse('TY001', 'payment_corrections_legal_start', 'a correction has a reference unless cash, and no future date');
  END IF;
  IF NEW.corrected_by = payment.tester_id THEN
    PERFORM refuse('TY001', 'payment_corrections_not_by_own_tester', 'nobody corrects their own payment');
  END IF;
  IF EXISTS (SELECT FROM users u WHERE u.id = NEW.corrected_by AND u.role <> 'admin') THEN
    PERFORM refuse('TY001', 'payment_corrections_by_admin', 'only an admin corrects a payment');
  END IF;
  -- Waits for a reversal that is under way.
  PERFORM FROM issues i WHERE i.id = payment.issue_id FOR SHARE;
  IF EXISTS (SELECT FROM issue_payouts p WHERE p.issue_id = payment.issue_id AND (
       payment.seq % 2 = 1 AND p.seq = payment.seq + 1 AND payment_paid_on(p) < NEW.paid_on
       OR payment.seq % 2 = 0 AND p.seq = payment.seq - 1 AND payment_paid_on(p) > NEW.paid_on)) THEN
    PERFORM refuse('TY001', 'payment_corrections_in_order', 'a payment is never dated after its reversal');
  END IF;
  -- Of no payment at all: the foreign key says so.
  NEW.tester_id := coalesce(payment.tester_id, 0);
  RETURN NEW;
END $$;

-- Indexes ------------------------------------------------------------------------------------------------------------------

-- A tester's issues in one cycle, newest first; what the two indexes for sums were for is kept now.
CREATE INDEX issues_tester_cycle_idx ON issues (tester_id, cycle_id, filed_at DESC, id DESC) INCLUDE (payout_status)
  WHERE status <> 'draft';
DROP INDEX issues_balance_idx;
DROP INDEX issue_payouts_balance_idx;

-- What a batch comes to, as the list of batches adds it up.
CREATE INDEX payout_transfers_sums_idx ON payout_transfers (batch_id, currency) INCLUDE (issue_count, total_amount)
  WHERE left_out_at IS NULL;

-- Batches of one state, and transfers of one method, the newest first.
CREATE INDEX payout_batches_status_idx ON payout_batches (status, id DESC);
CREATE INDEX payout_transfers_method_idx ON payout_transfers (method, id DESC) WHERE method IS NOT NULL;

-- Voids and reversals of one kind, the newest first.
CREATE INDEX issue_events_voided_idx ON issue_events (from_payout_status, at DESC, id DESC) WHERE kind = 'voided';
CREATE INDEX issue_payouts_reversals_idx ON issue_payouts (kind, recorded_at DESC, id DESC) WHERE kind IS NOT NULL;
