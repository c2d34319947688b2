-- +goose Up

-- Who brought a picture stands in picture_uploads alone; here stands whether all who edit
-- are offered it.
ALTER TABLE pictures ADD COLUMN shared BOOLEAN NOT NULL DEFAULT TRUE;
UPDATE pictures SET shared = FALSE WHERE account_id IS NOT NULL;
DROP INDEX pictures_by_account;
ALTER TABLE pictures DROP COLUMN account_id;
CREATE INDEX pictures_shared ON pictures (created_at, id) WHERE shared;
