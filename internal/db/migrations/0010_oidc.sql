-- +goose Up

-- Accounts at other sites by which people sign in: nothing but issuer and subject says who somebody is.
CREATE TABLE oidc_links (
    id         TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    issuer     TEXT NOT NULL,
    subject    TEXT NOT NULL,
    name       TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at    BIGINT,
    UNIQUE (issuer, subject)
);
CREATE INDEX oidc_links_by_account ON oidc_links (account_id, created_at);

-- Who is on the way to another site and back. Only hashes: of the state, and of the browser.
CREATE TABLE oidc_tries (
    hash       TEXT PRIMARY KEY,
    browser    TEXT NOT NULL,
    provider   TEXT NOT NULL,
    account_id TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX oidc_tries_ended ON oidc_tries (expires_at);
