-- +goose Up

-- Of servers that were there before it was noted which ones take letters, their letters
-- tell.
INSERT INTO instance (name, value)
    SELECT 'mail-worked-' || id, CASE WHEN EXISTS (SELECT 1 FROM letters WHERE state = 'accepted' AND letters.server = mail_servers.host) THEN 'yes' ELSE 'no' END
    FROM mail_servers WHERE TRUE
    ON CONFLICT (name) DO NOTHING;

-- Letters are looked up by recipient; beside this index SQLite took the wider one.
DROP INDEX letters_by_kind;
