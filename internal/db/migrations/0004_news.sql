-- +goose Up

-- Who wants which list: a member, by their account, or somebody without one, by their
-- address. What was ended stays for a while, so that it can be taken back.
CREATE TABLE subscriptions (
    id           TEXT PRIMARY KEY,
    list         TEXT NOT NULL,
    pace         TEXT NOT NULL,
    ended_pace   TEXT NOT NULL,
    account_id   TEXT REFERENCES accounts (id) ON DELETE CASCADE,
    email        TEXT,
    email_key    TEXT,
    language     TEXT NOT NULL,
    proof        TEXT NOT NULL,
    since        BIGINT NOT NULL,
    confirmed_at BIGINT NOT NULL,
    changed_at   BIGINT NOT NULL,
    UNIQUE (list, account_id),
    UNIQUE (list, email_key)
);
CREATE INDEX subscriptions_to_send ON subscriptions (list, pace, id);
CREATE INDEX subscriptions_by_account ON subscriptions (account_id);
CREATE INDEX subscriptions_by_address ON subscriptions (email_key);

-- The authors and topics that a member follows.
CREATE TABLE follows (
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    kind       TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, kind, subject_id)
);
CREATE INDEX follows_by_subject ON follows (kind, subject_id, account_id);

-- What is sent to all who want it, of a story or of a week, and how far that has come.
CREATE TABLE mailings (
    id         TEXT PRIMARY KEY,
    story_id   TEXT REFERENCES stories (id) ON DELETE CASCADE,
    state      TEXT NOT NULL,
    from_at    BIGINT NOT NULL,
    at         BIGINT NOT NULL,
    place      TEXT NOT NULL,
    texts      TEXT NOT NULL,
    changed_at BIGINT NOT NULL
);
CREATE INDEX mailings_by_time ON mailings (at, id);
CREATE INDEX mailings_by_story ON mailings (story_id);
