-- +goose Up

-- What an account has typed of a story since it was last saved as a version: one
-- working copy for each account and story. A story that was never saved has no row in
-- stories yet, so story_id refers to none.
CREATE TABLE story_drafts (
    story_id     TEXT NOT NULL,
    account_id   TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    base_version BIGINT NOT NULL,
    writer       TEXT NOT NULL,
    sequence     BIGINT NOT NULL,
    title        TEXT NOT NULL,
    document     TEXT NOT NULL,
    saved_at     BIGINT NOT NULL,
    dropped      BOOLEAN NOT NULL,
    PRIMARY KEY (story_id, account_id)
);

CREATE INDEX story_drafts_by_account ON story_drafts (account_id);
