-- Whoever read the cycle before its currency changed, and approves after, has lost a race and not made a mistake: the
-- whole transaction is to be run again (40001), and will then see the currency that there is.
CREATE OR REPLACE FUNCTION issues_check_currency() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  rates jsonb;
BEGIN
  SELECT c.metadata -> 'payout_rates' INTO rates FROM test_cycles c WHERE c.id = NEW.cycle_id FOR SHARE;
  IF NEW.approved_currency::text <> coalesce(rates ->> 'currency', 'KZT') THEN
    PERFORM refuse('40001', 'issues_currency_of_cycle', format('issue %s is approved in another currency than its cycle has', NEW.id));
  END IF;
  RETURN NULL;
END $$;
