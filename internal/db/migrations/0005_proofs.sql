-- +goose Up

-- What proves that somebody reads an address, or has been given a link: for signing in,
-- joining, another address and more. A row is written for whoever asks, known or not;
-- secrets are kept as hashes.
CREATE TABLE proofs (
    id           TEXT PRIMARY KEY,
    purpose      TEXT NOT NULL,
    state        TEXT NOT NULL,
    address      TEXT NOT NULL,
    address_key  TEXT NOT NULL,
    subject      TEXT NOT NULL,
    payload      TEXT NOT NULL,
    link_hash    TEXT UNIQUE,
    code_hash    TEXT NOT NULL,
    browser_hash TEXT NOT NULL,
    network      TEXT NOT NULL,
    turn         BIGINT NOT NULL,
    wrong        BIGINT NOT NULL,
    asked_at     BIGINT NOT NULL,
    sent_at      BIGINT,
    expires_at   BIGINT NOT NULL
);
CREATE INDEX proofs_waiting ON proofs (turn, asked_at) WHERE state = 'waiting';
CREATE INDEX proofs_by_address ON proofs (address_key, sent_at);
CREATE INDEX proofs_by_subject ON proofs (subject) WHERE subject <> '';
CREATE INDEX proofs_by_browser ON proofs (browser_hash) WHERE browser_hash <> '';
CREATE INDEX proofs_by_network ON proofs (network, asked_at);
CREATE INDEX proofs_by_end ON proofs (expires_at);

-- Links given out before stay good.
INSERT INTO proofs (id, purpose, state, address, address_key, subject, payload, link_hash, code_hash, browser_hash, network, turn, wrong, asked_at, expires_at)
    SELECT hash, purpose, CASE WHEN used_at IS NULL THEN 'open' ELSE 'used' END, '', '', subject, '', hash, '', '', '', 0, 0, created_at, expires_at FROM tokens;
DROP TABLE tokens;

-- How often something may be done: the moment at which all of a limit is there again.
CREATE TABLE limits (
    name    TEXT PRIMARY KEY,
    full_at BIGINT NOT NULL
);

-- Who may join: one row.
CREATE TABLE joining (
    id            TEXT PRIMARY KEY CHECK (id = 'joining'),
    mode          TEXT NOT NULL,
    domains       TEXT NOT NULL,
    letter_budget BIGINT NOT NULL,
    version       BIGINT NOT NULL,
    reached_at    BIGINT
);

CREATE TABLE invitations (
    id         TEXT PRIMARY KEY,
    hash       TEXT NOT NULL UNIQUE,
    role       TEXT NOT NULL,
    note       TEXT NOT NULL,
    uses       BIGINT NOT NULL,
    uses_left  BIGINT NOT NULL,
    made_by    TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    made_at    BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at   BIGINT
);
CREATE INDEX invitations_by_account ON invitations (made_by);

-- People who have confirmed their address and wait for somebody to let them in.
CREATE TABLE join_requests (
    id           TEXT PRIMARY KEY,
    address      TEXT NOT NULL,
    address_key  TEXT NOT NULL UNIQUE,
    name         TEXT NOT NULL,
    words        TEXT NOT NULL,
    language     TEXT NOT NULL,
    browser_hash TEXT NOT NULL,
    asked_at     BIGINT NOT NULL
);
CREATE INDEX join_requests_by_time ON join_requests (asked_at, id);

-- Addresses that cannot join again, as keyed hashes.
CREATE TABLE barred (
    hash      TEXT PRIMARY KEY,
    barred_by TEXT NOT NULL,
    barred_at BIGINT NOT NULL
);
