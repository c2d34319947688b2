-- +goose Up

-- The desk's lists name state and private. While state came first, SQLite took this
-- index for lists of published and of waiting stories too, which have their own, read
-- all of that state and sorted them.
DROP INDEX stories_by_state;
CREATE INDEX stories_by_state ON stories (private, state, updated_at, id);
