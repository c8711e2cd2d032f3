-- The same rules, asked with less work: they run for each of 10,000 issues of a batch and each row of an import.
--
-- A condition that holds a subquery is run as a query of its own even where the words before it already decide it, so
-- those words come first, in an IF of their own. And a list of kinds that is cast from text is no constant, for which the
-- function that names the kinds of a change could not become part of the expression that calls it.

CREATE OR REPLACE FUNCTION issue_event_kinds(old_row issues, new_row issues) RETURNS issue_event_kind[] LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE
    WHEN old_row.id IS NULL THEN '{filed}'::issue_event_kind[]
    WHEN (old_row.payout_status, new_row.payout_status) = ('pending', 'approved') THEN '{approved}'::issue_event_kind[]
    WHEN (old_row.payout_status, new_row.payout_status) = ('pending', 'rejected') THEN
      CASE WHEN old_row.status = new_row.status THEN '{rejected}'::issue_event_kind[]
           WHEN old_row.status = 'open' THEN '{rejected,status_changed}'::issue_event_kind[] ELSE '{status_changed}'::issue_event_kind[] END
    WHEN (old_row.payout_status, new_row.payout_status) = ('rejected', 'pending') THEN
      CASE WHEN old_row.status = new_row.status THEN '{undone}'::issue_event_kind[] ELSE '{undone,status_changed}'::issue_event_kind[] END
    WHEN (old_row.payout_status, new_row.payout_status) = ('approved', 'pending') THEN '{undone}'::issue_event_kind[]
    WHEN (old_row.payout_status, new_row.payout_status) = ('approved', 'rejected') THEN '{status_changed}'::issue_event_kind[]
    WHEN (old_row.payout_status, new_row.payout_status) = ('approved', 'paid') THEN '{paid}'::issue_event_kind[]
    WHEN (old_row.payout_status, new_row.payout_status) = ('paid', 'approved') THEN '{reversed}'::issue_event_kind[]
    WHEN old_row.payout_status <> new_row.payout_status THEN '{voided}'::issue_event_kind[]
    WHEN old_row.approved_amount <> new_row.approved_amount THEN '{amount_changed}'::issue_event_kind[]
    WHEN old_row.status = 'draft' AND new_row.status = 'open' THEN '{submitted}'::issue_event_kind[]
    WHEN old_row.status <> new_row.status THEN '{status_changed}'::issue_event_kind[]
    WHEN old_row.severity <> new_row.severity AND old_row.cycle_id <> new_row.cycle_id THEN '{edited}'::issue_event_kind[]
    WHEN old_row.severity <> new_row.severity THEN '{edited,severity_changed}'::issue_event_kind[]
    WHEN old_row.cycle_id <> new_row.cycle_id THEN '{edited,cycle_changed}'::issue_event_kind[]
    ELSE '{edited}'::issue_event_kind[]
  END
$$;

CREATE OR REPLACE FUNCTION issues_check_update() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  state_changed boolean := (NEW.status, NEW.payout_status, NEW.approved_amount, NEW.approved_currency, NEW.severity, NEW.cycle_id)
    IS DISTINCT FROM (OLD.status, OLD.payout_status, OLD.approved_amount, OLD.approved_currency, OLD.severity, OLD.cycle_id);
BEGIN
  IF (NEW.id, NEW.tester_id, NEW.created_at) IS DISTINCT FROM (OLD.id, OLD.tester_id, OLD.created_at) THEN
    PERFORM refuse('TY001', 'issues_identity_fixed', 'an issue keeps its number, its tester and its date');
  END IF;
  IF NEW.version <> OLD.version + 1 THEN
    PERFORM refuse('TY001', 'issues_version_step', 'every change of an issue raises its version by one');
  END IF;
  IF OLD.status = 'draft' AND NEW.status NOT IN ('draft', 'open') OR OLD.status <> 'draft' AND NEW.status = 'draft' THEN
    PERFORM refuse('TY001', 'issues_draft_only_submitted', 'a draft is only submitted, and nothing returns to draft');
  END IF;
  IF OLD.filed_at IS NOT NULL AND NEW.filed_at IS DISTINCT FROM OLD.filed_at THEN
    PERFORM refuse('TY001', 'issues_identity_fixed', 'an issue keeps the date it was filed');
  END IF;
  IF NOT is_legal_payout_move(OLD.payout_status, NEW.payout_status) THEN
    PERFORM refuse('TY001', 'issues_legal_move', format('payout cannot go from %s to %s', OLD.payout_status, NEW.payout_status));
  END IF;
  IF OLD.payout_status = 'pending' AND NEW.payout_status = 'approved'
     AND NEW.status <> (CASE OLD.status WHEN 'open' THEN 'triaged' ELSE OLD.status END) THEN
    PERFORM refuse('TY001', 'issues_approval_status', 'approving triages an open issue and keeps any other status');
  END IF;
  IF NEW.payout_status = 'rejected' AND (
       OLD.payout_status = 'approved' AND NOT is_negative_closing(NEW.status)
       OR OLD.payout_status = 'pending' AND OLD.status = 'open' AND NOT is_negative_closing(NEW.status)) THEN
    PERFORM refuse('TY001', 'issues_rejection_closes', 'rejecting closes an open issue; a commitment is rejected only by a negative closing');
  END IF;
  IF NEW.payout_status IN ('approved', 'paid', 'void') AND OLD.payout_status <> 'pending'
     AND ((NEW.approved_amount <> OLD.approved_amount AND (OLD.payout_status, NEW.payout_status) <> ('approved', 'approved'))
          OR NEW.approved_currency <> OLD.approved_currency) THEN
    PERFORM refuse('TY001', 'issues_amount_fixed', 'an approved amount changes only while it waits, and never its currency');
  END IF;
  IF OLD.payout_status IN ('approved', 'paid', 'void')
     AND (NEW.severity, NEW.cycle_id) IS DISTINCT FROM (OLD.severity, OLD.cycle_id) THEN
    PERFORM refuse('TY001', 'issues_frozen_from_approval', 'from approval on, severity and cycle are frozen');
  END IF;
  IF OLD.payout_status = 'approved' AND state_changed THEN
    IF EXISTS (SELECT FROM payout_batch_items i WHERE i.issue_id = OLD.id AND i.state = 'reserved') THEN
      PERFORM refuse('TY002', 'issues_frozen_in_batch', 'the issue is in a prepared batch');
    END IF;
  END IF;
  RETURN NEW;
END $$;

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
  IF e.kind = 'undone' THEN
    IF NOT EXISTS (
         SELECT FROM issue_events p WHERE p.issue_id = NEW.id AND p.version = e.previous_version
           AND p.kind IN ('approved', 'rejected') AND p.from_status = NEW.status AND p.from_payout_status = NEW.payout_status) THEN
      PERFORM refuse('TY004', 'issues_event_kind', format('issue %s has no last decision to take back', NEW.id));
    END IF;
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION issue_events_check_issue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM issues i WHERE i.id = NEW.issue_id AND (
      i.version > NEW.version
      OR i.version = NEW.version AND i.status = NEW.to_status AND i.payout_status = NEW.to_payout_status)
  ) THEN
    PERFORM refuse('TY004', 'issue_events_happened', format('issue %s never reached version %s in that state', NEW.issue_id, NEW.version));
  END IF;
  IF NEW.kind = 'paid' THEN
    IF NOT EXISTS (
         SELECT FROM issue_payouts p WHERE p.issue_id = NEW.issue_id AND p.batch_id = NEW.batch_id AND p.seq % 2 = 1) THEN
      PERFORM refuse('TY004', 'issue_events_payment_written', format('issue %s is told as paid without a payment', NEW.issue_id));
    END IF;
  END IF;
  RETURN NULL;
END $$;

CREATE OR REPLACE FUNCTION payout_batch_items_check_settled() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.state = 'paid' THEN
    IF NOT (
         EXISTS (SELECT FROM payout_batches b WHERE b.id = NEW.batch_id AND b.status = 'confirmed')
         AND EXISTS (SELECT FROM issue_payouts p WHERE p.issue_id = NEW.issue_id AND p.transfer_id = NEW.transfer_id AND p.seq % 2 = 1)) THEN
      PERFORM refuse('TY004', 'payout_batch_items_settled', format('issue %s is settled in batch %s without a payment', NEW.issue_id, NEW.batch_id));
    END IF;
  END IF;
  IF NEW.state = 'released' THEN
    IF NOT (
         EXISTS (SELECT FROM payout_batches b WHERE b.id = NEW.batch_id AND b.status = 'cancelled')
         OR EXISTS (SELECT FROM payout_transfers t WHERE t.id = NEW.transfer_id AND t.left_out_at IS NOT NULL)) THEN
      PERFORM refuse('TY004', 'payout_batch_items_settled', format('issue %s is released though batch %s still holds it', NEW.issue_id, NEW.batch_id));
    END IF;
  END IF;
  RETURN NULL;
END $$;
