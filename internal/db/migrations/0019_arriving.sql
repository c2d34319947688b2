-- +goose Up

-- Where somebody goes on to when a provider has sent them back.
ALTER TABLE oidc_tries ADD COLUMN next TEXT NOT NULL DEFAULT '';

-- Letters whose link has ended.
CREATE INDEX letters_ended ON letters (expires_at) WHERE expires_at IS NOT NULL;
