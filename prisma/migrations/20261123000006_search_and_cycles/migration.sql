-- Search in issues; indexes for the filters and sorts of the issue list; what the database holds of test cycles.

-- Search --------------------------------------------------------------------------------------------------------------

-- A trusted extension: the owner of a database may create it.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

-- Cyrillic words by their Russian stem, Latin ones by their English stem. There is no stemmer for Kazakh: the Russian
-- one cuts its words too, but alike in texts and in what is searched. No stop words: whoever searches "не" means it.
CREATE TEXT SEARCH DICTIONARY issue_russian (TEMPLATE = snowball, Language = russian);
CREATE TEXT SEARCH DICTIONARY issue_english (TEMPLATE = snowball, Language = english);
CREATE TEXT SEARCH CONFIGURATION issue_words (COPY = pg_catalog.russian);
ALTER TEXT SEARCH CONFIGURATION issue_words ALTER MAPPING FOR word, hword, hword_part WITH issue_russian;
ALTER TEXT SEARCH CONFIGURATION issue_words
  ALTER MAPPING FOR asciiword, asciihword, hword_asciipart WITH issue_english;

-- What stands between words becomes a space here, by list: the parser takes a file name or an address for one word,
-- and where the database's locale is C it takes « and — for letters. ё is е, as people write it.
CREATE FUNCTION plain_words(said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT translate(lower(said), 'ё.,:;!?/\|()[]{}<>"''`~@#$%^&*-+=_№«»“”„‘’‚…–—•·×→←' || chr(160), 'е' || repeat(' ', 53))
$$;

-- For trigrams, which find parts of words: where the database's locale is C they know no letters but Latin ones. A Kazakh
-- letter becomes what its Russian neighbour becomes, since many keyboards have only that one.
CREATE FUNCTION latin_letters(said text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT translate(lower(said), 'абвгдеёжзийклмнопрстуфхцчшщыэюяәғқңөұүһіъь', 'abvgdeejziyklmnoprstufhc46wye97agknouuhi')
$$;

-- Beside the issues and not in them: each change of a state writes an issue's row anew, and every index of it.
CREATE TABLE issue_search (
  issue_id integer  PRIMARY KEY REFERENCES issues (id) ON DELETE RESTRICT ON UPDATE RESTRICT,
  title    text     NOT NULL,
  words    tsvector NOT NULL
);
CREATE INDEX issue_search_words_idx ON issue_search USING gin (words);
CREATE INDEX issue_search_title_idx ON issue_search USING gin (title gin_trgm_ops);

CREATE FUNCTION issue_words(title text, body text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT strip(to_tsvector('issue_words', plain_words(title || ' ' || body)))
$$;

INSERT INTO issue_search (issue_id, title, words)
  SELECT id, latin_letters(title), issue_words(title, body) FROM issues;

CREATE FUNCTION issues_add_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO issue_search (issue_id, title, words)
    SELECT n.id, latin_letters(n.title), issue_words(n.title, n.body) FROM new_issues n;
  RETURN NULL;
END $$;
CREATE TRIGGER issues_found_by_words AFTER INSERT ON issues
  REFERENCING NEW TABLE AS new_issues FOR EACH STATEMENT EXECUTE FUNCTION issues_add_words();

CREATE FUNCTION issues_change_words() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE issue_search SET title = latin_letters(NEW.title), words = issue_words(NEW.title, NEW.body)
    WHERE issue_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER issues_found_by_new_words AFTER UPDATE OF title, body ON issues
  FOR EACH ROW WHEN ((OLD.title, OLD.body) IS DISTINCT FROM (NEW.title, NEW.body)) EXECUTE FUNCTION issues_change_words();

-- The issue list -------------------------------------------------------------------------------------------------------

-- Every order of the list by one index, and with INCLUDE every filter: a page's ids are found without reading an issue.
DROP INDEX issues_filed_idx;
DROP INDEX issues_cycle_idx;
DROP INDEX issues_tester_idx;
CREATE INDEX issues_filed_idx ON issues (filed_at DESC, id DESC)
  INCLUDE (severity, status, payout_status, cycle_id, tester_id);
CREATE INDEX issues_cycle_idx ON issues (cycle_id, filed_at DESC, id DESC)
  INCLUDE (severity, status, payout_status, tester_id);
CREATE INDEX issues_tester_idx ON issues (tester_id, filed_at DESC, id DESC)
  INCLUDE (severity, status, payout_status, cycle_id);
CREATE INDEX issues_severity_idx ON issues (severity DESC, filed_at DESC, id DESC)
  INCLUDE (status, payout_status, cycle_id, tester_id);
CREATE INDEX issues_status_idx ON issues (status, filed_at DESC, id DESC)
  INCLUDE (severity, payout_status, cycle_id, tester_id);
CREATE INDEX issues_payout_idx ON issues (payout_status, filed_at DESC, id DESC)
  INCLUDE (severity, status, cycle_id, tester_id);

-- Sorted by amount, the currencies stand one after the other, since they cannot be compared (DESIGN 2); amounts end far
-- below 2^40 (issues_amount_in_range). Nothing approved yet is 0.
CREATE FUNCTION amount_order(currency currency, amount bigint) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE currency WHEN 'KZT' THEN amount + 1099511627776 WHEN 'USD' THEN amount ELSE 0 END
$$;
CREATE INDEX issues_amount_idx ON issues (amount_order(approved_currency, approved_amount) DESC, filed_at DESC, id DESC)
  WHERE filed_at IS NOT NULL;

-- Test cycles ----------------------------------------------------------------------------------------------------------

-- Only an open cycle takes issues. FOR SHARE: whoever closes a cycle waits for what is being filed, and the other way round.
CREATE FUNCTION refuse_closed_cycles(cycles integer[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
  PERFORM FROM test_cycles c WHERE c.id = ANY (cycles) ORDER BY c.id FOR SHARE;
  IF EXISTS (SELECT FROM test_cycles c WHERE c.id = ANY (cycles) AND c.status <> 'open') THEN
    PERFORM refuse('TY001', 'issues_cycle_open', 'only an open cycle takes issues');
  END IF;
END $$;

CREATE FUNCTION issues_check_new_cycles() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refuse_closed_cycles(ARRAY(SELECT DISTINCT n.cycle_id FROM new_issues n));
  RETURN NULL;
END $$;
CREATE TRIGGER issues_filed_in_open_cycle AFTER INSERT ON issues
  REFERENCING NEW TABLE AS new_issues FOR EACH STATEMENT EXECUTE FUNCTION issues_check_new_cycles();

CREATE FUNCTION issues_check_cycle() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM refuse_closed_cycles(ARRAY[NEW.cycle_id]);
  RETURN NULL;
END $$;
CREATE TRIGGER issues_moved_to_open_cycle AFTER UPDATE OF status, cycle_id ON issues FOR EACH ROW
  WHEN (OLD.cycle_id <> NEW.cycle_id OR OLD.status = 'draft' AND NEW.status = 'open')
  EXECUTE FUNCTION issues_check_cycle();

-- An approval takes the cycle's currency at that moment. What is imported was approved elsewhere, long ago.
CREATE FUNCTION issues_check_currency() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  rates jsonb;
BEGIN
  SELECT c.metadata -> 'payout_rates' INTO rates FROM test_cycles c WHERE c.id = NEW.cycle_id FOR SHARE;
  IF NEW.approved_currency::text <> coalesce(rates ->> 'currency', 'KZT') THEN
    PERFORM refuse('TY001', 'issues_currency_of_cycle', format('issue %s is approved in another currency than its cycle has', NEW.id));
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER issues_currency_of_cycle AFTER UPDATE OF payout_status ON issues FOR EACH ROW
  WHEN (OLD.payout_status = 'pending' AND NEW.payout_status = 'approved' AND NEW.external_id IS NULL)
  EXECUTE FUNCTION issues_check_currency();
