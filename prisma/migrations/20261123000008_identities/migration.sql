-- Sign-in with an OpenID Connect provider (DESIGN 7): who somebody is there. An identity is issuer and subject, never an
-- e-mail address: addresses change hands.

CREATE TYPE "identity_link" AS ENUM ('email', 'password');

CREATE TABLE "identities" (
    "id" SERIAL NOT NULL,
    "user_id" INTEGER NOT NULL,
    "issuer" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "how" "identity_link" NOT NULL,
    "linked_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "identities_pkey" PRIMARY KEY ("id")
);

-- One sign-in at the provider opens one session: the SHA-256 of each `state` that came back is kept.
CREATE TABLE "oidc_used_states" (
    "state_hash" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "oidc_used_states_pkey" PRIMARY KEY ("state_hash")
);

CREATE UNIQUE INDEX "identities_user_id_key" ON "identities"("user_id");
CREATE UNIQUE INDEX "identities_subject_key" ON "identities"("issuer", "subject");
ALTER TABLE "identities" ADD CONSTRAINT "identities_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE identities
  ADD CONSTRAINT identities_issuer_shape CHECK (issuer ~ '^https?://\S+$' AND char_length(issuer) <= 500),
  -- OpenID Connect Core 2: at most 255 characters.
  ADD CONSTRAINT identities_subject_shape CHECK (char_length(subject) BETWEEN 1 AND 255);
ALTER TABLE oidc_used_states
  ADD CONSTRAINT oidc_used_states_hash_shape CHECK (state_hash ~ '^[0-9a-f]{64}$');

-- A verified e-mail address links nobody who has a password: they show that they know it.
CREATE FUNCTION identities_check_insert() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  person users;
BEGIN
  SELECT * INTO person FROM users u WHERE u.id = NEW.user_id FOR NO KEY UPDATE;
  IF person.deactivated_at IS NOT NULL OR (NEW.how = 'password') <> (person.password_hash IS NOT NULL) THEN
    PERFORM refuse('TY001', 'identities_legal_link', 'an identity is linked to an active user, with the password where there is one');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER identities_legal_link BEFORE INSERT ON identities
  FOR EACH ROW EXECUTE FUNCTION identities_check_insert();
CREATE TRIGGER identities_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON identities
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER oidc_used_states_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON oidc_used_states
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What `npm run doctor` and the hourly check found (DESIGN 6), and which admin looked at it.

CREATE TYPE "doctor_origin" AS ENUM ('app', 'command');

CREATE TABLE "doctor_runs" (
    "id" SERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "origin" "doctor_origin" NOT NULL,
    "took_ms" INTEGER NOT NULL,
    "findings" JSONB NOT NULL,
    "fingerprint" TEXT,

    CONSTRAINT "doctor_runs_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "doctor_looks" (
    "run_id" INTEGER NOT NULL,
    "admin_id" INTEGER NOT NULL,
    "note" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "doctor_looks_pkey" PRIMARY KEY ("run_id")
);

ALTER TABLE "doctor_looks" ADD CONSTRAINT "doctor_looks_run_id_fkey" FOREIGN KEY ("run_id") REFERENCES "doctor_runs"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "doctor_looks" ADD CONSTRAINT "doctor_looks_admin_id_fkey" FOREIGN KEY ("admin_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE doctor_runs
  ADD CONSTRAINT doctor_runs_findings_array CHECK (jsonb_typeof(findings) = 'array'),
  -- Nothing found has no fingerprint; the same findings have the same one.
  ADD CONSTRAINT doctor_runs_fingerprint_of_findings CHECK ((findings = '[]') = (fingerprint IS NULL));
ALTER TABLE doctor_looks
  ADD CONSTRAINT doctor_looks_note_present CHECK (note ~ '\S' AND char_length(note) <= 2000);

CREATE INDEX doctor_runs_sound_idx ON doctor_runs (id DESC) WHERE fingerprint IS NULL;

CREATE FUNCTION doctor_looks_check_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM doctor_runs r WHERE r.id = NEW.run_id AND r.fingerprint IS NOT NULL)
     OR NOT EXISTS (SELECT FROM users u WHERE u.id = NEW.admin_id AND u.role = 'admin' AND u.deactivated_at IS NULL) THEN
    PERFORM refuse('TY001', 'doctor_looks_by_admin', 'an admin looks at a check that found something');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER doctor_looks_by_admin BEFORE INSERT ON doctor_looks
  FOR EACH ROW EXECUTE FUNCTION doctor_looks_check_insert();
CREATE TRIGGER doctor_runs_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON doctor_runs
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER doctor_looks_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON doctor_looks
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
