-- Invite links (DESIGN 7): one open link a person, of which the database knows only the hash --------------------------------

CREATE TABLE "invites" (
    "id" SERIAL NOT NULL,
    "user_id" INTEGER NOT NULL,
    "token_hash" TEXT NOT NULL,
    "created_by" INTEGER NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3),
    "replaced_at" TIMESTAMPTZ(3),

    CONSTRAINT "invites_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "invites_token_hash_key" ON "invites"("token_hash");
CREATE INDEX "invites_user_id_idx" ON "invites"("user_id", "id" DESC);
ALTER TABLE "invites" ADD CONSTRAINT "invites_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "invites" ADD CONSTRAINT "invites_created_by_fkey" FOREIGN KEY ("created_by") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

CREATE UNIQUE INDEX invites_one_open ON invites (user_id) WHERE used_at IS NULL AND replaced_at IS NULL;
ALTER TABLE invites
  ADD CONSTRAINT invites_token_hash_shape CHECK (token_hash ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT invites_expire_within_a_week CHECK (expires_at > created_at AND expires_at <= created_at + interval '7 days'),
  ADD CONSTRAINT invites_used_or_replaced CHECK (used_at IS NULL OR replaced_at IS NULL),
  ADD CONSTRAINT invites_used_in_time CHECK (used_at < expires_at);

-- A link is used or replaced, once; nothing else of it changes.
CREATE FUNCTION invites_check_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.used_at IS NOT NULL OR OLD.replaced_at IS NOT NULL
     OR (NEW.id, NEW.user_id, NEW.token_hash, NEW.created_by, NEW.created_at, NEW.expires_at)
        IS DISTINCT FROM (OLD.id, OLD.user_id, OLD.token_hash, OLD.created_by, OLD.created_at, OLD.expires_at) THEN
    PERFORM refuse('TY001', 'invites_legal_change', format('invite %s was used or replaced, or is to become another', OLD.id));
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER invites_legal_change BEFORE UPDATE ON invites FOR EACH ROW EXECUTE FUNCTION invites_check_change();
CREATE TRIGGER invites_never_deleted BEFORE DELETE OR TRUNCATE ON invites
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- View as user (DESIGN 7): the log is the state. A view lasts from its `started` row to its `stopped` row, 30 minutes at most.

CREATE TYPE "impersonation_kind" AS ENUM ('started', 'stopped');
CREATE TYPE "impersonation_end" AS ENUM ('asked', 'expired', 'session_ended', 'not_allowed');

CREATE TABLE "admin_impersonation_log" (
    "id" SERIAL NOT NULL,
    "kind" "impersonation_kind" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "session_id" INTEGER NOT NULL,
    "admin_id" INTEGER NOT NULL,
    "user_id" INTEGER NOT NULL,
    "reason" TEXT,
    "start_id" INTEGER,
    "ended" "impersonation_end",

    CONSTRAINT "admin_impersonation_log_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "admin_impersonation_log_identity_key" ON "admin_impersonation_log"("id", "session_id", "admin_id", "user_id");
CREATE UNIQUE INDEX "admin_impersonation_log_stopped_once" ON "admin_impersonation_log"("start_id");
CREATE INDEX "admin_impersonation_log_session_idx" ON "admin_impersonation_log"("session_id", "id" DESC);
CREATE INDEX "admin_impersonation_log_at_idx" ON "admin_impersonation_log"("at" DESC, "id" DESC);
ALTER TABLE "admin_impersonation_log" ADD CONSTRAINT "admin_impersonation_log_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "sessions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "admin_impersonation_log" ADD CONSTRAINT "admin_impersonation_log_admin_id_fkey" FOREIGN KEY ("admin_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "admin_impersonation_log" ADD CONSTRAINT "admin_impersonation_log_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE admin_impersonation_log
  ADD CONSTRAINT admin_impersonation_log_start_fkey FOREIGN KEY (start_id, session_id, admin_id, user_id)
    REFERENCES admin_impersonation_log (id, session_id, admin_id, user_id),
  ADD CONSTRAINT admin_impersonation_log_not_oneself CHECK (admin_id <> user_id),
  ADD CONSTRAINT admin_impersonation_log_reason CHECK (
    (kind = 'started') = (reason IS NOT NULL) AND char_length(reason) <= 500 AND reason ~ '\S'),
  ADD CONSTRAINT admin_impersonation_log_stop_of_start CHECK ((kind = 'stopped') = (start_id IS NOT NULL)),
  ADD CONSTRAINT admin_impersonation_log_how_ended CHECK ((kind = 'stopped') = (ended IS NOT NULL));

-- How long one view lasts at most; app/domain/view-as.ts says the same.
CREATE FUNCTION longest_view() RETURNS interval LANGUAGE sql IMMUTABLE AS $$ SELECT interval '30 minutes' $$;

CREATE FUNCTION admin_impersonation_log_check() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  begun admin_impersonation_log%ROWTYPE;
BEGIN
  -- One at a time for a session, so that two starts cannot both find nothing before them.
  PERFORM FROM sessions WHERE id = NEW.session_id FOR UPDATE;
  IF NEW.kind = 'stopped' THEN
    SELECT * INTO begun FROM admin_impersonation_log WHERE id = NEW.start_id;
    IF begun.kind IS DISTINCT FROM 'started' OR NEW.at < begun.at OR NEW.at > begun.at + longest_view() THEN
      PERFORM refuse('TY001', 'admin_impersonation_log_legal_stop', 'a view is stopped after it started, and lasts 30 minutes at most');
    END IF;
    RETURN NEW;
  END IF;
  IF NOT EXISTS (SELECT FROM sessions s JOIN users a ON a.id = s.user_id
                 WHERE s.id = NEW.session_id AND a.id = NEW.admin_id AND s.ended_at IS NULL
                   AND a.role = 'admin' AND a.deactivated_at IS NULL)
     OR NOT EXISTS (SELECT FROM users u WHERE u.id = NEW.user_id AND u.role = 'tester' AND u.deactivated_at IS NULL) THEN
    PERFORM refuse('TY001', 'admin_impersonation_log_legal_start', 'an admin views as a tester, in a session of their own');
  END IF;
  IF EXISTS (SELECT FROM admin_impersonation_log l WHERE l.session_id = NEW.session_id AND l.kind = 'started'
             AND NOT EXISTS (SELECT FROM admin_impersonation_log x WHERE x.start_id = l.id)) THEN
    PERFORM refuse('TY001', 'admin_impersonation_log_not_nested', 'a session views as one user at a time');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER admin_impersonation_log_legal BEFORE INSERT ON admin_impersonation_log
  FOR EACH ROW EXECUTE FUNCTION admin_impersonation_log_check();
CREATE TRIGGER admin_impersonation_log_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON admin_impersonation_log
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- No view outlives its session.
CREATE FUNCTION sessions_stop_view() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO admin_impersonation_log (kind, at, session_id, admin_id, user_id, start_id, ended)
    SELECT 'stopped', greatest(l.at, least(now(), l.at + longest_view())), l.session_id, l.admin_id, l.user_id, l.id,
           CASE WHEN now() < l.at + longest_view() THEN 'session_ended' ELSE 'expired' END::impersonation_end
      FROM admin_impersonation_log l
      WHERE l.session_id = NEW.id AND l.kind = 'started'
        AND NOT EXISTS (SELECT FROM admin_impersonation_log x WHERE x.start_id = l.id);
  RETURN NULL;
END $$;
CREATE TRIGGER sessions_stop_view AFTER UPDATE OF ended_at ON sessions
  FOR EACH ROW WHEN (OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL) EXECUTE FUNCTION sessions_stop_view();

-- There is always an admin who can sign in --------------------------------------------------------------------------------

CREATE FUNCTION users_check_last_admin() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.role = 'admin' AND OLD.deactivated_at IS NULL AND (NEW.role <> 'admin' OR NEW.deactivated_at IS NOT NULL) THEN
    -- Two admins who demote each other at once wait here, and the second one sees what the first did.
    PERFORM pg_advisory_xact_lock(hashtext('users_last_admin'));
    IF NOT EXISTS (SELECT FROM users u WHERE u.role = 'admin' AND u.deactivated_at IS NULL AND u.id <> NEW.id) THEN
      PERFORM refuse('TY001', 'users_last_admin', 'the last active admin stays');
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER users_last_admin BEFORE UPDATE OF role, deactivated_at ON users
  FOR EACH ROW EXECUTE FUNCTION users_check_last_admin();

-- Whoever is deactivated has no session, whichever way that came about.
CREATE FUNCTION users_end_sessions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE sessions SET ended_at = now() WHERE user_id = NEW.id AND ended_at IS NULL;
  RETURN NULL;
END $$;
CREATE TRIGGER users_end_sessions AFTER UPDATE OF deactivated_at ON users
  FOR EACH ROW WHEN (OLD.deactivated_at IS NULL AND NEW.deactivated_at IS NOT NULL) EXECUTE FUNCTION users_end_sessions();

-- The list of people by name, and the audit page by time and by person --------------------------------------------------------

CREATE INDEX users_by_name_idx ON users (lower(name), id);
DROP INDEX "audit_log_at_idx";
CREATE INDEX "audit_log_at_idx" ON "audit_log"("at" DESC, "id" DESC);
CREATE INDEX "audit_log_actor_idx" ON "audit_log"("actor_id", "at" DESC, "id" DESC);
CREATE INDEX "audit_log_subject_idx" ON "audit_log"("subject_id", "at" DESC, "id" DESC);
CREATE INDEX "audit_log_kind_idx" ON "audit_log"("kind", "at" DESC, "id" DESC);
-- Filing and paying, which are nearly all events, pay nothing for these two.
CREATE INDEX issue_events_audit_idx ON issue_events (at DESC, id DESC)
  WHERE kind NOT IN ('filed', 'submitted', 'edited', 'paid');
CREATE INDEX issue_events_audit_actor_idx ON issue_events (actor_id, at DESC, id DESC)
  WHERE kind NOT IN ('filed', 'submitted', 'edited', 'paid');
CREATE INDEX sign_in_attempts_failed_idx ON sign_in_attempts (at DESC, id DESC) WHERE NOT succeeded;
CREATE INDEX payout_batches_prepared_at_idx ON payout_batches (prepared_at DESC, id DESC);
CREATE INDEX payout_batches_confirmed_at_idx ON payout_batches (confirmed_at DESC, id DESC) WHERE confirmed_at IS NOT NULL;
CREATE INDEX payout_batches_cancelled_at_idx ON payout_batches (cancelled_at DESC, id DESC) WHERE cancelled_at IS NOT NULL;
