-- +goose Up

-- Why an address is kept out, in an owner's words, and what names the line in the list
-- where it is let in again: the hash is nobody's to see.
ALTER TABLE barred ADD COLUMN id TEXT NOT NULL DEFAULT '';
ALTER TABLE barred ADD COLUMN reason TEXT NOT NULL DEFAULT '';
UPDATE barred SET id = substr(hash, 1, 26) WHERE id = '';
CREATE UNIQUE INDEX barred_by_id ON barred (id);
