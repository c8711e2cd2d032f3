-- Pending review counts and prices everything that waits, by cycle and severity: from the index alone, however many
-- decided issues lie behind it.
DROP INDEX issues_pending_review_idx;
CREATE INDEX issues_pending_review_idx ON issues (filed_at DESC, id DESC) INCLUDE (cycle_id, severity, tester_id)
  WHERE payout_status = 'pending' AND status <> 'draft';
