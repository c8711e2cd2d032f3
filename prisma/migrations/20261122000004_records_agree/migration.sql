-- What the tests in plain SQL found still possible, closed: records that tell another story than the rows they tell of.

-- What a change is called follows from the change
CREATE FUNCTION issue_event_kinds(old_row issues, new_row issues) RETURNS issue_event_kind[] LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN old_row.id IS NULL THEN ARRAY['filed']
    WHEN (old_row.payout_status, new_row.payout_status) = ('pending', 'approved') THEN ARRAY['approved']
    WHEN (old_row.payout_status, new_row.payout_status) = ('pending', 'rejected') THEN
      CASE WHEN old_row.status = new_row.status THEN ARRAY['rejected']
           WHEN old_row.status = 'open' THEN ARRAY['rejected', 'status_changed'] ELSE ARRAY['status_changed'] END
    WHEN (old_row.payout_status, new_row.payout_status) = ('rejected', 'pending') THEN
      CASE WHEN old_row.status = new_row.status THEN ARRAY['undone'] ELSE ARRAY['undone', 'status_changed'] END
    WHEN (old_row.payout_status, new_row.payout_status) = ('approved', 'pending') THEN ARRAY['undone']
    WHEN (old_row.payout_status, new_row.payout_status) = ('approved', 'rejected') THEN ARRAY['status_changed']
    WHEN (old_row.payout_status, new_row.payout_status) = ('approved', 'paid') THEN ARRAY['paid']
    WHEN (old_row.payout_status, new_row.payout_status) = ('paid', 'approved') THEN ARRAY['reversed']
    WHEN old_row.payout_status <> new_row.payout_status THEN ARRAY['voided']
    WHEN old_row.approved_amount <> new_row.approved_amount THEN ARRAY['amount_changed']
    WHEN old_row.status = 'draft' AND new_row.status = 'open' THEN ARRAY['submitted']
    WHEN old_row.status <> new_row.status THEN ARRAY['status_changed']
    WHEN old_row.severity <> new_row.severity AND old_row.cycle_id <> new_row.cycle_id THEN ARRAY['edited']
    WHEN old_row.severity <> new_row.severity THEN ARRAY['edited', 'severity_changed']
    WHEN old_row.cycle_id <> new_row.cycle_id THEN ARRAY['edited', 'cycle_changed']
    ELSE ARRAY['edited']
  END::issue_event_kind[]
$$;

CREATE OR REPLACE FUNCTION issues_check_event() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  e issue_events%ROWTYPE;
BEGIN
  SELECT * INTO e FROM issue_events WHERE issue_id = NEW.id AND version = NEW.version;
  IF NOT FOUND OR e.to_status <> NEW.status OR e.to_payout_status <> NEW.payout_status
     OR (e.amount, e.currency) IS DISTINCT FROM
        (coalesce(NEW.approved_amount, OLD.approved_amount), coalesce(NEW.approved_currency, OLD.approved_currency))
     OR OLD.approved_amount <> NEW.approved_amount AND e.kind <> 'amount_changed' THEN
    PERFORM refuse('TY004', 'issues_event_written', format('issue %s version %s has no event that says so', NEW.id, NEW.version));
  END IF;
  IF e.kind <> ALL (issue_event_kinds(OLD, NEW)) THEN
    PERFORM refuse('TY004', 'issues_event_kind', format('issue %s version %s is told as %s', NEW.id, NEW.version, e.kind));
  END IF;
  IF OLD.status <> NEW.status AND is_negative_closing(NEW.status) AND e.reason IS DISTINCT FROM NEW.status::text THEN
    PERFORM refuse('TY004', 'issues_event_reason', format('issue %s closes as %s for another reason', NEW.id, NEW.status));
  END IF;
  IF e.kind IN ('approved', 'amount_changed') AND e.actor_id IS DISTINCT FROM NEW.approved_by THEN
    PERFORM refuse('TY004', 'issues_event_actor', format('issue %s was approved by another than its event says', NEW.id));
  END IF;
  -- Undo takes back the last decision, and only that one.
  IF e.kind = 'undone' AND NOT EXISTS (
       SELECT FROM issue_events p WHERE p.issue_id = NEW.id AND p.version = e.previous_version
         AND p.kind IN ('approved', 'rejected') AND p.from_status = NEW.status AND p.from_payout_status = NEW.payout_status) THEN
    PERFORM refuse('TY004', 'issues_event_kind', format('issue %s has no last decision to take back', NEW.id));
  END IF;
  RETURN NULL;
END $$;

-- Statuses, and who approved and when
CREATE FUNCTION issues_check_status() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.payout_status = 'approved' AND NEW.payout_status = 'approved' AND NEW.status <> OLD.status
     AND is_negative_closing(NEW.status) THEN
    PERFORM refuse('TY001', 'issues_closing_withdraws', 'a commitment is withdrawn when its issue closes negative');
  END IF;
  IF OLD.payout_status = 'rejected' AND (NEW.payout_status = 'rejected' OR NEW.status <> OLD.status)
     AND (NEW.payout_status = 'pending') <> (is_negative_closing(OLD.status) AND NOT is_negative_closing(NEW.status)) THEN
    PERFORM refuse('TY001', 'issues_reopening', 'reopening from a negative closing, and only that, asks for a decision again');
  END IF;
  IF NEW.status <> OLD.status AND (
       (OLD.payout_status, NEW.payout_status) IN (('approved', 'void'), ('approved', 'paid'), ('paid', 'approved'), ('paid', 'void'))
       OR NEW.approved_amount <> OLD.approved_amount
       OR (OLD.payout_status, NEW.payout_status) = ('pending', 'rejected') AND NOT is_negative_closing(NEW.status)) THEN
    PERFORM refuse('TY001', 'issues_move_keeps_status', 'this move of the money keeps the status of the issue');
  END IF;
  IF (NEW.approved_at, NEW.approved_by) IS DISTINCT FROM (OLD.approved_at, OLD.approved_by)
     AND NEW.payout_status IN ('approved', 'paid', 'void') AND OLD.approved_amount = NEW.approved_amount THEN
    PERFORM refuse('TY001', 'issues_approval_fixed', 'who approved, and when, changes with the amount only');
  END IF;
  IF NEW.payout_status = 'approved' AND OLD.payout_status = 'pending'
     AND (NEW.severity, NEW.cycle_id) IS DISTINCT FROM (OLD.severity, OLD.cycle_id) THEN
    PERFORM refuse('TY001', 'issues_frozen_from_approval', 'severity and cycle do not change with the approval');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER issues_legal_status BEFORE UPDATE ON issues FOR EACH ROW EXECUTE FUNCTION issues_check_status();

ALTER TABLE issues ADD CONSTRAINT issues_approved_by_someone CHECK (
  approved_amount IS NULL OR approved_by IS NOT NULL OR external_id IS NOT NULL);

-- Money: one payment, one paid event, one batch
CREATE UNIQUE INDEX issue_payouts_once_per_transfer ON issue_payouts (issue_id, transfer_id) WHERE seq % 2 = 1;
CREATE UNIQUE INDEX issue_events_paid_once ON issue_events (issue_id, batch_id) WHERE kind = 'paid';

ALTER TABLE issue_payouts DROP CONSTRAINT issue_payouts_opposite_fkey;
DROP INDEX issue_payouts_opposite_key;
CREATE UNIQUE INDEX issue_payouts_opposite_key ON issue_payouts (issue_id, seq, tester_id, transfer_id, currency, method, amount);
ALTER TABLE issue_payouts ADD CONSTRAINT issue_payouts_opposite_fkey
  FOREIGN KEY (issue_id, previous_seq, tester_id, transfer_id, currency, method, reversed_amount)
  REFERENCES issue_payouts (issue_id, seq, tester_id, transfer_id, currency, method, amount);

CREATE OR REPLACE FUNCTION issue_payouts_check_money() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  batch payout_batches%ROWTYPE;
BEGIN
  PERFORM check_issue_money(NEW.issue_id);
  SELECT * INTO batch FROM payout_batches WHERE id = NEW.batch_id;
  IF NEW.recorded_by IS NULL AND batch.kind <> 'import'
     OR NEW.seq % 2 = 1 AND NEW.recorded_by IS DISTINCT FROM batch.confirmed_by THEN
    PERFORM refuse('TY004', 'issue_payouts_recorded_by_confirmer', 'a payment is recorded by who confirmed its batch');
  END IF;
  -- Each row has its event: a payment that of its batch, a reversal the one written at the same moment.
  IF NOT EXISTS (
       SELECT FROM issue_events e WHERE e.issue_id = NEW.issue_id AND CASE
         WHEN NEW.seq % 2 = 1 THEN e.kind = 'paid' AND e.batch_id = NEW.batch_id AND e.actor_id IS NOT DISTINCT FROM NEW.recorded_by
         WHEN e.kind = 'reversed' THEN e.at = NEW.recorded_at AND NEW.kind IN ('bounced', 'never_sent')
         WHEN e.kind = 'voided' THEN e.at = NEW.recorded_at AND NEW.kind IN ('returned', 'never_sent') AND e.from_payout_status = 'paid'
         ELSE false END) THEN
    PERFORM refuse('TY004', 'issue_payouts_event_written', format('payment %s of issue %s has no event that says so', NEW.seq, NEW.issue_id));
  END IF;
  RETURN NULL;
END $$;

-- The snapshot is what the issue says at that moment; a reversal repeats the payment's.
CREATE FUNCTION issue_payouts_check_snapshot() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.seq % 2 = 1 AND NOT EXISTS (
       SELECT FROM issues i JOIN test_cycles c ON c.id = i.cycle_id
       WHERE i.id = NEW.issue_id AND (i.title, i.severity, c.name) = (NEW.issue_title, NEW.severity, NEW.cycle_name))
     OR NEW.seq % 2 = 0 AND NOT EXISTS (
       SELECT FROM issue_payouts p WHERE p.issue_id = NEW.issue_id AND p.seq = NEW.seq - 1
         AND (p.issue_title, p.severity, p.cycle_name) = (NEW.issue_title, NEW.severity, NEW.cycle_name)) THEN
    PERFORM refuse('TY004', 'issue_payouts_snapshot', 'a payment tells its issue as it is');
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER issue_payouts_snapshot AFTER INSERT ON issue_payouts
  DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW EXECUTE FUNCTION issue_payouts_check_snapshot();

ALTER TABLE payout_transfers ADD CONSTRAINT payout_transfers_not_before_2000 CHECK (paid_on >= '2000-01-01');
ALTER TABLE issue_payouts ADD CONSTRAINT issue_payouts_not_before_2000 CHECK (paid_on >= '2000-01-01');
ALTER TABLE payment_corrections ADD CONSTRAINT payment_corrections_not_before_2000 CHECK (paid_on >= '2000-01-01');

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
  RETURN NEW;
END $$;

-- As domain/payment.ts: \p{Cc}, \p{Cf}, \p{Zl}, \p{Zp}. Written out, since [[:cntrl:]] depends on the locale.
CREATE FUNCTION reference_is_clean(reference text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT char_length(reference) BETWEEN 1 AND 100 AND reference ~ '\S'
    AND reference !~ '[\u0001-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]'
$$;
ALTER TABLE payout_transfers DROP CONSTRAINT payout_transfers_reference_shape,
  ADD CONSTRAINT payout_transfers_reference_shape CHECK (reference_is_clean(reference));
ALTER TABLE issue_payouts DROP CONSTRAINT issue_payouts_reference_shape,
  ADD CONSTRAINT issue_payouts_reference_shape CHECK (reference_is_clean(reference));
ALTER TABLE payment_corrections DROP CONSTRAINT payment_corrections_reference_shape,
  ADD CONSTRAINT payment_corrections_reference_shape CHECK (reference_is_clean(reference));

CREATE OR REPLACE FUNCTION issue_events_check_issue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM issues i WHERE i.id = NEW.issue_id AND (
      i.version > NEW.version
      OR i.version = NEW.version AND i.status = NEW.to_status AND i.payout_status = NEW.to_payout_status)
  ) THEN
    PERFORM refuse('TY004', 'issue_events_happened', format('issue %s never reached version %s in that state', NEW.issue_id, NEW.version));
  END IF;
  IF NEW.kind = 'paid' AND NOT EXISTS (
       SELECT FROM issue_payouts p WHERE p.issue_id = NEW.issue_id AND p.batch_id = NEW.batch_id AND p.seq % 2 = 1) THEN
    PERFORM refuse('TY004', 'issue_events_payment_written', format('issue %s is told as paid without a payment', NEW.issue_id));
  END IF;
  RETURN NULL;
END $$;

-- A batch that closes while it grows, and the isolation that the rules are written for
CREATE FUNCTION refuse_other_isolation() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  -- The rules compare with rows of other transactions under row locks: only READ COMMITTED sees them after the wait.
  IF current_setting('transaction_isolation') <> 'read committed' THEN
    PERFORM refuse('TY001', 'read_committed_only', 'money moves in READ COMMITTED transactions only');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER issues_read_committed BEFORE INSERT OR UPDATE ON issues FOR EACH STATEMENT EXECUTE FUNCTION refuse_other_isolation();
CREATE TRIGGER payout_batches_read_committed BEFORE INSERT OR UPDATE ON payout_batches FOR EACH STATEMENT EXECUTE FUNCTION refuse_other_isolation();
CREATE TRIGGER payout_batch_items_read_committed BEFORE INSERT OR UPDATE ON payout_batch_items FOR EACH STATEMENT EXECUTE FUNCTION refuse_other_isolation();

CREATE FUNCTION payout_batch_items_check_batch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM payout_batches b WHERE b.id IN (SELECT n.batch_id FROM new_items n) ORDER BY b.id FOR SHARE;
  IF EXISTS (SELECT FROM new_items n JOIN payout_batches b ON b.id = n.batch_id JOIN payout_transfers t ON t.id = n.transfer_id
             WHERE b.status <> 'prepared' OR t.left_out_at IS NOT NULL) THEN
    PERFORM refuse('TY001', 'payout_batch_items_legal_start', 'issues are reserved in a prepared batch');
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER payout_batch_items_legal_start AFTER INSERT ON payout_batch_items
  REFERENCING NEW TABLE AS new_items FOR EACH STATEMENT EXECUTE FUNCTION payout_batch_items_check_batch();

-- A one-time key leads to a batch (the app claims the key before it writes the batch)
ALTER TABLE operation_keys ADD CONSTRAINT operation_keys_batch_id_fkey
  FOREIGN KEY (batch_id) REFERENCES payout_batches (id) DEFERRABLE INITIALLY DEFERRED;
