-- +goose Up

-- Who may find a profile besides those who read what it published, and who may see
-- which of its fields. Authors whom the desk made are found by their stories, whole.
ALTER TABLE profiles ADD COLUMN audience TEXT NOT NULL DEFAULT 'nobody';
ALTER TABLE profiles ADD COLUMN shown TEXT NOT NULL DEFAULT '{}';
CREATE INDEX profiles_public ON profiles (id) WHERE audience = 'everyone';

-- The names under which members find people, from each of their words on. They are
-- bytes, so that both engines order them alike.
CREATE TABLE people_names (
    profile_id TEXT NOT NULL REFERENCES profiles (id) ON DELETE CASCADE,
    position   BIGINT NOT NULL,
    key        BYTEA NOT NULL,
    PRIMARY KEY (profile_id, position)
);
CREATE INDEX people_names_by_key ON people_names (key, profile_id);
CREATE INDEX people_names_first ON people_names (key, profile_id) WHERE position = 0;
