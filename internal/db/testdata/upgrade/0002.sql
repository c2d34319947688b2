-- A database with a few rows of every table, as its schema was.

CREATE TABLE goose_db_version (
		id INTEGER PRIMARY KEY AUTOINCREMENT,
		version_id INTEGER NOT NULL,
		is_applied INTEGER NOT NULL,
		tstamp TIMESTAMP DEFAULT (datetime('now'))
	);
CREATE TABLE instance (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
CREATE TABLE community (
    id         TEXT PRIMARY KEY CHECK (id = 'community'),
    name       TEXT NOT NULL,
    tagline    TEXT NOT NULL,
    language   TEXT NOT NULL,
    time_zone  TEXT NOT NULL,
    accent     TEXT NOT NULL,
    version    BIGINT NOT NULL,
    set_up_at  BIGINT,
    updated_at BIGINT NOT NULL
);
CREATE TABLE accounts (
    id          TEXT PRIMARY KEY,
    name        TEXT NOT NULL,
    email       TEXT,
    email_key   TEXT UNIQUE,
    language    TEXT,
    created_at  BIGINT NOT NULL,
    disabled_at BIGINT
);
CREATE TABLE account_roles (
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    role       TEXT NOT NULL,
    granted_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, role)
);
CREATE TABLE sessions (
    hash       TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    device     TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at    BIGINT NOT NULL,
    fresh_at   BIGINT NOT NULL,
    expires_at BIGINT NOT NULL
);
CREATE INDEX sessions_by_account ON sessions (account_id);
CREATE TABLE tokens (
    hash       TEXT PRIMARY KEY,
    purpose    TEXT NOT NULL,
    subject    TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at    BIGINT
);
CREATE INDEX tokens_by_subject ON tokens (purpose, subject);
CREATE TABLE audit (
    id         TEXT PRIMARY KEY,
    at         BIGINT NOT NULL,
    account_id TEXT,
    act        TEXT NOT NULL,
    subject    TEXT NOT NULL,
    detail     TEXT NOT NULL
);
CREATE INDEX audit_by_time ON audit (at, id);
CREATE TABLE pictures (
    id           TEXT PRIMARY KEY,
    extension    TEXT NOT NULL,
    content_type TEXT NOT NULL,
    width        BIGINT NOT NULL,
    height       BIGINT NOT NULL,
    bytes        BIGINT NOT NULL,
    alt          TEXT NOT NULL,
    created_at   BIGINT NOT NULL
);
CREATE TABLE picture_sizes (
    picture_id TEXT NOT NULL REFERENCES pictures (id) ON DELETE CASCADE,
    width      BIGINT NOT NULL,
    height     BIGINT NOT NULL,
    bytes      BIGINT NOT NULL,
    PRIMARY KEY (picture_id, width)
);
CREATE TABLE profiles (
    id         TEXT PRIMARY KEY,
    handle     TEXT NOT NULL UNIQUE,
    name       TEXT NOT NULL,
    pronouns   TEXT NOT NULL,
    place      TEXT NOT NULL,
    bio        TEXT NOT NULL,
    links      TEXT NOT NULL,
    picture_id TEXT REFERENCES pictures (id),
    account_id TEXT UNIQUE REFERENCES accounts (id) ON DELETE SET NULL,
    version    BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX profiles_by_name ON profiles (name, id);
CREATE TABLE topics (
    id          TEXT PRIMARY KEY,
    slug        TEXT NOT NULL UNIQUE,
    name        TEXT NOT NULL,
    description TEXT NOT NULL,
    version     BIGINT NOT NULL,
    created_at  BIGINT NOT NULL,
    updated_at  BIGINT NOT NULL
);
CREATE INDEX topics_by_name ON topics (name, id);
CREATE TABLE stories (
    id            TEXT PRIMARY KEY,
    slug          TEXT NOT NULL UNIQUE,
    state         TEXT NOT NULL,
    title         TEXT NOT NULL,
    standfirst    TEXT NOT NULL,
    language      TEXT NOT NULL,
    cover_id      TEXT REFERENCES pictures (id),
    cover_alt     TEXT NOT NULL,
    cover_caption TEXT NOT NULL,
    note          TEXT NOT NULL,
    version       BIGINT NOT NULL,
    words         BIGINT NOT NULL,
    has_trail     BOOLEAN NOT NULL,
    created_at    BIGINT NOT NULL,
    updated_at    BIGINT NOT NULL,
    published_at  BIGINT,
    scheduled_for BIGINT,
    public_since  BIGINT
);
CREATE INDEX stories_published ON stories (published_at, id) WHERE state = 'published';
CREATE INDEX stories_by_change ON stories (updated_at, id);
CREATE TABLE story_texts (
    story_id TEXT PRIMARY KEY REFERENCES stories (id) ON DELETE CASCADE,
    format   TEXT NOT NULL,
    body     TEXT NOT NULL,
    trail    TEXT NOT NULL,
    rendered TEXT NOT NULL,
    outline  TEXT NOT NULL,
    renderer BIGINT NOT NULL
);
CREATE INDEX story_texts_by_renderer ON story_texts (renderer);
CREATE TABLE story_pictures (
    story_id   TEXT NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    picture_id TEXT NOT NULL,
    PRIMARY KEY (story_id, picture_id)
);
CREATE INDEX story_pictures_by_picture ON story_pictures (picture_id, story_id);
CREATE TABLE story_figures (
    story_id TEXT PRIMARY KEY REFERENCES stories (id) ON DELETE CASCADE,
    wide     TEXT NOT NULL,
    tall     TEXT NOT NULL,
    renderer BIGINT NOT NULL
);
CREATE TABLE story_topics (
    story_id     TEXT NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    topic_id     TEXT NOT NULL REFERENCES topics (id),
    position     BIGINT NOT NULL,
    published_at BIGINT,
    PRIMARY KEY (story_id, topic_id)
);
CREATE INDEX story_topics_list ON story_topics (topic_id, published_at, story_id);
CREATE TABLE story_authors (
    story_id     TEXT NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    profile_id   TEXT NOT NULL REFERENCES profiles (id),
    position     BIGINT NOT NULL,
    published_at BIGINT,
    PRIMARY KEY (story_id, profile_id)
);
CREATE INDEX story_authors_list ON story_authors (profile_id, published_at, story_id);
CREATE TABLE story_revisions (
    story_id   TEXT NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    version    BIGINT NOT NULL,
    saved_at   BIGINT NOT NULL,
    account_id TEXT,
    document   TEXT NOT NULL,
    PRIMARY KEY (story_id, version)
);
CREATE TABLE story_counts (
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    n    BIGINT NOT NULL,
    PRIMARY KEY (kind, name)
);
CREATE TABLE story_terms (
    story_id     TEXT NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    term         TEXT NOT NULL,
    weight       DOUBLE PRECISION NOT NULL,
    shown        TEXT NOT NULL,
    published_at BIGINT NOT NULL,
    PRIMARY KEY (story_id, term)
);
CREATE INDEX story_terms_list ON story_terms (term, published_at, story_id);
CREATE TABLE story_related (
    story_id   TEXT NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    related_id TEXT NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    score      DOUBLE PRECISION NOT NULL,
    topics     TEXT NOT NULL,
    words      TEXT NOT NULL,
    PRIMARY KEY (story_id, related_id)
);
CREATE INDEX story_related_to ON story_related (related_id);
CREATE TABLE resources (
    id         TEXT PRIMARY KEY,
    url        TEXT NOT NULL UNIQUE,
    title      TEXT NOT NULL,
    note       TEXT NOT NULL,
    version    BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE INDEX resources_by_title ON resources (title, id);
CREATE TABLE resource_topics (
    resource_id TEXT NOT NULL REFERENCES resources (id) ON DELETE CASCADE,
    topic_id    TEXT NOT NULL REFERENCES topics (id),
    position    BIGINT NOT NULL,
    PRIMARY KEY (resource_id, topic_id)
);
CREATE INDEX resource_topics_list ON resource_topics (topic_id, resource_id);
CREATE TABLE story_resources (
    story_id    TEXT NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    resource_id TEXT NOT NULL REFERENCES resources (id) ON DELETE CASCADE,
    score       DOUBLE PRECISION NOT NULL,
    topics      TEXT NOT NULL,
    words       TEXT NOT NULL,
    PRIMARY KEY (story_id, resource_id)
);
CREATE INDEX story_resources_by_resource ON story_resources (resource_id);
CREATE TABLE pages (
    id         TEXT PRIMARY KEY,
    slug       TEXT NOT NULL UNIQUE,
    state      TEXT NOT NULL,
    title      TEXT NOT NULL,
    format     TEXT NOT NULL,
    body       TEXT NOT NULL,
    in_menu    BOOLEAN NOT NULL,
    version    BIGINT NOT NULL,
    created_at BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE TABLE page_revisions (
    page_id    TEXT NOT NULL REFERENCES pages (id) ON DELETE CASCADE,
    version    BIGINT NOT NULL,
    saved_at   BIGINT NOT NULL,
    account_id TEXT,
    document   TEXT NOT NULL,
    PRIMARY KEY (page_id, version)
);
CREATE TABLE redirects (
    path       TEXT PRIMARY KEY,
    kind       TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE INDEX redirects_by_subject ON redirects (kind, subject_id);
CREATE TABLE jobs (
    id           TEXT PRIMARY KEY,
    kind         TEXT NOT NULL,
    unique_key   TEXT UNIQUE,
    payload      TEXT NOT NULL,
    state        TEXT NOT NULL,
    attempt      BIGINT NOT NULL,
    due_at       BIGINT NOT NULL,
    lease        TEXT,
    leased_until BIGINT,
    error        TEXT NOT NULL,
    created_at   BIGINT NOT NULL,
    finished_at  BIGINT
);
CREATE INDEX jobs_due ON jobs (due_at, id) WHERE state = 'ready';
CREATE INDEX jobs_by_state ON jobs (state, finished_at);
CREATE TABLE kept_clock (
    id    TEXT PRIMARY KEY CHECK (id = 'clock'),
    value BIGINT NOT NULL
);
CREATE TABLE kept_tags (
    tag       TEXT PRIMARY KEY,
    touched   BIGINT NOT NULL,
    forgotten BIGINT NOT NULL
);
CREATE INDEX kept_tags_by_clock ON kept_tags (touched);
CREATE TABLE nodes (
    id      TEXT PRIMARY KEY,
    seen_at BIGINT NOT NULL,
    clock   BIGINT NOT NULL
);
CREATE TABLE imports (
    id          TEXT PRIMARY KEY,
    format      TEXT NOT NULL,
    site        TEXT NOT NULL,
    file_name   TEXT NOT NULL,
    state       TEXT NOT NULL,
    started_at  BIGINT NOT NULL,
    finished_at BIGINT,
    report      TEXT NOT NULL
);
CREATE TABLE imported (
    site       TEXT NOT NULL,
    kind       TEXT NOT NULL,
    source_id  TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    hash       TEXT NOT NULL,
    version    BIGINT NOT NULL,
    import_id  TEXT NOT NULL REFERENCES imports (id),
    PRIMARY KEY (site, kind, source_id)
);
CREATE INDEX imported_by_subject ON imported (kind, subject_id);
CREATE TABLE imported_replies (
    site       TEXT NOT NULL,
    source_id  TEXT NOT NULL,
    item_id    TEXT NOT NULL,
    parent_id  TEXT NOT NULL,
    kind       TEXT NOT NULL,
    state      TEXT NOT NULL,
    author     TEXT NOT NULL,
    email      TEXT NOT NULL,
    url        TEXT NOT NULL,
    body       TEXT NOT NULL,
    written_at BIGINT NOT NULL,
    import_id  TEXT NOT NULL REFERENCES imports (id),
    PRIMARY KEY (site, source_id)
);
CREATE TABLE imported_media (
    site      TEXT NOT NULL,
    source_id TEXT NOT NULL,
    parent_id TEXT NOT NULL,
    url       TEXT NOT NULL,
    title     TEXT NOT NULL,
    alt       TEXT NOT NULL,
    caption   TEXT NOT NULL,
    import_id TEXT NOT NULL REFERENCES imports (id),
    PRIMARY KEY (site, source_id)
);
CREATE TABLE letter_texts (
    id         TEXT PRIMARY KEY,
    subject    TEXT NOT NULL,
    text       TEXT NOT NULL,
    html       TEXT NOT NULL,
    sealed     BYTEA,
    shared     BOOLEAN NOT NULL,
    created_at BIGINT NOT NULL
);
CREATE TABLE letters (
    id            TEXT PRIMARY KEY,
    kind          TEXT NOT NULL,
    unique_key    TEXT UNIQUE,
    recipient     TEXT NOT NULL,
    recipient_key TEXT NOT NULL,
    text_id       TEXT REFERENCES letter_texts (id),
    filling       TEXT NOT NULL,
    list          TEXT NOT NULL,
    unsubscribe   TEXT NOT NULL,
    secret        BOOLEAN NOT NULL,
    bulk          BOOLEAN NOT NULL,
    state         TEXT NOT NULL,
    attempt       BIGINT NOT NULL,
    due_at        BIGINT NOT NULL,
    expires_at    BIGINT,
    lease         TEXT,
    leased_until  BIGINT,
    server        TEXT NOT NULL,
    reason        TEXT NOT NULL,
    created_at    BIGINT NOT NULL,
    tried_at      BIGINT,
    finished_at   BIGINT,
    seen_at       BIGINT
);
CREATE INDEX letters_due ON letters (bulk, due_at, id) WHERE state = 'waiting';
CREATE INDEX letters_trying ON letters (leased_until) WHERE state = 'trying';
CREATE INDEX letters_stuck ON letters (finished_at, id) WHERE state IN ('failed', 'unknown');
CREATE INDEX letters_by_kind ON letters (kind, created_at);
CREATE INDEX letters_by_recipient ON letters (recipient_key, created_at);
CREATE INDEX letters_by_text ON letters (text_id);
CREATE TABLE mail_settings (
    id         TEXT PRIMARY KEY CHECK (id = 'mail'),
    name       TEXT NOT NULL,
    address    TEXT NOT NULL,
    selector   TEXT NOT NULL,
    version    BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);
CREATE TABLE mail_servers (
    id          TEXT PRIMARY KEY,
    position    BIGINT NOT NULL,
    host        TEXT NOT NULL,
    port        BIGINT NOT NULL,
    security    TEXT NOT NULL,
    open_anyway BOOLEAN NOT NULL,
    username    TEXT NOT NULL,
    password    BYTEA,
    per_minute  BIGINT NOT NULL,
    per_day     BIGINT NOT NULL,
    connections BIGINT NOT NULL,
    fault       TEXT NOT NULL,
    fault_at    BIGINT,
    down_until  BIGINT,
    version     BIGINT NOT NULL
);
CREATE TABLE mail_given (
    server_id TEXT NOT NULL REFERENCES mail_servers (id) ON DELETE CASCADE,
    span      BIGINT NOT NULL,
    at        BIGINT NOT NULL,
    n         BIGINT NOT NULL,
    PRIMARY KEY (server_id, span, at)
);

-- Rows
INSERT INTO goose_db_version VALUES (1, 0, 1, '2026-10-01 09:00:00');
INSERT INTO goose_db_version VALUES (2, 1, 1, '2026-10-01 09:00:00');
INSERT INTO goose_db_version VALUES (3, 2, 1, '2026-12-01 09:00:00');
INSERT INTO instance VALUES ('key', 'f2a9…');
INSERT INTO instance VALUES ('name with space', 'it''s quoted');
INSERT INTO community VALUES ('community', 'Wegweiser Köln', 'Work is a path', 'de', 'Europe/Berlin', '#1a7f5a', 3, 1790000000000, 1790000000005);
INSERT INTO accounts VALUES ('a1', 'Ada Owner', 'ada@example.org', 'ada@example.org', 'en', 1790000000000, NULL);
INSERT INTO accounts VALUES ('a2', 'Gone Ghost', NULL, NULL, NULL, 1790000000000, 1790000000009);
INSERT INTO account_roles VALUES ('a1', 'owner', 1790000000000);
INSERT INTO sessions VALUES ('h1', 'a1', 'Firefox on Linux', 1790000000000, 1790000000001, 1790000000000, 1790000100000);
INSERT INTO tokens VALUES ('t1', 'owner-link', 'a1', 1790000000000, 1790000100000, NULL);
INSERT INTO tokens VALUES ('t2', 'sign-in', 'a1', 1790000000000, 1790000100000, 1790000000007);
INSERT INTO audit VALUES ('u1', 1790000000000, 'a1', 'settings.changed', 'community', 'accent');
INSERT INTO audit VALUES ('u2', 1790000000001, NULL, 'started', '', '');
INSERT INTO pictures VALUES ('p1', '.jpg', 'image/jpeg', 1600, 900, 123456, 'A bridge in fog', 1790000000000);
INSERT INTO picture_sizes VALUES ('p1', 480, 270, 20000);
INSERT INTO picture_sizes VALUES ('p1', 960, 540, 60000);
INSERT INTO profiles VALUES ('f1', 'ada', 'Ada Owner', 'she', 'Köln', 'Writes of detours.', '[{"label":"Elsewhere","url":"https://example.org/"}]', 'p1', 'a1', 2, 1790000000000, 1790000000000);
INSERT INTO profiles VALUES ('f2', 'bo', 'Bo Without Account', '', '', '', '[]', NULL, NULL, 1, 1790000000000, 1790000000000);
INSERT INTO topics VALUES ('o1', 'detours', 'Detours', 'When the way bends', 1, 1790000000000, 1790000000000);
INSERT INTO topics VALUES ('o2', 'first-jobs', 'First jobs', '', 1, 1790000000000, 1790000000000);
INSERT INTO stories VALUES ('s1', 'a-year-of-gigs', 'published', 'A year of gigs', 'Hundreds of hours', 'en', 'p1', 'A bridge in fog', 'Fog', '', 4, 812, 1, 1790000000000, 1790000000003, 1790000000002, NULL, 1790000000002);
INSERT INTO stories VALUES ('s2', 'a-draft', 'draft', 'A draft', '', 'de', NULL, '', '', 'to check', 1, 0, 0, 1790000000000, 1790000000000, NULL, 1790000000900, NULL);
INSERT INTO story_texts VALUES ('s1', 'markdown', '# One

He said: "it''s fine"; -- and went.
', '{"version":1,"steps":[{"id":"gigs","kind":"gig","title":"Gigs","start":"2025-06","end":"2026-05"}]}', '<h1>One</h1>', '[]', 1);
INSERT INTO story_texts VALUES ('s2', 'html', '<p>old</p>', '', '', '[]', 0);
INSERT INTO story_pictures VALUES ('s1', 'p1');
INSERT INTO story_figures VALUES ('s1', '<svg/>', '<svg/>', 1);
INSERT INTO story_topics VALUES ('s1', 'o1', 0, 1790000000002);
INSERT INTO story_topics VALUES ('s2', 'o2', 0, NULL);
INSERT INTO story_authors VALUES ('s1', 'f1', 0, 1790000000002);
INSERT INTO story_authors VALUES ('s1', 'f2', 1, 1790000000002);
INSERT INTO story_revisions VALUES ('s1', 1, 1790000000000, 'a1', '{"title":"A year"}');
INSERT INTO story_counts VALUES ('topic', 'o1', 1);
INSERT INTO story_counts VALUES ('month', '2026-09', 1);
INSERT INTO story_terms VALUES ('s1', 'gig', 1.5, 'gigs', 1790000000002);
INSERT INTO story_related VALUES ('s1', 's2', 0.25, '["o1"]', '["gigs"]');
INSERT INTO resources VALUES ('r1', 'https://example.org/handbook', 'A handbook', 'Short and good', 1, 1790000000000, 1790000000000);
INSERT INTO resource_topics VALUES ('r1', 'o1', 0);
INSERT INTO story_resources VALUES ('s1', 'r1', 0.5, '["o1"]', '[]');
INSERT INTO pages VALUES ('g1', 'about', 'published', 'About', 'markdown', 'Who we are.', 1, 1, 1790000000000, 1790000000000);
INSERT INTO page_revisions VALUES ('g1', 1, 1790000000000, NULL, '{}');
INSERT INTO redirects VALUES ('/2016/05/old-address', 'story', 's1', 1790000000000);
INSERT INTO jobs VALUES ('j1', 'stories.published', 'stories.published s1', '{"id":"s1"}', 'ready', 0, 1790000000000, NULL, NULL, '', 1790000000000, NULL);
INSERT INTO jobs VALUES ('j2', 'import.wordpress', NULL, '{}', 'failed', 10, 1790000000000, NULL, NULL, 'no such file', 1790000000000, 1790000000008);
INSERT INTO kept_clock VALUES ('clock', 7);
INSERT INTO kept_tags VALUES ('story:s1', 7, 0);
INSERT INTO kept_tags VALUES ('topic:o1', 5, 5);
INSERT INTO nodes VALUES ('n1', 1790000000000, 7);
INSERT INTO imports VALUES ('i1', 'wordpress', 'https://old.example.org', 'export.xml', 'done', 1790000000000, 1790000060000, '{"made":{}}');
INSERT INTO imported VALUES ('https://old.example.org', 'post', '17', 's1', 'abc', 4, 'i1');
INSERT INTO imported_replies VALUES ('https://old.example.org', '3', '17', '', 'comment', 'approved', 'Cleo', 'cleo@example.org', '', 'Me too.', 1790000000000, 'i1');
INSERT INTO imported_media VALUES ('https://old.example.org', '9', '17', 'https://old.example.org/fog.jpg', 'Fog', 'A bridge in fog', '', 'i1');
INSERT INTO letter_texts VALUES ('l1', 'Welcome', 'Good to have you here.', '<p>Good to have you here.</p>', NULL, FALSE, 1790000000000);
INSERT INTO letter_texts VALUES ('l2', '', '', '', X'0102', FALSE, 1790000000000);
INSERT INTO letters VALUES ('l1', 'welcome', 'welcome a1', 'ana@example.org', 'ana@example.org', 'l1', '', '', '', FALSE, FALSE, 'accepted', 1, 1790000000000, NULL, NULL, NULL, 'mail.example.org', '250 taken', 1790000000000, 1790000001000, 1790000002000, NULL);
INSERT INTO letters VALUES ('l2', 'sign-in', NULL, 'Cleo@example.org', 'cleo@example.org', 'l2', '', '', '', TRUE, FALSE, 'waiting', 0, 1790000000000, 1790000900000, NULL, NULL, '', '', 1790000000000, NULL, NULL, NULL);
INSERT INTO mail_settings VALUES ('mail', 'Home', 'hello@example.org', '', 1, 1790000000000);
INSERT INTO mail_servers VALUES ('m1', 1, 'mail.example.org', 465, 'tls', FALSE, 'hello', X'0304', 60, 0, 4, '', NULL, NULL, 1);
INSERT INTO mail_given VALUES ('m1', 3600, 1790000000000, 1);
