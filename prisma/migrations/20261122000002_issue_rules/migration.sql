-- What must never happen to people, cycles, issues and their events (DESIGN 2, 3), whatever the code does.
-- Own SQLSTATEs: TY001 illegal move, TY002 frozen in a prepared batch, TY003 append-only, TY004 state and record disagree.

-- People and cycles ---------------------------------------------------------------------------------------------------

CREATE UNIQUE INDEX users_email_key ON users (lower(email));

ALTER TABLE users
  ADD CONSTRAINT users_name_present CHECK (name ~ '\S' AND char_length(name) <= 200),
  ADD CONSTRAINT users_email_shape CHECK (email ~ '^[^\s@]+@[^\s@]+$' AND char_length(email) <= 254),
  ADD CONSTRAINT users_locale_known CHECK (locale IN ('en', 'ru', 'kk')),
  ADD CONSTRAINT users_kaspi_phone_shape CHECK (kaspi_phone ~ '^\+7[0-9]{10}$'),
  ADD CONSTRAINT users_iban_shape CHECK (iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$');

-- {"critical"?, "high"?, "medium"?, "low"?, "currency"?}: whole minor units, 1 to 1,000,000,000.
CREATE FUNCTION payout_rates_valid(rates jsonb) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT rates IS NULL OR (
    jsonb_typeof(rates) = 'object'
    AND NOT EXISTS (
      SELECT FROM jsonb_each(CASE WHEN jsonb_typeof(rates) = 'object' THEN rates ELSE '{}' END) AS r (key, value)
      WHERE NOT CASE
        WHEN r.key = 'currency' THEN r.value IN ('"KZT"', '"USD"')
        WHEN r.key IN ('critical', 'high', 'medium', 'low') AND jsonb_typeof(r.value) = 'number' THEN
          (r.value #>> '{}')::numeric BETWEEN 1 AND 1000000000
          AND (r.value #>> '{}')::numeric = trunc((r.value #>> '{}')::numeric)
        ELSE false
      END
    )
  )
$$;

ALTER TABLE test_cycles
  ADD CONSTRAINT test_cycles_name_present CHECK (name ~ '\S' AND char_length(name) <= 200),
  ADD CONSTRAINT test_cycles_metadata_object CHECK (jsonb_typeof(metadata) = 'object'),
  ADD CONSTRAINT test_cycles_rates_valid CHECK (payout_rates_valid(metadata -> 'payout_rates'));

-- Issues --------------------------------------------------------------------------------------------------------------

CREATE FUNCTION is_negative_closing(status issue_status) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT status IN ('duplicate', 'rejected', 'cant_reproduce', 'wont_fix')
$$;

ALTER TABLE issues
  ADD CONSTRAINT issues_title_length CHECK (char_length(title) <= 255),
  ADD CONSTRAINT issues_title_present CHECK (status = 'draft' OR title ~ '\S'),
  ADD CONSTRAINT issues_body_length CHECK (char_length(body) <= 20000),
  ADD CONSTRAINT issues_filed_unless_draft CHECK ((status = 'draft') = (filed_at IS NULL)),
  ADD CONSTRAINT issues_draft_is_pending CHECK (status <> 'draft' OR payout_status = 'pending'),
  ADD CONSTRAINT issues_pending_not_closed_negative CHECK (payout_status <> 'pending' OR NOT is_negative_closing(status)),
  ADD CONSTRAINT issues_amount_with_commitment CHECK (
    (payout_status IN ('approved', 'paid', 'void')) = (approved_amount IS NOT NULL)
    AND (approved_amount IS NULL) = (approved_currency IS NULL)
    AND (approved_amount IS NULL) = (approved_at IS NULL)
    AND (approved_amount IS NOT NULL OR approved_by IS NULL)),
  ADD CONSTRAINT issues_amount_in_range CHECK (approved_amount BETWEEN 1 AND 1000000000),
  ADD CONSTRAINT issues_not_approved_by_own_tester CHECK (approved_by <> tester_id);

-- The lists that Triage, Payouts and Balance read: each index holds only the rows that its page shows.
CREATE INDEX issues_inbox_idx ON issues (severity DESC, filed_at DESC, id DESC) INCLUDE (cycle_id)
  WHERE status = 'open' AND payout_status = 'pending';
CREATE INDEX issues_pending_review_idx ON issues (filed_at DESC, id DESC)
  WHERE payout_status = 'pending' AND status <> 'draft';
CREATE INDEX issues_pay_queue_idx ON issues (tester_id, approved_currency, id) INCLUDE (approved_amount, approved_at)
  WHERE payout_status = 'approved';

CREATE FUNCTION refuse(code text, rule text, message text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION USING ERRCODE = code, CONSTRAINT = rule, MESSAGE = message;
END $$;

-- The table of legal moves (DESIGN 3); staying is no move.
CREATE FUNCTION is_legal_payout_move(old_status payout_status, new_status payout_status)
RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT old_status = new_status OR (old_status, new_status) IN (
    ('pending', 'approved'), ('pending', 'rejected'), ('rejected', 'pending'), ('approved', 'pending'),
    ('approved', 'rejected'), ('approved', 'void'), ('approved', 'paid'), ('paid', 'approved'), ('paid', 'void'))
$$;

CREATE FUNCTION issues_check_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status NOT IN ('draft', 'open') OR NEW.payout_status <> 'pending' OR NEW.version <> 1 THEN
    PERFORM refuse('TY001', 'issues_legal_start', 'an issue starts as a draft or open, its payout pending');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER issues_legal_start BEFORE INSERT ON issues FOR EACH ROW EXECUTE FUNCTION issues_check_insert();

CREATE FUNCTION issues_check_update() RETURNS trigger LANGUAGE plpgsql AS $$
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
  IF OLD.payout_status = 'approved' AND state_changed
     AND EXISTS (SELECT FROM payout_batch_items i WHERE i.issue_id = OLD.id AND i.state = 'reserved') THEN
    PERFORM refuse('TY002', 'issues_frozen_in_batch', 'the issue is in a prepared batch');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER issues_legal_move BEFORE UPDATE ON issues FOR EACH ROW EXECUTE FUNCTION issues_check_update();

-- Events --------------------------------------------------------------------------------------------------------------

-- The chain: each event starts in the state in which the one before it ended.
ALTER TABLE issue_events ADD CONSTRAINT issue_events_chain_fkey
  FOREIGN KEY (issue_id, previous_version, from_status, from_payout_status)
  REFERENCES issue_events (issue_id, version, to_status, to_payout_status);

ALTER TABLE issue_events
  ADD CONSTRAINT issue_events_first CHECK (
    version >= 1
    AND (version = 1) = (kind = 'filed')
    AND (version = 1) = (from_status IS NULL)
    AND (version = 1) = (from_payout_status IS NULL)
    AND (version > 1 OR to_status IN ('draft', 'open') AND to_payout_status = 'pending')),
  ADD CONSTRAINT issue_events_legal_move CHECK (version = 1 OR is_legal_payout_move(from_payout_status, to_payout_status)),
  ADD CONSTRAINT issue_events_money CHECK (
    (amount IS NULL) = (currency IS NULL)
    AND (to_payout_status NOT IN ('approved', 'paid', 'void') OR amount IS NOT NULL)),
  ADD CONSTRAINT issue_events_rejection_reason CHECK (
    from_payout_status = 'rejected' OR to_payout_status <> 'rejected'
    OR (reason IS NOT NULL AND reason IN ('duplicate', 'rejected', 'cant_reproduce', 'wont_fix'))),
  ADD CONSTRAINT issue_events_void_reason CHECK (
    from_payout_status = 'void' OR to_payout_status <> 'void' OR (kind = 'voided' AND reason IS NOT NULL AND reason ~ '\S')),
  ADD CONSTRAINT issue_events_reversal_reason CHECK (
    NOT (from_payout_status = 'paid' AND to_payout_status = 'approved')
    OR (kind = 'reversed' AND reason IS NOT NULL AND reason ~ '\S')),
  ADD CONSTRAINT issue_events_amount_note CHECK (kind <> 'amount_changed' OR (note IS NOT NULL AND note ~ '\S')),
  ADD CONSTRAINT issue_events_only_undo_withdraws CHECK (
    NOT (from_payout_status = 'approved' AND to_payout_status = 'pending') OR kind = 'undone'),
  ADD CONSTRAINT issue_events_paid_by_batch CHECK (
    NOT (from_payout_status = 'approved' AND to_payout_status = 'paid') OR (kind = 'paid' AND batch_id IS NOT NULL)),
  ADD CONSTRAINT issue_events_text_length CHECK (char_length(reason) <= 2000 AND char_length(note) <= 2000);

-- Voids and reversals, newest first, as Payouts lists them.
CREATE INDEX issue_events_voids_idx ON issue_events (at DESC, id DESC) INCLUDE (currency, amount)
  WHERE kind IN ('voided', 'reversed');

-- Every version of an issue has the event that made it, written in the same transaction. The event of an amount change
-- must be of that kind, since only that kind asks for a note.
CREATE FUNCTION issues_check_event() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  amount_changed boolean := TG_OP = 'UPDATE' AND OLD.payout_status = 'approved' AND NEW.payout_status = 'approved'
    AND OLD.approved_amount <> NEW.approved_amount;
BEGIN
  IF NOT EXISTS (
    SELECT FROM issue_events e
    WHERE e.issue_id = NEW.id AND e.version = NEW.version
      AND e.to_status = NEW.status AND e.to_payout_status = NEW.payout_status
      AND (NEW.approved_amount IS NULL OR (e.amount = NEW.approved_amount AND e.currency = NEW.approved_currency))
      AND (NOT amount_changed OR e.kind = 'amount_changed')
  ) THEN
    PERFORM refuse('TY004', 'issues_event_written', format('issue %s version %s has no event that says so', NEW.id, NEW.version));
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER issues_event_written AFTER INSERT OR UPDATE ON issues
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION issues_check_event();

-- And no event tells of a change that did not happen.
CREATE FUNCTION issue_events_check_issue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM issues i WHERE i.id = NEW.issue_id AND (
      i.version > NEW.version
      OR i.version = NEW.version AND i.status = NEW.to_status AND i.payout_status = NEW.to_payout_status)
  ) THEN
    PERFORM refuse('TY004', 'issue_events_happened', format('issue %s never reached version %s in that state', NEW.issue_id, NEW.version));
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER issue_events_happened AFTER INSERT ON issue_events
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION issue_events_check_issue();

-- Append-only -----------------------------------------------------------------------------------------------------------

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refuse('TY003', TG_TABLE_NAME || '_append_only', format('%s is append-only', TG_TABLE_NAME));
  RETURN NULL;
END $$;

CREATE TRIGGER issue_events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON issue_events
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER audit_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_log
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER operation_keys_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON operation_keys
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER issues_never_deleted BEFORE DELETE OR TRUNCATE ON issues
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- A tester's figures by cycle, without a look at the rows themselves.
CREATE INDEX issues_balance_idx ON issues (tester_id, id)
  INCLUDE (cycle_id, payout_status, severity, approved_currency, approved_amount, filed_at) WHERE status <> 'draft';
CREATE INDEX issue_payouts_balance_idx ON issue_payouts (tester_id, issue_id) INCLUDE (currency, amount);

-- What was decided today, as Triage tells when its inbox is empty.
CREATE INDEX issue_events_decided_idx ON issue_events (at) WHERE kind IN ('approved', 'rejected');
