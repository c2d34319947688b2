-- +goose Up

-- What letters say, apart from what is claimed and listed. Letters to many share one
-- text; what only its reader may see is sealed.
CREATE TABLE letter_texts (
    id         TEXT PRIMARY KEY,
    subject    TEXT NOT NULL,
    text       TEXT NOT NULL,
    html       TEXT NOT NULL,
    sealed     BYTEA,
    shared     BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE TABLE letters (
    id            TEXT PRIMARY KEY,
    kind          TEXT NOT NULL,
    unique_key    TEXT UNIQUE,
    recipient     TEXT NOT NULL,
    recipient_key TEXT NOT NULL,
    text_id       TEXT REFERENCES letter_texts (id),
    filling       TEXT NOT NULL,
    list          TEXT NOT NULL,
    unsubscribe   TEXT NOT NULL,
    secret        BOOLEAN NOT NULL,
    bulk          BOOLEAN NOT NULL,
    state         TEXT NOT NULL,
    attempt       BIGINT NOT NULL,
    due_at        BIGINT NOT NULL,
    expires_at    BIGINT,
    lease         TEXT,
    leased_until  BIGINT,
    server        TEXT NOT NULL,
    reason        TEXT NOT NULL,
    created_at    BIGINT NOT NULL,
    tried_at      BIGINT,
    finished_at   BIGINT,
    seen_at       BIGINT
);
CREATE INDEX letters_due ON letters (bulk, due_at, id) WHERE state = 'waiting';
CREATE INDEX letters_trying ON letters (leased_until) WHERE state = 'trying';
CREATE INDEX letters_stuck ON letters (finished_at, id) WHERE state IN ('failed', 'unknown');
CREATE INDEX letters_by_kind ON letters (kind, created_at);
CREATE INDEX letters_by_recipient ON letters (recipient_key, created_at);
CREATE INDEX letters_by_text ON letters (text_id);

-- Who letters come from: one row.
CREATE TABLE mail_settings (
    id         TEXT PRIMARY KEY CHECK (id = 'mail'),
    name       TEXT NOT NULL,
    address    TEXT NOT NULL,
    selector   TEXT NOT NULL,
    version    BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

-- The servers that carry letters, the first that is up first.
CREATE TABLE mail_servers (
    id          TEXT PRIMARY KEY,
    position    BIGINT NOT NULL,
    host        TEXT NOT NULL,
    port        BIGINT NOT NULL,
    security    TEXT NOT NULL,
    open_anyway BOOLEAN NOT NULL,
    username    TEXT NOT NULL,
    password    BYTEA,
    per_minute  BIGINT NOT NULL,
    per_day     BIGINT NOT NULL,
    connections BIGINT NOT NULL,
    fault       TEXT NOT NULL,
    fault_at    BIGINT,
    down_until  BIGINT,
    version     BIGINT NOT NULL
);

-- How many letters a server was given, by spans of a few seconds and of an hour.
CREATE TABLE mail_given (
    server_id TEXT NOT NULL REFERENCES mail_servers (id) ON DELETE CASCADE,
    span      BIGINT NOT NULL,
    at        BIGINT NOT NULL,
    n         BIGINT NOT NULL,
    PRIMARY KEY (server_id, span, at)
);
