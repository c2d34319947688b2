-- +goose Up

-- A draft is seen by its authors and by the account that began it alone (private), until
-- it is handed to the editors. What an import brought was begun by nobody here.
ALTER TABLE stories ADD COLUMN account_id TEXT;
ALTER TABLE stories ADD COLUMN submitted_at BIGINT;
ALTER TABLE stories ADD COLUMN private BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE story_revisions ADD COLUMN private BOOLEAN NOT NULL DEFAULT FALSE;

UPDATE stories SET account_id = (SELECT r.account_id FROM story_revisions r WHERE r.story_id = stories.id AND r.version = 1)
    WHERE id NOT IN (SELECT subject_id FROM imported WHERE kind = 'story');
UPDATE stories SET submitted_at = coalesce(public_since, updated_at) WHERE state <> 'draft' OR public_since IS NOT NULL;
UPDATE stories SET private = TRUE WHERE state = 'draft' AND submitted_at IS NULL AND account_id IS NOT NULL;
UPDATE story_revisions SET private = TRUE WHERE story_id IN (SELECT id FROM stories WHERE private);

DROP INDEX stories_by_change;
CREATE INDEX stories_by_change ON stories (private, updated_at, id);
CREATE INDEX stories_by_state ON stories (state, private, updated_at, id);
CREATE INDEX stories_by_account ON stories (account_id, updated_at, id);
CREATE INDEX stories_waiting ON stories (submitted_at, id) WHERE state = 'in_review';
CREATE INDEX stories_waiting_in ON stories (language, submitted_at, id) WHERE state = 'in_review';

-- submitted_at stands here too while the story waits, so that the queue of a topic is
-- read off one index.
ALTER TABLE story_topics ADD COLUMN submitted_at BIGINT;
UPDATE story_topics SET submitted_at = (SELECT s.submitted_at FROM stories s WHERE s.id = story_topics.story_id AND s.state = 'in_review');
CREATE INDEX story_topics_waiting ON story_topics (topic_id, submitted_at, story_id) WHERE submitted_at IS NOT NULL;

-- What authors and editors tell each other about a story.
CREATE TABLE story_notes (
    id         TEXT PRIMARY KEY,
    story_id   TEXT NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    at         BIGINT NOT NULL,
    account_id TEXT,
    kind       TEXT NOT NULL,
    text       TEXT NOT NULL
);
CREATE INDEX story_notes_list ON story_notes (story_id, at, id);

-- What an account does not want to be told by letter.
CREATE TABLE notice_choices (
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    kind       TEXT NOT NULL,
    PRIMARY KEY (account_id, kind)
);

-- Trusted members may publish without review.
ALTER TABLE community ADD COLUMN trusted_publish BOOLEAN NOT NULL DEFAULT FALSE;

-- Whose upload a picture is; those of editors and of imports are everybody's who edits.
ALTER TABLE pictures ADD COLUMN account_id TEXT;
CREATE INDEX pictures_by_account ON pictures (account_id, created_at, id);
CREATE INDEX picture_uploads_list ON picture_uploads (account_id, uploaded_at, picture_id);
