-- +goose Up

-- Of texts that are alike the latest are looked at before each reply is taken.
DROP INDEX reply_checks_by_likeness;
CREATE INDEX reply_checks_by_likeness ON reply_checks (likeness, reply_id) WHERE likeness <> '';
