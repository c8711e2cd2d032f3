-- The tables of prisma/schema.prisma. The rules over them follow in the next migrations.

CREATE TYPE "user_role" AS ENUM ('tester', 'admin');
CREATE TYPE "cycle_status" AS ENUM ('open', 'closed', 'archived');
CREATE TYPE "severity" AS ENUM ('low', 'medium', 'high', 'critical');
CREATE TYPE "issue_status" AS ENUM ('draft', 'open', 'triaged', 'in_progress', 'fixed', 'closed', 'duplicate', 'rejected', 'cant_reproduce', 'wont_fix');
CREATE TYPE "payout_status" AS ENUM ('pending', 'approved', 'rejected', 'paid', 'void');
CREATE TYPE "currency" AS ENUM ('KZT', 'USD');
CREATE TYPE "payout_method" AS ENUM ('kaspi', 'bank', 'cash');
CREATE TYPE "batch_status" AS ENUM ('prepared', 'confirmed', 'cancelled');
CREATE TYPE "batch_kind" AS ENUM ('manual', 'import');
CREATE TYPE "batch_item_state" AS ENUM ('reserved', 'paid', 'released');
CREATE TYPE "reversal_kind" AS ENUM ('bounced', 'never_sent', 'returned');
CREATE TYPE "issue_event_kind" AS ENUM ('filed', 'submitted', 'edited', 'severity_changed', 'cycle_changed', 'status_changed', 'approved', 'rejected', 'amount_changed', 'undone', 'voided', 'paid', 'reversed');

CREATE TABLE "users" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "email" TEXT NOT NULL,
    "role" "user_role" NOT NULL DEFAULT 'tester',
    "password_hash" TEXT,
    "locale" TEXT,
    "payee_name" TEXT,
    "kaspi_phone" TEXT,
    "iban" TEXT,
    "payee_changed_at" TIMESTAMPTZ(3),
    "deactivated_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "users_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "sessions" (
    "id" SERIAL NOT NULL,
    "token_hash" TEXT NOT NULL,
    "user_id" INTEGER NOT NULL,
    "user_agent" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "ended_at" TIMESTAMPTZ(3),

    CONSTRAINT "sessions_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "session_visits" (
    "id" SERIAL NOT NULL,
    "session_id" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "session_visits_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "sign_in_attempts" (
    "id" SERIAL NOT NULL,
    "email" TEXT NOT NULL,
    "address" TEXT NOT NULL,
    "succeeded" BOOLEAN NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "sign_in_attempts_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "test_cycles" (
    "id" SERIAL NOT NULL,
    "name" TEXT NOT NULL,
    "status" "cycle_status" NOT NULL DEFAULT 'open',
    "metadata" JSONB NOT NULL DEFAULT '{}',
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "test_cycles_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "cycle_testers" (
    "cycle_id" INTEGER NOT NULL,
    "user_id" INTEGER NOT NULL,
    "added_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "cycle_testers_pkey" PRIMARY KEY ("cycle_id","user_id")
);

CREATE TABLE "issues" (
    "id" SERIAL NOT NULL,
    "cycle_id" INTEGER NOT NULL,
    "tester_id" INTEGER NOT NULL,
    "severity" "severity" NOT NULL,
    "title" TEXT NOT NULL,
    "body" TEXT NOT NULL DEFAULT '',
    "status" "issue_status" NOT NULL,
    "payout_status" "payout_status" NOT NULL DEFAULT 'pending',
    "approved_amount" BIGINT,
    "approved_currency" "currency",
    "approved_at" TIMESTAMPTZ(3),
    "approved_by" INTEGER,
    "version" INTEGER NOT NULL DEFAULT 1,
    "filing_key" TEXT,
    "external_id" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "filed_at" TIMESTAMPTZ(3),

    CONSTRAINT "issues_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "issue_events" (
    "id" SERIAL NOT NULL,
    "issue_id" INTEGER NOT NULL,
    "version" INTEGER NOT NULL,
    "kind" "issue_event_kind" NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_id" INTEGER,
    "from_status" "issue_status",
    "to_status" "issue_status" NOT NULL,
    "from_payout_status" "payout_status",
    "to_payout_status" "payout_status" NOT NULL,
    "amount" BIGINT,
    "currency" "currency",
    "reason" TEXT,
    "note" TEXT,
    "detail" JSONB,
    "batch_id" INTEGER,
    "previous_version" INTEGER GENERATED ALWAYS AS (CASE WHEN "version" > 1 THEN "version" - 1 END) STORED,

    CONSTRAINT "issue_events_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "payout_batches" (
    "id" SERIAL NOT NULL,
    "kind" "batch_kind" NOT NULL DEFAULT 'manual',
    "status" "batch_status" NOT NULL DEFAULT 'prepared',
    "prepared_by" INTEGER,
    "prepared_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "confirmed_by" INTEGER,
    "confirmed_at" TIMESTAMPTZ(3),
    "cancelled_by" INTEGER,
    "cancelled_at" TIMESTAMPTZ(3),
    "warnings" JSONB NOT NULL DEFAULT '[]',

    CONSTRAINT "payout_batches_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "payout_transfers" (
    "id" SERIAL NOT NULL,
    "batch_id" INTEGER NOT NULL,
    "tester_id" INTEGER NOT NULL,
    "currency" "currency" NOT NULL,
    "issue_count" INTEGER NOT NULL,
    "total_amount" BIGINT NOT NULL,
    "payee_name" TEXT,
    "kaspi_phone" TEXT,
    "iban" TEXT,
    "method" "payout_method",
    "reference" TEXT,
    "paid_on" DATE,
    "left_out_at" TIMESTAMPTZ(3),
    "left_out_by" INTEGER,

    CONSTRAINT "payout_transfers_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "payout_batch_items" (
    "transfer_id" INTEGER NOT NULL,
    "issue_id" INTEGER NOT NULL,
    "batch_id" INTEGER NOT NULL,
    "tester_id" INTEGER NOT NULL,
    "currency" "currency" NOT NULL,
    "amount" BIGINT NOT NULL,
    "state" "batch_item_state" NOT NULL DEFAULT 'reserved',

    CONSTRAINT "payout_batch_items_pkey" PRIMARY KEY ("transfer_id","issue_id")
);

CREATE TABLE "issue_payouts" (
    "id" SERIAL NOT NULL,
    "issue_id" INTEGER NOT NULL,
    "seq" INTEGER NOT NULL,
    "tester_id" INTEGER NOT NULL,
    "batch_id" INTEGER NOT NULL,
    "transfer_id" INTEGER NOT NULL,
    "amount" BIGINT NOT NULL,
    "currency" "currency" NOT NULL,
    "method" "payout_method" NOT NULL,
    "reference" TEXT,
    "paid_on" DATE NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "recorded_by" INTEGER,
    "cycle_name" TEXT NOT NULL,
    "issue_title" TEXT NOT NULL,
    "severity" "severity" NOT NULL,
    "kind" "reversal_kind",
    "reason" TEXT,
    "previous_seq" INTEGER GENERATED ALWAYS AS (CASE WHEN "seq" > 1 THEN "seq" - 1 END) STORED,
    "reversed_amount" BIGINT GENERATED ALWAYS AS (CASE WHEN "seq" % 2 = 0 THEN -"amount" END) STORED,
    "item_amount" BIGINT NOT NULL GENERATED ALWAYS AS (abs("amount")) STORED,

    CONSTRAINT "issue_payouts_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "payment_corrections" (
    "id" SERIAL NOT NULL,
    "payment_id" INTEGER NOT NULL,
    "reference" TEXT,
    "paid_on" DATE NOT NULL,
    "reason" TEXT NOT NULL,
    "corrected_by" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "payment_corrections_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "operation_keys" (
    "user_id" INTEGER NOT NULL,
    "operation" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "content_hash" TEXT NOT NULL,
    "batch_id" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "operation_keys_pkey" PRIMARY KEY ("user_id","operation","key")
);

CREATE TABLE "audit_log" (
    "id" SERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "actor_id" INTEGER,
    "subject_id" INTEGER,
    "kind" TEXT NOT NULL,
    "detail" JSONB NOT NULL DEFAULT '{}',
    "address" TEXT,

    CONSTRAINT "audit_log_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "sessions_token_hash_key" ON "sessions"("token_hash");
CREATE INDEX "sessions_user_id_idx" ON "sessions"("user_id");
CREATE INDEX "session_visits_last_seen_idx" ON "session_visits"("session_id", "at" DESC);
CREATE INDEX "sign_in_attempts_account_idx" ON "sign_in_attempts"("email", "address", "at" DESC);
CREATE INDEX "sign_in_attempts_address_idx" ON "sign_in_attempts"("address", "at" DESC);
CREATE UNIQUE INDEX "test_cycles_name_key" ON "test_cycles"("name");
CREATE INDEX "cycle_testers_user_id_idx" ON "cycle_testers"("user_id");
CREATE UNIQUE INDEX "issues_external_id_key" ON "issues"("external_id");
CREATE INDEX "issues_filed_idx" ON "issues"("filed_at" DESC, "id" DESC);
CREATE INDEX "issues_cycle_idx" ON "issues"("cycle_id", "filed_at" DESC, "id" DESC);
CREATE INDEX "issues_tester_idx" ON "issues"("tester_id", "filed_at" DESC, "id" DESC);
CREATE UNIQUE INDEX "issues_id_tester_key" ON "issues"("id", "tester_id");
CREATE UNIQUE INDEX "issues_filing_key" ON "issues"("tester_id", "filing_key");
CREATE UNIQUE INDEX "issue_events_state_key" ON "issue_events"("issue_id", "version", "to_status", "to_payout_status");
CREATE UNIQUE INDEX "issue_events_version_key" ON "issue_events"("issue_id", "version");
CREATE INDEX "payout_transfers_tester_idx" ON "payout_transfers"("tester_id", "currency");
CREATE UNIQUE INDEX "payout_transfers_one_per_tester_key" ON "payout_transfers"("batch_id", "tester_id", "currency");
CREATE UNIQUE INDEX "payout_transfers_identity_key" ON "payout_transfers"("id", "batch_id", "tester_id", "currency");
CREATE INDEX "payout_batch_items_issue_idx" ON "payout_batch_items"("issue_id");
CREATE UNIQUE INDEX "payout_batch_items_identity_key" ON "payout_batch_items"("transfer_id", "issue_id", "batch_id", "tester_id", "currency", "amount");
CREATE INDEX "issue_payouts_tester_idx" ON "issue_payouts"("tester_id", "paid_on", "id");
CREATE INDEX "issue_payouts_paid_on_idx" ON "issue_payouts"("paid_on", "id");
CREATE INDEX "issue_payouts_transfer_idx" ON "issue_payouts"("transfer_id");
CREATE UNIQUE INDEX "issue_payouts_seq_key" ON "issue_payouts"("issue_id", "seq");
CREATE UNIQUE INDEX "issue_payouts_opposite_key" ON "issue_payouts"("issue_id", "seq", "tester_id", "currency", "amount");
CREATE INDEX "payment_corrections_latest_idx" ON "payment_corrections"("payment_id", "id" DESC);
CREATE INDEX "audit_log_at_idx" ON "audit_log"("at" DESC);

ALTER TABLE "sessions" ADD CONSTRAINT "sessions_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "session_visits" ADD CONSTRAINT "session_visits_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "sessions"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "cycle_testers" ADD CONSTRAINT "cycle_testers_cycle_id_fkey" FOREIGN KEY ("cycle_id") REFERENCES "test_cycles"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "cycle_testers" ADD CONSTRAINT "cycle_testers_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "issues" ADD CONSTRAINT "issues_cycle_id_fkey" FOREIGN KEY ("cycle_id") REFERENCES "test_cycles"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "issues" ADD CONSTRAINT "issues_tester_id_fkey" FOREIGN KEY ("tester_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "issues" ADD CONSTRAINT "issues_approved_by_fkey" FOREIGN KEY ("approved_by") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "issue_events" ADD CONSTRAINT "issue_events_issue_id_fkey" FOREIGN KEY ("issue_id") REFERENCES "issues"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "issue_events" ADD CONSTRAINT "issue_events_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "issue_events" ADD CONSTRAINT "issue_events_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "payout_batches"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "payout_batches" ADD CONSTRAINT "payout_batches_prepared_by_fkey" FOREIGN KEY ("prepared_by") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "payout_batches" ADD CONSTRAINT "payout_batches_confirmed_by_fkey" FOREIGN KEY ("confirmed_by") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "payout_batches" ADD CONSTRAINT "payout_batches_cancelled_by_fkey" FOREIGN KEY ("cancelled_by") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "payout_transfers" ADD CONSTRAINT "payout_transfers_batch_id_fkey" FOREIGN KEY ("batch_id") REFERENCES "payout_batches"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "payout_transfers" ADD CONSTRAINT "payout_transfers_tester_id_fkey" FOREIGN KEY ("tester_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "payout_transfers" ADD CONSTRAINT "payout_transfers_left_out_by_fkey" FOREIGN KEY ("left_out_by") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "payout_batch_items" ADD CONSTRAINT "payout_batch_items_transfer_fkey" FOREIGN KEY ("transfer_id", "batch_id", "tester_id", "currency") REFERENCES "payout_transfers"("id", "batch_id", "tester_id", "currency") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "payout_batch_items" ADD CONSTRAINT "payout_batch_items_issue_fkey" FOREIGN KEY ("issue_id", "tester_id") REFERENCES "issues"("id", "tester_id") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "issue_payouts" ADD CONSTRAINT "issue_payouts_issue_id_fkey" FOREIGN KEY ("issue_id") REFERENCES "issues"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "issue_payouts" ADD CONSTRAINT "issue_payouts_tester_id_fkey" FOREIGN KEY ("tester_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "issue_payouts" ADD CONSTRAINT "issue_payouts_recorded_by_fkey" FOREIGN KEY ("recorded_by") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "issue_payouts" ADD CONSTRAINT "issue_payouts_item_fkey" FOREIGN KEY ("transfer_id", "issue_id", "batch_id", "tester_id", "currency", "item_amount") REFERENCES "payout_batch_items"("transfer_id", "issue_id", "batch_id", "tester_id", "currency", "amount") ON DELETE RESTRICT ON UPDATE RESTRICT;
ALTER TABLE "payment_corrections" ADD CONSTRAINT "payment_corrections_payment_id_fkey" FOREIGN KEY ("payment_id") REFERENCES "issue_payouts"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "payment_corrections" ADD CONSTRAINT "payment_corrections_corrected_by_fkey" FOREIGN KEY ("corrected_by") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "operation_keys" ADD CONSTRAINT "operation_keys_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "audit_log" ADD CONSTRAINT "audit_log_actor_id_fkey" FOREIGN KEY ("actor_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "audit_log" ADD CONSTRAINT "audit_log_subject_id_fkey" FOREIGN KEY ("subject_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

