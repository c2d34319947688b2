-- +goose Up

-- How many days backups are kept.
ALTER TABLE community ADD COLUMN backup_days BIGINT NOT NULL DEFAULT 90;
