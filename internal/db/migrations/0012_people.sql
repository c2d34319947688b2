-- +goose Up

-- The words by which people are found: of their names and addresses, folded. Bytes, so
-- that both engines order them alike and a beginning is a range.
CREATE TABLE account_words (
    word       BYTEA NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    PRIMARY KEY (word, account_id)
);
CREATE INDEX account_words_by_account ON account_words (account_id, word);

CREATE INDEX accounts_disabled ON accounts (id) WHERE disabled_at IS NOT NULL;

-- How long the record is kept, and the ways in which it is read.
ALTER TABLE community ADD COLUMN record_days BIGINT NOT NULL DEFAULT 365;
CREATE INDEX audit_by_person ON audit (account_id, at, id);
CREATE INDEX audit_by_act ON audit (act, at, id);
