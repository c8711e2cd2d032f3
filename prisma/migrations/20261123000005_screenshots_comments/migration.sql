-- Pictures of an issue, and what its tester and the admins say about it (DESIGN 4).

CREATE TABLE "screenshots" (
    "id" SERIAL NOT NULL,
    "issue_id" INTEGER NOT NULL,
    "position" INTEGER NOT NULL,
    "uploaded_by" INTEGER NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "hash" TEXT NOT NULL,
    "width" INTEGER NOT NULL,
    "height" INTEGER NOT NULL,
    "bytes" INTEGER NOT NULL,
    "picture" BYTEA NOT NULL,
    "thumbnail_width" INTEGER NOT NULL,
    "thumbnail_height" INTEGER NOT NULL,
    "thumbnail" BYTEA NOT NULL,

    CONSTRAINT "screenshots_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "issue_comments" (
    "id" SERIAL NOT NULL,
    "issue_id" INTEGER NOT NULL,
    "author_id" INTEGER NOT NULL,
    "body" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "key" TEXT NOT NULL,

    CONSTRAINT "issue_comments_pkey" PRIMARY KEY ("id")
);

CREATE UNIQUE INDEX "screenshots_position_key" ON "screenshots"("issue_id", "position");
CREATE UNIQUE INDEX "screenshots_hash_key" ON "screenshots"("issue_id", "hash");
CREATE UNIQUE INDEX "issue_comments_key" ON "issue_comments"("author_id", "key");
CREATE INDEX "issue_comments_issue_idx" ON "issue_comments"("issue_id", "id" DESC);

ALTER TABLE "screenshots"
  ADD CONSTRAINT "screenshots_issue_id_fkey" FOREIGN KEY ("issue_id") REFERENCES "issues"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "screenshots_uploaded_by_fkey" FOREIGN KEY ("uploaded_by") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "issue_comments"
  ADD CONSTRAINT "issue_comments_issue_id_fkey" FOREIGN KEY ("issue_id") REFERENCES "issues"("id") ON DELETE RESTRICT ON UPDATE CASCADE,
  ADD CONSTRAINT "issue_comments_author_id_fkey" FOREIGN KEY ("author_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- The places of an issue are the quota. A re-encoded picture is far smaller than what may be uploaded.
ALTER TABLE screenshots
  ADD CONSTRAINT screenshots_quota CHECK (position BETWEEN 1 AND 5),
  ADD CONSTRAINT screenshots_hash_shape CHECK (hash ~ '^[0-9a-f]{64}$'),
  ADD CONSTRAINT screenshots_size CHECK (
    width > 0 AND height > 0 AND thumbnail_width > 0 AND thumbnail_height > 0
    AND bytes = octet_length(picture)
    AND octet_length(picture) BETWEEN 1 AND 10485760
    AND octet_length(thumbnail) BETWEEN 1 AND 1048576);
-- They are compressed already.
ALTER TABLE screenshots ALTER COLUMN picture SET STORAGE EXTERNAL, ALTER COLUMN thumbnail SET STORAGE EXTERNAL;

ALTER TABLE issue_comments
  ADD CONSTRAINT issue_comments_body_present CHECK (body ~ '\S' AND char_length(body) <= 4000);

-- What somebody decided upon stays as it was seen: pictures come and go only while their issue's text may change too,
-- and only by the hand of its tester. The row lock makes whoever decides at the same moment wait, and the other way round.
CREATE FUNCTION screenshots_check_issue() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  shot screenshots := CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  held issues;
BEGIN
  SELECT * INTO held FROM issues i WHERE i.id = shot.issue_id FOR NO KEY UPDATE;
  IF held.status <> 'draft' AND (held.status <> 'open' OR held.payout_status <> 'pending') THEN
    PERFORM refuse('TY001', 'screenshots_while_editable', 'screenshots change only while their issue is a draft, or open and pending');
  END IF;
  IF TG_OP = 'INSERT' AND held.tester_id <> NEW.uploaded_by THEN
    PERFORM refuse('TY001', 'screenshots_by_own_tester', 'screenshots come from the tester of their issue');
  END IF;
  RETURN shot;
END $$;
CREATE TRIGGER screenshots_while_editable BEFORE INSERT OR DELETE ON screenshots
  FOR EACH ROW EXECUTE FUNCTION screenshots_check_issue();
CREATE TRIGGER screenshots_append_only BEFORE UPDATE OR TRUNCATE ON screenshots
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

CREATE FUNCTION issue_comments_check_issue() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM issues i JOIN users u ON u.id = NEW.author_id
    WHERE i.id = NEW.issue_id AND i.status <> 'draft' AND (i.tester_id = u.id OR u.role = 'admin')
  ) THEN
    PERFORM refuse('TY001', 'issue_comments_between_tester_and_admins', 'comments are between the tester of a filed issue and admins');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER issue_comments_between_tester_and_admins BEFORE INSERT ON issue_comments
  FOR EACH ROW EXECUTE FUNCTION issue_comments_check_issue();
CREATE TRIGGER issue_comments_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON issue_comments
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
