-- +goose Up

-- Whom the editor of a story offers as authors: those who publish most, and those who
-- have no account.
CREATE INDEX story_counts_most ON story_counts (kind, n DESC, name);
CREATE INDEX profiles_without_account ON profiles (name, id) WHERE account_id IS NULL;
