-- +goose Up

-- The key that letters are signed with (DKIM), sealed with the instance key; domain is whose letters are: none when empty.
CREATE TABLE mail_signing (
    id          TEXT PRIMARY KEY,
    selector    TEXT NOT NULL,
    record      TEXT NOT NULL,
    domain      TEXT NOT NULL,
    private_key BYTEA NOT NULL,
    made_at     BIGINT NOT NULL
);
