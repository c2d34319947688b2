-- +goose Up

-- What people uploaded, so that it can go along with them.
CREATE TABLE picture_uploads (
    picture_id  TEXT NOT NULL REFERENCES pictures (id) ON DELETE CASCADE,
    account_id  TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    uploaded_at BIGINT NOT NULL,
    PRIMARY KEY (picture_id, account_id)
);

CREATE INDEX picture_uploads_by_account ON picture_uploads (account_id, picture_id);

-- Addresses of what was removed for good: known again by who has the instance key, and
-- not to be read.
CREATE TABLE gone (
    hash    TEXT PRIMARY KEY,
    gone_at BIGINT NOT NULL
);

-- A reply whose writer took it out, in whole or in part: no import brings it back.
ALTER TABLE imported_replies ADD COLUMN erased_at BIGINT;

CREATE INDEX imported_replies_by_email ON imported_replies (lower(email)) WHERE email <> '';

CREATE INDEX audit_by_subject ON audit (subject);

CREATE INDEX audit_by_account ON audit (account_id);
