-- What must never happen to batches, transfers and payments (DESIGN 3, 5), whatever the code does.
-- Own SQLSTATEs as in the migration before; TY005 is a batch or transfer that does not add up.

-- Batches and transfers -------------------------------------------------------------------------------------------------

ALTER TABLE payout_batches
  ADD CONSTRAINT payout_batches_confirmed_when CHECK ((status = 'confirmed') = (confirmed_at IS NOT NULL)),
  ADD CONSTRAINT payout_batches_cancelled_when CHECK ((status = 'cancelled') = (cancelled_at IS NOT NULL)),
  ADD CONSTRAINT payout_batches_by_someone CHECK (
    kind = 'import'
    OR prepared_by IS NOT NULL
    AND (status = 'confirmed') = (confirmed_by IS NOT NULL)
    AND (status = 'cancelled') = (cancelled_by IS NOT NULL));

ALTER TABLE payout_transfers
  ADD CONSTRAINT payout_transfers_count_positive CHECK (issue_count > 0),
  ADD CONSTRAINT payout_transfers_total_positive CHECK (total_amount > 0),
  ADD CONSTRAINT payout_transfers_reference_shape CHECK (
    char_length(reference) BETWEEN 1 AND 100 AND reference ~ '\S' AND reference !~ '[[:cntrl:]]'),
  ADD CONSTRAINT payout_transfers_reference_unless_cash CHECK (method IS NULL OR method = 'cash' OR reference IS NOT NULL),
  ADD CONSTRAINT payout_transfers_settled_whole CHECK ((method IS NULL) = (paid_on IS NULL)),
  ADD CONSTRAINT payout_transfers_left_out_unsettled CHECK (left_out_at IS NULL OR method IS NULL),
  ADD CONSTRAINT payout_transfers_left_out_by_someone CHECK ((left_out_at IS NULL) = (left_out_by IS NULL));

-- An issue is reserved in one batch at most.
CREATE UNIQUE INDEX payout_batch_items_reserved_once ON payout_batch_items (issue_id) WHERE state = 'reserved';

CREATE INDEX payout_batches_prepared_idx ON payout_batches (id) WHERE status = 'prepared';
-- A reference is looked up with its method before it is used again.
CREATE INDEX payout_transfers_reference_idx ON payout_transfers (method, reference) WHERE reference IS NOT NULL;

CREATE FUNCTION payout_batches_check_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status <> 'prepared' OR NEW.status = 'prepared'
     OR (NEW.id, NEW.kind, NEW.prepared_by, NEW.prepared_at) IS DISTINCT FROM (OLD.id, OLD.kind, OLD.prepared_by, OLD.prepared_at) THEN
    PERFORM refuse('TY001', 'payout_batches_legal_move', 'a prepared batch is confirmed or cancelled, once');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER payout_batches_legal_move BEFORE UPDATE ON payout_batches
  FOR EACH ROW EXECUTE FUNCTION payout_batches_check_update();

CREATE FUNCTION payout_batches_check_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status <> 'prepared' THEN
    PERFORM refuse('TY001', 'payout_batches_legal_start', 'a batch starts prepared');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER payout_batches_legal_start BEFORE INSERT ON payout_batches
  FOR EACH ROW EXECUTE FUNCTION payout_batches_check_insert();

-- A transfer keeps what it was prepared with; how it was paid, or that it was left out, is said while the batch is open.
CREATE FUNCTION payout_transfers_check_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.id, NEW.batch_id, NEW.tester_id, NEW.currency, NEW.issue_count, NEW.total_amount, NEW.payee_name, NEW.kaspi_phone, NEW.iban)
     IS DISTINCT FROM
     (OLD.id, OLD.batch_id, OLD.tester_id, OLD.currency, OLD.issue_count, OLD.total_amount, OLD.payee_name, OLD.kaspi_phone, OLD.iban)
     OR OLD.left_out_at IS NOT NULL
     OR NOT EXISTS (SELECT FROM payout_batches b WHERE b.id = NEW.batch_id AND b.status = 'prepared') THEN
    PERFORM refuse('TY001', 'payout_transfers_legal_change', 'a transfer changes only while its batch is prepared');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER payout_transfers_legal_change BEFORE UPDATE ON payout_transfers
  FOR EACH ROW EXECUTE FUNCTION payout_transfers_check_update();

CREATE FUNCTION payout_transfers_check_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.method IS NOT NULL OR NEW.left_out_at IS NOT NULL
     OR NOT EXISTS (SELECT FROM payout_batches b WHERE b.id = NEW.batch_id AND b.status = 'prepared') THEN
    PERFORM refuse('TY001', 'payout_transfers_legal_start', 'a transfer starts unpaid, in a prepared batch');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER payout_transfers_legal_start BEFORE INSERT ON payout_transfers
  FOR EACH ROW EXECUTE FUNCTION payout_transfers_check_insert();

-- A transfer's items add up to its count and total. They are inserted in one statement, so each statement is checked.
CREATE FUNCTION payout_batch_items_check_sums() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  bad integer;
BEGIN
  SELECT t.id INTO bad
  FROM payout_transfers t
  JOIN LATERAL (
    SELECT count(*) AS issues, sum(i.amount) AS total FROM payout_batch_items i WHERE i.transfer_id = t.id
  ) s ON true
  WHERE t.id IN (SELECT DISTINCT n.transfer_id FROM new_items n)
    AND (s.issues <> t.issue_count OR s.total <> t.total_amount)
  LIMIT 1;
  IF FOUND THEN
    PERFORM refuse('TY005', 'payout_transfers_add_up', format('transfer %s is not the sum of its items', bad));
  END IF;
  -- Locking the issues makes the comparison hold until commit, also against a writer that did not lock them first.
  PERFORM FROM issues i WHERE i.id IN (SELECT n.issue_id FROM new_items n) ORDER BY i.id FOR NO KEY UPDATE;
  SELECT n.issue_id INTO bad
  FROM new_items n
  JOIN issues i ON i.id = n.issue_id
  WHERE n.state <> 'reserved' OR i.payout_status <> 'approved'
     OR i.approved_amount <> n.amount OR i.approved_currency <> n.currency
  LIMIT 1;
  IF FOUND THEN
    PERFORM refuse('TY005', 'payout_batch_items_match_issue', format('issue %s is not approved for that amount', bad));
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER payout_batch_items_add_up AFTER INSERT ON payout_batch_items
  REFERENCING NEW TABLE AS new_items FOR EACH STATEMENT EXECUTE FUNCTION payout_batch_items_check_sums();

CREATE FUNCTION payout_transfers_check_items() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM payout_batch_items i WHERE i.transfer_id = NEW.id) THEN
    PERFORM refuse('TY005', 'payout_transfers_have_items', format('transfer %s has no items', NEW.id));
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER payout_transfers_have_items AFTER INSERT ON payout_transfers
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payout_transfers_check_items();

CREATE FUNCTION payout_batch_items_check_update() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.transfer_id, NEW.issue_id, NEW.batch_id, NEW.tester_id, NEW.currency, NEW.amount)
     IS DISTINCT FROM (OLD.transfer_id, OLD.issue_id, OLD.batch_id, OLD.tester_id, OLD.currency, OLD.amount)
     OR OLD.state <> 'reserved' OR NEW.state = 'reserved' THEN
    PERFORM refuse('TY001', 'payout_batch_items_legal_move', 'a reserved item is paid or released, once');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER payout_batch_items_legal_move BEFORE UPDATE ON payout_batch_items
  FOR EACH ROW EXECUTE FUNCTION payout_batch_items_check_update();

-- Paid means: the batch is confirmed and the payment is written. Released means: the batch is cancelled or the line left out.
CREATE FUNCTION payout_batch_items_check_settled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state = 'paid' AND NOT (
       EXISTS (SELECT FROM payout_batches b WHERE b.id = NEW.batch_id AND b.status = 'confirmed')
       AND EXISTS (SELECT FROM issue_payouts p WHERE p.issue_id = NEW.issue_id AND p.transfer_id = NEW.transfer_id AND p.seq % 2 = 1)) THEN
    PERFORM refuse('TY004', 'payout_batch_items_settled', format('issue %s is settled in batch %s without a payment', NEW.issue_id, NEW.batch_id));
  END IF;
  IF NEW.state = 'released' AND NOT (
       EXISTS (SELECT FROM payout_batches b WHERE b.id = NEW.batch_id AND b.status = 'cancelled')
       OR EXISTS (SELECT FROM payout_transfers t WHERE t.id = NEW.transfer_id AND t.left_out_at IS NOT NULL)) THEN
    PERFORM refuse('TY004', 'payout_batch_items_settled', format('issue %s is released though batch %s still holds it', NEW.issue_id, NEW.batch_id));
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER payout_batch_items_settled AFTER UPDATE ON payout_batch_items
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payout_batch_items_check_settled();

-- No half batch: when it is closed, nothing in it is still reserved, and what was not left out says how it was paid.
CREATE FUNCTION payout_batches_check_settled() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  current_status batch_status;
BEGIN
  SELECT status INTO current_status FROM payout_batches WHERE id = NEW.id;
  IF NOT EXISTS (SELECT FROM payout_transfers t WHERE t.batch_id = NEW.id) THEN
    PERFORM refuse('TY005', 'payout_batches_settled', format('batch %s has no transfers', NEW.id));
  END IF;
  IF current_status <> 'prepared' AND EXISTS (
       SELECT FROM payout_transfers t JOIN payout_batch_items i ON i.transfer_id = t.id
       WHERE t.batch_id = NEW.id
         AND i.state <> (CASE WHEN current_status = 'confirmed' AND t.left_out_at IS NULL THEN 'paid' ELSE 'released' END)::batch_item_state) THEN
    PERFORM refuse('TY005', 'payout_batches_settled', format('batch %s is %s but not all of it', NEW.id, current_status));
  END IF;
  IF current_status = 'confirmed' AND (
       EXISTS (SELECT FROM payout_transfers t WHERE t.batch_id = NEW.id AND t.left_out_at IS NULL AND t.method IS NULL)
       OR NOT EXISTS (SELECT FROM payout_transfers t WHERE t.batch_id = NEW.id AND t.left_out_at IS NULL)) THEN
    PERFORM refuse('TY005', 'payout_batches_settled', format('batch %s is confirmed without a transfer, or without saying how it was paid', NEW.id));
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER payout_batches_settled AFTER INSERT OR UPDATE ON payout_batches
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payout_batches_check_settled();

-- A line left out releases its issues, all of them.
CREATE FUNCTION payout_transfers_check_left_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.left_out_at IS NOT NULL
     AND EXISTS (SELECT FROM payout_batch_items i WHERE i.transfer_id = NEW.id AND i.state <> 'released') THEN
    PERFORM refuse('TY005', 'payout_transfers_left_out_whole', format('transfer %s is left out but holds issues', NEW.id));
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER payout_transfers_left_out_whole AFTER UPDATE ON payout_transfers
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payout_transfers_check_left_out();

-- Payments --------------------------------------------------------------------------------------------------------------

-- seq counts without gaps …
ALTER TABLE issue_payouts ADD CONSTRAINT issue_payouts_seq_fkey
  FOREIGN KEY (issue_id, previous_seq) REFERENCES issue_payouts (issue_id, seq);
-- … and an even row is the exact opposite of the row before it: same tester, same currency, same amount.
ALTER TABLE issue_payouts ADD CONSTRAINT issue_payouts_opposite_fkey
  FOREIGN KEY (issue_id, previous_seq, tester_id, currency, reversed_amount)
  REFERENCES issue_payouts (issue_id, seq, tester_id, currency, amount);

ALTER TABLE issue_payouts
  ADD CONSTRAINT issue_payouts_sign CHECK (seq >= 1 AND amount <> 0 AND (seq % 2 = 1) = (amount > 0)),
  ADD CONSTRAINT issue_payouts_amount_in_range CHECK (abs(amount) <= 1000000000),
  ADD CONSTRAINT issue_payouts_reversal_explained CHECK (
    (seq % 2 = 0) = (kind IS NOT NULL) AND (seq % 2 = 0) = (reason IS NOT NULL) AND (reason IS NULL OR reason ~ '\S')),
  ADD CONSTRAINT issue_payouts_reference_shape CHECK (
    char_length(reference) BETWEEN 1 AND 100 AND reference ~ '\S' AND reference !~ '[[:cntrl:]]'),
  ADD CONSTRAINT issue_payouts_reference_unless_cash CHECK (method = 'cash' OR reference IS NOT NULL),
  ADD CONSTRAINT issue_payouts_not_recorded_by_own_tester CHECK (recorded_by <> tester_id);

ALTER TABLE payment_corrections
  ADD CONSTRAINT payment_corrections_reason_present CHECK (reason ~ '\S' AND char_length(reason) <= 2000),
  ADD CONSTRAINT payment_corrections_reference_shape CHECK (
    char_length(reference) BETWEEN 1 AND 100 AND reference ~ '\S' AND reference !~ '[[:cntrl:]]');

-- A paid-on date is never in the future. The app compares with the team's time zone; here the most easterly one (+14)
-- stands in for it, so that no zone is refused wrongly.
CREATE FUNCTION latest_possible_date() RETURNS date LANGUAGE sql STABLE AS $$
  SELECT (now() AT TIME ZONE INTERVAL '14 hours')::date
$$;

CREATE FUNCTION issue_payouts_check_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.paid_on > latest_possible_date() THEN
    PERFORM refuse('TY001', 'issue_payouts_not_in_future', 'a paid-on date is never in the future');
  END IF;
  IF NEW.seq % 2 = 1 AND NOT EXISTS (
       SELECT FROM payout_transfers t
       WHERE t.id = NEW.transfer_id AND t.left_out_at IS NULL
         AND t.method = NEW.method AND t.reference IS NOT DISTINCT FROM NEW.reference AND t.paid_on = NEW.paid_on) THEN
    PERFORM refuse('TY004', 'issue_payouts_as_transferred', 'a payment says what its transfer says');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER issue_payouts_legal_start BEFORE INSERT ON issue_payouts
  FOR EACH ROW EXECUTE FUNCTION issue_payouts_check_insert();

CREATE FUNCTION payment_corrections_check_insert() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  paid_by payout_method;
BEGIN
  SELECT method INTO paid_by FROM issue_payouts WHERE id = NEW.payment_id;
  IF NEW.paid_on > latest_possible_date() OR (paid_by <> 'cash' AND NEW.reference IS NULL) THEN
    PERFORM refuse('TY001', 'payment_corrections_legal_start', 'a correction has a reference unless cash, and no future date');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER payment_corrections_legal_start BEFORE INSERT ON payment_corrections
  FOR EACH ROW EXECUTE FUNCTION payment_corrections_check_insert();

-- An issue is paid if and only if its last payment row is a payment and not its reversal; only a void issue may keep
-- the money. The amount is the one that was approved, and the money went through a confirmed batch.
CREATE FUNCTION check_issue_money(checked_issue integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
  issue record;
  last_payment record;
  live boolean;
BEGIN
  SELECT payout_status, approved_amount, approved_currency INTO issue FROM issues WHERE id = checked_issue;
  SELECT p.seq, p.amount, p.currency, p.transfer_id INTO last_payment
    FROM issue_payouts p WHERE p.issue_id = checked_issue ORDER BY p.seq DESC LIMIT 1;
  live := FOUND AND last_payment.seq % 2 = 1;
  IF (issue.payout_status = 'paid' AND NOT live) OR (live AND issue.payout_status NOT IN ('paid', 'void')) THEN
    PERFORM refuse('TY004', 'issues_paid_once', format('issue %s is %s but its payments say otherwise', checked_issue, issue.payout_status));
  END IF;
  IF live AND (last_payment.amount <> issue.approved_amount OR last_payment.currency <> issue.approved_currency) THEN
    PERFORM refuse('TY004', 'issues_paid_as_approved', format('issue %s is paid another amount than was approved', checked_issue));
  END IF;
  IF live AND NOT EXISTS (
       SELECT FROM payout_batch_items i
       WHERE i.transfer_id = last_payment.transfer_id AND i.issue_id = checked_issue AND i.state = 'paid') THEN
    PERFORM refuse('TY004', 'issues_paid_by_batch', format('issue %s is paid outside a confirmed batch', checked_issue));
  END IF;
END $$;

CREATE FUNCTION issues_check_money() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM check_issue_money(NEW.id);
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER issues_money_agrees AFTER UPDATE OF payout_status, approved_amount, approved_currency ON issues
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.payout_status IN ('approved', 'paid', 'void'))
  EXECUTE FUNCTION issues_check_money();

CREATE FUNCTION issue_payouts_check_money() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM check_issue_money(NEW.issue_id);
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER issue_payouts_money_agrees AFTER INSERT ON issue_payouts
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION issue_payouts_check_money();

-- Append-only -----------------------------------------------------------------------------------------------------------

CREATE TRIGGER issue_payouts_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON issue_payouts
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER payment_corrections_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payment_corrections
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER payout_batches_never_deleted BEFORE DELETE OR TRUNCATE ON payout_batches
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER payout_transfers_never_deleted BEFORE DELETE OR TRUNCATE ON payout_transfers
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER payout_batch_items_never_deleted BEFORE DELETE OR TRUNCATE ON payout_batch_items
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
