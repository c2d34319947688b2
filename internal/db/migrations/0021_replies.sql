-- +goose Up

-- What readers write under stories. place says where a reply stands among those of its
-- story and sorts them; thread is the place of the reply that its thread begins with.
-- What only moderators see is in reply_checks.
CREATE TABLE replies (
    id         TEXT PRIMARY KEY,
    story_id   TEXT NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    parent_id  TEXT,
    place      TEXT NOT NULL,
    thread     TEXT NOT NULL,
    depth      BIGINT NOT NULL,
    state      TEXT NOT NULL,
    shown      BOOLEAN NOT NULL,
    below      BIGINT NOT NULL,
    answers    BIGINT NOT NULL,
    account_id TEXT REFERENCES accounts (id),
    profile_id TEXT REFERENCES profiles (id),
    name       TEXT NOT NULL,
    url        TEXT NOT NULL,
    body       TEXT NOT NULL,
    rendered   TEXT NOT NULL,
    renderer   BIGINT NOT NULL,
    version    BIGINT NOT NULL,
    written_at BIGINT NOT NULL,
    edited_at  BIGINT,
    erased_at  BIGINT,
    UNIQUE (story_id, place)
);
CREATE INDEX replies_shown ON replies (story_id, thread, place) WHERE shown;
CREATE INDEX replies_newest ON replies (story_id, thread DESC, place) WHERE shown;
CREATE INDEX replies_in_state ON replies (state, id);
CREATE INDEX replies_latest ON replies (written_at, id) WHERE state = 'published';
CREATE INDEX replies_by_account ON replies (account_id) WHERE account_id IS NOT NULL;
CREATE INDEX replies_by_profile ON replies (profile_id) WHERE profile_id IS NOT NULL;
CREATE INDEX replies_by_parent ON replies (parent_id) WHERE parent_id IS NOT NULL;

-- What was looked at when a reply came, and what was decided about it.
CREATE TABLE reply_checks (
    reply_id    TEXT PRIMARY KEY REFERENCES replies (id) ON DELETE CASCADE,
    email       TEXT NOT NULL,
    network     TEXT NOT NULL,
    agent       TEXT NOT NULL,
    on_form     BIGINT NOT NULL,
    same        TEXT UNIQUE,
    likeness    TEXT NOT NULL,
    verdict     TEXT NOT NULL,
    probability DOUBLE PRECISION NOT NULL,
    reasons     TEXT NOT NULL,
    held        TEXT NOT NULL,
    reports     BIGINT NOT NULL,
    appealed_at BIGINT,
    decided_at  BIGINT,
    decided_by  TEXT REFERENCES accounts (id),
    moved_at    BIGINT NOT NULL
);
CREATE INDEX reply_checks_by_email ON reply_checks (email) WHERE email <> '';
CREATE INDEX reply_checks_by_network ON reply_checks (network) WHERE network <> '';
CREATE INDEX reply_checks_by_likeness ON reply_checks (likeness) WHERE likeness <> '';

-- Stories that were replied to, or closed to replies by hand.
CREATE TABLE story_replies (
    story_id  TEXT PRIMARY KEY REFERENCES stories (id) ON DELETE CASCADE,
    published BIGINT NOT NULL,
    threads   BIGINT NOT NULL,
    closed    BOOLEAN NOT NULL
);

-- Each decision of a moderator, so that it can be taken back and is known.
CREATE TABLE reply_acts (
    id         TEXT PRIMARY KEY,
    batch      TEXT NOT NULL,
    reply_id   TEXT NOT NULL,
    account_id TEXT REFERENCES accounts (id),
    act        TEXT NOT NULL,
    was        TEXT NOT NULL,
    held       TEXT NOT NULL,
    at         BIGINT NOT NULL,
    undone_at  BIGINT
);
CREATE INDEX reply_acts_in_batch ON reply_acts (batch);
CREATE INDEX reply_acts_of_reply ON reply_acts (reply_id);

-- What is blocked. Networks and addresses are known by a keyed hash, and shown by a label.
CREATE TABLE reply_blocks (
    id         TEXT PRIMARY KEY,
    kind       TEXT NOT NULL,
    value      TEXT NOT NULL,
    label      TEXT NOT NULL,
    reason     TEXT NOT NULL,
    account_id TEXT REFERENCES accounts (id),
    made_at    BIGINT NOT NULL,
    ends_at    BIGINT,
    hits       BIGINT NOT NULL,
    UNIQUE (kind, value)
);

CREATE TABLE reply_reports (
    reply_id TEXT NOT NULL REFERENCES replies (id) ON DELETE CASCADE,
    reporter TEXT NOT NULL,
    reason   TEXT NOT NULL,
    at       BIGINT NOT NULL,
    PRIMARY KEY (reply_id, reporter)
);

-- Who wants to hear of answers to a reply, and what is known of their addresses.
CREATE TABLE reply_watches (
    reply_id TEXT PRIMARY KEY REFERENCES replies (id) ON DELETE CASCADE,
    email    TEXT NOT NULL,
    ended_at BIGINT
);
CREATE INDEX reply_watches_by_email ON reply_watches (email);
CREATE TABLE reply_addresses (
    id           TEXT PRIMARY KEY,
    email        TEXT NOT NULL UNIQUE,
    asked_at     BIGINT NOT NULL,
    confirmed_at BIGINT,
    refused_at   BIGINT
);

CREATE TABLE reply_settings (
    id          TEXT PRIMARY KEY,
    mode        TEXT NOT NULL,
    lost        TEXT NOT NULL,
    leaked      TEXT NOT NULL,
    newest      BOOLEAN NOT NULL,
    close_days  BIGINT NOT NULL,
    spam_days   BIGINT NOT NULL,
    email_days  BIGINT NOT NULL,
    network_days BIGINT NOT NULL,
    digest      TEXT NOT NULL,
    version     BIGINT NOT NULL
);

-- What moderators decided, in order: the filter is a fold over the last label of each
-- subject that is not void. Every change takes the next number of spam_head; one that
-- alters what came before says in spam_changes from which label on.
CREATE TABLE spam_labels (
    seq        BIGINT PRIMARY KEY,
    subject    TEXT NOT NULL,
    batch      TEXT NOT NULL,
    source     TEXT NOT NULL,
    account_id TEXT REFERENCES accounts (id),
    spam       BOOLEAN NOT NULL,
    verdict    TEXT NOT NULL,
    features   BYTEA NOT NULL,
    extractor  BIGINT NOT NULL,
    at         BIGINT NOT NULL,
    void_at    BIGINT
);
CREATE INDEX spam_labels_of_subject ON spam_labels (subject);
CREATE INDEX spam_labels_by_account ON spam_labels (account_id, seq);

CREATE TABLE spam_head (
    id  TEXT PRIMARY KEY,
    seq BIGINT NOT NULL
);

CREATE TABLE spam_changes (
    seq   BIGINT PRIMARY KEY,
    since BIGINT NOT NULL
);
