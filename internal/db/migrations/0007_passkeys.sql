-- +goose Up

-- Passkeys by which accounts sign in. rp_id is the host they were made for: they work nowhere else.
CREATE TABLE passkeys (
    id              TEXT PRIMARY KEY,
    account_id      TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    rp_id           TEXT NOT NULL,
    credential_id   TEXT NOT NULL UNIQUE,
    public_key      BYTEA NOT NULL,
    name            TEXT NOT NULL,
    aaguid          TEXT NOT NULL,
    transports      TEXT NOT NULL,
    sign_count      BIGINT NOT NULL,
    verified        BOOLEAN NOT NULL,
    backup_eligible BOOLEAN NOT NULL,
    backed_up       BOOLEAN NOT NULL,
    created_at      BIGINT NOT NULL,
    used_at         BIGINT
);
CREATE INDEX passkeys_by_account ON passkeys (account_id, created_at);

-- What a passkey has to sign, until it has. Only hashes: of the challenge, and of whose it is.
CREATE TABLE passkey_challenges (
    hash       TEXT PRIMARY KEY,
    purpose    TEXT NOT NULL,
    holder     TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX passkey_challenges_ended ON passkey_challenges (expires_at);

-- Who was offered a passkey and said: not now.
CREATE TABLE passkey_declined (
    account_id  TEXT PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    declined_at BIGINT NOT NULL
);
