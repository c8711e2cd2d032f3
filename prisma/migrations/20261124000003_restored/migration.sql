-- A backup lacks what was paid after it was taken, so after a restore payments wait until an admin has compared the last
-- known references with the bank. `npm run restore` writes the row in the transaction that loads the data.

CREATE TABLE "restorations" (
    "id" SERIAL NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "backup_at" TIMESTAMPTZ(3) NOT NULL,
    "backup_hash" TEXT NOT NULL,

    CONSTRAINT "restorations_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "restoration_looks" (
    "restoration_id" INTEGER NOT NULL,
    "admin_id" INTEGER NOT NULL,
    "note" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "restoration_looks_pkey" PRIMARY KEY ("restoration_id")
);

ALTER TABLE "restoration_looks" ADD CONSTRAINT "restoration_looks_restoration_id_fkey" FOREIGN KEY ("restoration_id") REFERENCES "restorations"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "restoration_looks" ADD CONSTRAINT "restoration_looks_admin_id_fkey" FOREIGN KEY ("admin_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE restorations
  ADD CONSTRAINT restorations_backup_hash_shape CHECK (backup_hash ~ '^[0-9a-f]{64}$');
ALTER TABLE restoration_looks
  ADD CONSTRAINT restoration_looks_note_present CHECK (note ~ '\S' AND char_length(note) <= 2000);

CREATE FUNCTION restoration_looks_check_insert() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM users u WHERE u.id = NEW.admin_id AND u.role = 'admin' AND u.deactivated_at IS NULL) THEN
    PERFORM refuse('TY001', 'restoration_looks_by_admin', 'an admin compares a restored state with the bank');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER restoration_looks_by_admin BEFORE INSERT ON restoration_looks
  FOR EACH ROW EXECUTE FUNCTION restoration_looks_check_insert();
CREATE TRIGGER restorations_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON restorations
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER restoration_looks_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON restoration_looks
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
