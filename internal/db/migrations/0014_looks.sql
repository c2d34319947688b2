-- +goose Up

-- What handles and names look like, as hashes (internal/looks): no two handles look
-- alike, and nobody is called what looks like the name of somebody who writes here. Null
-- where the program has not looked yet, or where two were there before it did.
ALTER TABLE profiles ADD COLUMN handle_looks TEXT;
ALTER TABLE profiles ADD COLUMN name_looks TEXT;
CREATE UNIQUE INDEX profiles_handle_looks ON profiles (handle_looks);
CREATE INDEX profiles_name_looks ON profiles (name_looks);
