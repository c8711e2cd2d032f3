-- Where wages are sent: each change of it is written down, and nothing else changes it (DESIGN 5: the next payer sees it).

CREATE TABLE "payee_changes" (
    "id" SERIAL NOT NULL,
    "user_id" INTEGER NOT NULL,
    "actor_id" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "old_payee_name" TEXT,
    "old_kaspi_phone" TEXT,
    "old_iban" TEXT,
    "new_payee_name" TEXT,
    "new_kaspi_phone" TEXT,
    "new_iban" TEXT,

    CONSTRAINT "payee_changes_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "payee_changes_user_idx" ON "payee_changes"("user_id", "id" DESC);

ALTER TABLE "payee_changes" ADD CONSTRAINT "payee_changes_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "payee_changes" ADD CONSTRAINT "payee_changes_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- As domain/payee.ts. An IBAN of Kazakhstan: KZ, two check digits, three digits of the bank, 13 of the account; with
-- letters read as 10 to 35 and the first four characters at the end, it leaves 1 when divided by 97 (ISO 13616).
CREATE FUNCTION kz_iban_is_valid(iban text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT CASE WHEN iban ~ '^KZ[0-9]{5}[A-Z0-9]{13}$' THEN (
    SELECT string_agg(CASE WHEN c BETWEEN '0' AND '9' THEN c ELSE (ascii(c) - 55)::text END, '' ORDER BY n)::numeric % 97 = 1
      FROM unnest(string_to_array(substr(iban, 5) || substr(iban, 1, 4), NULL)) WITH ORDINALITY AS x(c, n)
  ) ELSE iban IS NULL END
$$;
CREATE FUNCTION payee_name_is_clean(name text) RETURNS boolean LANGUAGE sql IMMUTABLE AS $$
  SELECT name IS NULL OR (char_length(name) BETWEEN 1 AND 100 AND name ~ '\S'
    AND name !~ '[\u0001-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]')
$$;

-- Only on what is new: details from before may be what these would refuse, and are still where somebody is paid.
ALTER TABLE payee_changes
  ADD CONSTRAINT payee_changes_name_clean CHECK (payee_name_is_clean(new_payee_name)),
  ADD CONSTRAINT payee_changes_kaspi_phone_shape CHECK (new_kaspi_phone ~ '^\+7[0-9]{10}$'),
  ADD CONSTRAINT payee_changes_iban_valid CHECK (kz_iban_is_valid(new_iban)),
  ADD CONSTRAINT payee_changes_something CHECK (
    (old_payee_name, old_kaspi_phone, old_iban) IS DISTINCT FROM (new_payee_name, new_kaspi_phone, new_iban));

CREATE TRIGGER payee_changes_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON payee_changes
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The latest change ends in what the user's row says, and began with what it said before.
CREATE FUNCTION users_check_payee_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  c payee_changes%ROWTYPE;
BEGIN
  IF (NEW.payee_name, NEW.kaspi_phone, NEW.iban, NEW.payee_changed_at)
     IS NOT DISTINCT FROM (OLD.payee_name, OLD.kaspi_phone, OLD.iban, OLD.payee_changed_at) THEN
    RETURN NULL;
  END IF;
  SELECT * INTO c FROM payee_changes WHERE user_id = NEW.id ORDER BY id DESC LIMIT 1;
  IF NOT FOUND
     OR (c.old_payee_name, c.old_kaspi_phone, c.old_iban) IS DISTINCT FROM (OLD.payee_name, OLD.kaspi_phone, OLD.iban)
     OR (c.new_payee_name, c.new_kaspi_phone, c.new_iban) IS DISTINCT FROM (NEW.payee_name, NEW.kaspi_phone, NEW.iban)
     OR c.at IS DISTINCT FROM NEW.payee_changed_at OR NEW.payee_changed_at <= OLD.payee_changed_at THEN
    PERFORM refuse('TY004', 'users_payee_change_written', format('the payee of user %s changed, and no change says so', NEW.id));
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER users_payee_change_written AFTER UPDATE OF payee_name, kaspi_phone, iban, payee_changed_at ON users
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION users_check_payee_change();

-- A new user may come with details; they are as good as changed ones, and were never changed.
CREATE FUNCTION users_check_first_payee() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.payee_changed_at IS NOT NULL OR NOT payee_name_is_clean(NEW.payee_name) OR NOT kz_iban_is_valid(NEW.iban) THEN
    PERFORM refuse('TY001', 'users_legal_payee', 'a new user''s payee details are valid and unchanged');
  END IF;
  RETURN NULL;
END $$;
-- After the checks of the row itself, which say more exactly what is wrong.
CREATE TRIGGER users_legal_payee AFTER INSERT ON users FOR EACH ROW EXECUTE FUNCTION users_check_first_payee();

-- And the other way round: a change that is told has happened.
CREATE FUNCTION payee_changes_check_happened() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM users u WHERE u.id = NEW.user_id AND u.payee_changed_at = NEW.at
      AND (u.payee_name, u.kaspi_phone, u.iban) IS NOT DISTINCT FROM (NEW.new_payee_name, NEW.new_kaspi_phone, NEW.new_iban)) THEN
    PERFORM refuse('TY004', 'payee_changes_happened', format('the payee of user %s is not what its change says', NEW.user_id));
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER payee_changes_happened AFTER INSERT ON payee_changes
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payee_changes_check_happened();
