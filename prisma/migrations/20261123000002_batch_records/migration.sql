-- What is recorded after a batch was paid: reversals, voids and corrections, by whom, and in which order of dates.

-- Who may decide about money (DESIGN 3); without an actor it is the import. One look a statement, since a batch writes
-- its events by the thousand.
CREATE FUNCTION issue_events_check_actor() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  bad integer;
BEGIN
  SELECT e.issue_id INTO bad
    FROM new_events e JOIN users u ON u.id = e.actor_id
    WHERE (e.from_payout_status <> e.to_payout_status OR e.kind = 'amount_changed' AND e.from_payout_status = 'approved') AND u.role <> 'admin'
    LIMIT 1;
  IF FOUND THEN
    PERFORM refuse('TY001', 'issue_events_by_admin', format('only an admin decides about the money of issue %s', bad));
  END IF;
  SELECT e.issue_id INTO bad
    FROM new_events e JOIN issues i ON i.id = e.issue_id AND i.tester_id = e.actor_id
    WHERE (e.from_payout_status <> e.to_payout_status OR e.kind = 'amount_changed' AND e.from_payout_status = 'approved')
      AND (e.to_payout_status IN ('approved', 'paid') OR e.from_payout_status = 'paid')
    LIMIT 1;
  IF FOUND THEN
    PERFORM refuse('TY001', 'issue_events_not_own_money', format('nobody approves, pays or takes back the money of their own issue %s', bad));
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER issue_events_legal_actor AFTER INSERT ON issue_events
  REFERENCING NEW TABLE AS new_events FOR EACH STATEMENT EXECUTE FUNCTION issue_events_check_actor();

-- The paid-on date of a payment or reversal as views show it: with its latest correction.
CREATE FUNCTION payment_paid_on(payment issue_payouts) RETURNS date LANGUAGE sql STABLE AS $$
  SELECT coalesce(
    (SELECT c.paid_on FROM payment_corrections c WHERE c.payment_id = payment.id ORDER BY c.id DESC LIMIT 1),
    payment.paid_on)
$$;

-- Money does not come back before it left. Deferred: by then the reversal's issue is locked, and no correction is under way.
CREATE FUNCTION issue_payouts_check_reversal_date() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM issue_payouts p WHERE p.issue_id = NEW.issue_id AND p.seq = NEW.seq - 1
             AND payment_paid_on(p) > payment_paid_on(NEW)) THEN
    PERFORM refuse('TY001', 'issue_payouts_reversed_after_paid', 'a reversal is never dated before its payment');
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER issue_payouts_reversed_after_paid AFTER INSERT ON issue_payouts
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.seq % 2 = 0) EXECUTE FUNCTION issue_payouts_check_reversal_date();

-- Nor does a correction make it look so.
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
  RETURN NEW;
END $$;

-- Where else a reference was used, corrections included.
CREATE INDEX payment_corrections_reference_idx ON payment_corrections (reference);
