-- +goose Up

-- The key of a member's path, wrapped by one that is kept outside the database. The row is
-- the path: without it nothing of it can be read, and all of it goes with it. feed is the
-- sum of a secret by which a calendar learns on which days something is due; counted says
-- that the member joined the quarterly figure.
CREATE TABLE path_keys (
    member_id  TEXT PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    wrapped_by TEXT NOT NULL,
    wrapped    BYTEA NOT NULL,
    version    BIGINT NOT NULL,
    made_at    BIGINT NOT NULL,
    feed       TEXT UNIQUE,
    counted    BOOLEAN NOT NULL DEFAULT FALSE
);
CREATE INDEX path_keys_wrapped_by ON path_keys (wrapped_by, member_id);

-- The parts of a path, each sealed under its member's key: what it says, when and about
-- what. gone_at marks what may be brought back for a while.
CREATE TABLE path_parts (
    member_id TEXT NOT NULL REFERENCES path_keys (member_id) ON DELETE CASCADE,
    kind      TEXT NOT NULL,
    id        TEXT NOT NULL,
    version   BIGINT NOT NULL,
    import_id TEXT NOT NULL,
    gone_at   BIGINT,
    sealed    BYTEA NOT NULL,
    PRIMARY KEY (member_id, kind, id)
);
CREATE INDEX path_parts_gone ON path_parts (gone_at) WHERE gone_at IS NOT NULL;

-- When a member wants to be reminded, and how often nothing came of it.
CREATE TABLE path_reminders (
    member_id  TEXT NOT NULL REFERENCES path_keys (member_id) ON DELETE CASCADE,
    id         TEXT NOT NULL,
    about      TEXT NOT NULL,
    due_on     BIGINT NOT NULL,
    due_at     BIGINT NOT NULL,
    every_days BIGINT NOT NULL,
    unanswered BIGINT NOT NULL,
    PRIMARY KEY (member_id, id)
);
CREATE INDEX path_reminders_due ON path_reminders (due_at, member_id, id);

-- The list of occupations that an owner added, as the table that it was read from.
CREATE TABLE occupations (
    id       TEXT PRIMARY KEY,
    list     TEXT NOT NULL,
    added_at BIGINT NOT NULL
);

-- Whether there is a quarterly figure, and those that were made: of ten members or more who
-- joined by themselves, never changed.
CREATE TABLE path_settings (
    id        TEXT PRIMARY KEY,
    quarterly BOOLEAN NOT NULL
);
CREATE TABLE path_quarters (
    year     BIGINT NOT NULL,
    quarter  BIGINT NOT NULL,
    enough   BOOLEAN NOT NULL,
    overall  DOUBLE PRECISION NOT NULL,
    learning DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (year, quarter)
);
