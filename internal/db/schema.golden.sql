-- The schema that the migrations lead to, for reading. Made by: go test ./internal/db -run Golden -update

CREATE TABLE account_roles (
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    role       TEXT NOT NULL,
    granted_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, role)
);

CREATE INDEX account_roles_by_role ON account_roles (role, account_id);

CREATE TABLE account_words (
    word       BYTEA NOT NULL,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    PRIMARY KEY (word, account_id)
);

CREATE INDEX account_words_by_account ON account_words (account_id, word);

CREATE TABLE accounts (
    id          TEXT PRIMARY KEY,
    name        TEXT NOT NULL,
    email       TEXT,
    email_key   TEXT UNIQUE,
    language    TEXT,
    created_at  BIGINT NOT NULL,
    disabled_at BIGINT
, trusted BOOLEAN NOT NULL DEFAULT FALSE);

CREATE INDEX accounts_by_name ON accounts (name, id);

CREATE INDEX accounts_disabled ON accounts (id) WHERE disabled_at IS NOT NULL;

CREATE TABLE audit (
    id         TEXT PRIMARY KEY,
    at         BIGINT NOT NULL,
    account_id TEXT,
    act        TEXT NOT NULL,
    subject    TEXT NOT NULL,
    detail     TEXT NOT NULL
);

CREATE INDEX audit_by_account ON audit (account_id);

CREATE INDEX audit_by_act ON audit (act, at, id);

CREATE INDEX audit_by_person ON audit (account_id, at, id);

CREATE INDEX audit_by_subject ON audit (subject);

CREATE INDEX audit_by_time ON audit (at, id);

CREATE TABLE barred (
    hash      TEXT PRIMARY KEY,
    barred_by TEXT NOT NULL,
    barred_at BIGINT NOT NULL
, id TEXT NOT NULL DEFAULT '', reason TEXT NOT NULL DEFAULT '');

CREATE UNIQUE INDEX barred_by_id ON barred (id);

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
, trusted_publish BOOLEAN NOT NULL DEFAULT FALSE, record_days BIGINT NOT NULL DEFAULT 365, backup_days BIGINT NOT NULL DEFAULT 90);

CREATE TABLE follows (
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    kind       TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    PRIMARY KEY (account_id, kind, subject_id)
);

CREATE INDEX follows_by_subject ON follows (kind, subject_id, account_id);

CREATE TABLE gone (
    hash    TEXT PRIMARY KEY,
    gone_at BIGINT NOT NULL
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
    import_id  TEXT NOT NULL REFERENCES imports (id), erased_at BIGINT,
    PRIMARY KEY (site, source_id)
);

CREATE INDEX imported_replies_by_email ON imported_replies (lower(email)) WHERE email <> '';

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

CREATE TABLE instance (
    name  TEXT PRIMARY KEY,
    value TEXT NOT NULL
);

CREATE TABLE invitations (
    id         TEXT PRIMARY KEY,
    hash       TEXT NOT NULL UNIQUE,
    role       TEXT NOT NULL,
    note       TEXT NOT NULL,
    uses       BIGINT NOT NULL,
    uses_left  BIGINT NOT NULL,
    made_by    TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    made_at    BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    ended_at   BIGINT
);

CREATE INDEX invitations_by_account ON invitations (made_by);

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

CREATE INDEX jobs_by_state ON jobs (state, finished_at);

CREATE INDEX jobs_due ON jobs (due_at, id) WHERE state = 'ready';

CREATE TABLE join_requests (
    id           TEXT PRIMARY KEY,
    address      TEXT NOT NULL,
    address_key  TEXT NOT NULL UNIQUE,
    name         TEXT NOT NULL,
    words        TEXT NOT NULL,
    language     TEXT NOT NULL,
    browser_hash TEXT NOT NULL,
    asked_at     BIGINT NOT NULL
);

CREATE INDEX join_requests_by_time ON join_requests (asked_at, id);

CREATE TABLE joining (
    id            TEXT PRIMARY KEY CHECK (id = 'joining'),
    mode          TEXT NOT NULL,
    domains       TEXT NOT NULL,
    letter_budget BIGINT NOT NULL,
    version       BIGINT NOT NULL,
    reached_at    BIGINT
);

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

CREATE INDEX letters_by_recipient ON letters (recipient_key, created_at);

CREATE INDEX letters_by_text ON letters (text_id);

CREATE INDEX letters_due ON letters (bulk, due_at, id) WHERE state = 'waiting';

CREATE INDEX letters_ended ON letters (expires_at) WHERE expires_at IS NOT NULL;

CREATE INDEX letters_stuck ON letters (finished_at, id) WHERE state IN ('failed', 'unknown');

CREATE INDEX letters_trying ON letters (leased_until) WHERE state = 'trying';

CREATE TABLE limits (
    name    TEXT PRIMARY KEY,
    full_at BIGINT NOT NULL
);

CREATE TABLE mail_given (
    server_id TEXT NOT NULL REFERENCES mail_servers (id) ON DELETE CASCADE,
    span      BIGINT NOT NULL,
    at        BIGINT NOT NULL,
    n         BIGINT NOT NULL,
    PRIMARY KEY (server_id, span, at)
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

CREATE TABLE mail_settings (
    id         TEXT PRIMARY KEY CHECK (id = 'mail'),
    name       TEXT NOT NULL,
    address    TEXT NOT NULL,
    selector   TEXT NOT NULL,
    version    BIGINT NOT NULL,
    updated_at BIGINT NOT NULL
);

CREATE TABLE mail_signing (
    id          TEXT PRIMARY KEY,
    selector    TEXT NOT NULL,
    record      TEXT NOT NULL,
    domain      TEXT NOT NULL,
    private_key BYTEA NOT NULL,
    made_at     BIGINT NOT NULL
);

CREATE TABLE mailings (
    id         TEXT PRIMARY KEY,
    story_id   TEXT REFERENCES stories (id) ON DELETE CASCADE,
    state      TEXT NOT NULL,
    from_at    BIGINT NOT NULL,
    at         BIGINT NOT NULL,
    place      TEXT NOT NULL,
    texts      TEXT NOT NULL,
    changed_at BIGINT NOT NULL
);

CREATE INDEX mailings_by_story ON mailings (story_id);

CREATE INDEX mailings_by_time ON mailings (at, id);

CREATE TABLE nodes (
    id      TEXT PRIMARY KEY,
    seen_at BIGINT NOT NULL,
    clock   BIGINT NOT NULL
);

CREATE TABLE notice_choices (
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    kind       TEXT NOT NULL,
    PRIMARY KEY (account_id, kind)
);

CREATE TABLE occupations (
    id       TEXT PRIMARY KEY,
    list     TEXT NOT NULL,
    added_at BIGINT NOT NULL
);

CREATE TABLE oidc_links (
    id         TEXT PRIMARY KEY,
    account_id TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    issuer     TEXT NOT NULL,
    subject    TEXT NOT NULL,
    name       TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    used_at    BIGINT,
    UNIQUE (issuer, subject)
);

CREATE INDEX oidc_links_by_account ON oidc_links (account_id, created_at);

CREATE TABLE oidc_tries (
    hash       TEXT PRIMARY KEY,
    browser    TEXT NOT NULL,
    provider   TEXT NOT NULL,
    account_id TEXT NOT NULL,
    expires_at BIGINT NOT NULL
, next TEXT NOT NULL DEFAULT '');

CREATE INDEX oidc_tries_ended ON oidc_tries (expires_at);

CREATE TABLE page_revisions (
    page_id    TEXT NOT NULL REFERENCES pages (id) ON DELETE CASCADE,
    version    BIGINT NOT NULL,
    saved_at   BIGINT NOT NULL,
    account_id TEXT,
    document   TEXT NOT NULL,
    PRIMARY KEY (page_id, version)
);

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

CREATE TABLE passkey_challenges (
    hash       TEXT PRIMARY KEY,
    purpose    TEXT NOT NULL,
    holder     TEXT NOT NULL,
    expires_at BIGINT NOT NULL
);

CREATE INDEX passkey_challenges_ended ON passkey_challenges (expires_at);

CREATE TABLE passkey_declined (
    account_id  TEXT PRIMARY KEY REFERENCES accounts (id) ON DELETE CASCADE,
    declined_at BIGINT NOT NULL
);

CREATE TABLE passkeys (
    id              TEXT PRIMARY KEY,
    account_id      TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    rp_id           TEXT NOT NULL,
    credential_id   TEXT NOT NULL UNIQUE,
    public_key      BYTEA NOT NULL,
    name            TEXT NOT NULL,
    aaguid          TEXT NOT NULL,
    transports      TEXT NOT NULL,
    sign_count      BIGINT NOT NULL,
    verified        BOOLEAN NOT NULL,
    backup_eligible BOOLEAN NOT NULL,
    backed_up       BOOLEAN NOT NULL,
    created_at      BIGINT NOT NULL,
    used_at         BIGINT
);

CREATE INDEX passkeys_by_account ON passkeys (account_id, created_at);

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

CREATE TABLE path_quarters (
    year     BIGINT NOT NULL,
    quarter  BIGINT NOT NULL,
    enough   BOOLEAN NOT NULL,
    overall  DOUBLE PRECISION NOT NULL,
    learning DOUBLE PRECISION NOT NULL,
    PRIMARY KEY (year, quarter)
);

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

CREATE TABLE path_settings (
    id        TEXT PRIMARY KEY,
    quarterly BOOLEAN NOT NULL
);

CREATE TABLE people_names (
    profile_id TEXT NOT NULL REFERENCES profiles (id) ON DELETE CASCADE,
    position   BIGINT NOT NULL,
    key        BYTEA NOT NULL,
    PRIMARY KEY (profile_id, position)
);

CREATE INDEX people_names_by_key ON people_names (key, profile_id);

CREATE INDEX people_names_first ON people_names (key, profile_id) WHERE position = 0;

CREATE TABLE picture_sizes (
    picture_id TEXT NOT NULL REFERENCES pictures (id) ON DELETE CASCADE,
    width      BIGINT NOT NULL,
    height     BIGINT NOT NULL,
    bytes      BIGINT NOT NULL,
    PRIMARY KEY (picture_id, width)
);

CREATE TABLE picture_uploads (
    picture_id  TEXT NOT NULL REFERENCES pictures (id) ON DELETE CASCADE,
    account_id  TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    uploaded_at BIGINT NOT NULL,
    PRIMARY KEY (picture_id, account_id)
);

CREATE INDEX picture_uploads_by_account ON picture_uploads (account_id, picture_id);

CREATE INDEX picture_uploads_list ON picture_uploads (account_id, uploaded_at, picture_id);

CREATE TABLE pictures (
    id           TEXT PRIMARY KEY,
    extension    TEXT NOT NULL,
    content_type TEXT NOT NULL,
    width        BIGINT NOT NULL,
    height       BIGINT NOT NULL,
    bytes        BIGINT NOT NULL,
    alt          TEXT NOT NULL,
    created_at   BIGINT NOT NULL
, shared BOOLEAN NOT NULL DEFAULT TRUE);

CREATE INDEX pictures_shared ON pictures (created_at, id) WHERE shared;

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
, audience TEXT NOT NULL DEFAULT 'nobody', shown TEXT NOT NULL DEFAULT '{}', handle_looks TEXT, name_looks TEXT);

CREATE INDEX profiles_by_name ON profiles (name, id);

CREATE UNIQUE INDEX profiles_handle_looks ON profiles (handle_looks);

CREATE INDEX profiles_name_looks ON profiles (name_looks);

CREATE INDEX profiles_public ON profiles (id) WHERE audience = 'everyone';

CREATE INDEX profiles_without_account ON profiles (name, id) WHERE account_id IS NULL;

CREATE TABLE proofs (
    id           TEXT PRIMARY KEY,
    purpose      TEXT NOT NULL,
    state        TEXT NOT NULL,
    address      TEXT NOT NULL,
    address_key  TEXT NOT NULL,
    subject      TEXT NOT NULL,
    payload      TEXT NOT NULL,
    link_hash    TEXT UNIQUE,
    code_hash    TEXT NOT NULL,
    browser_hash TEXT NOT NULL,
    network      TEXT NOT NULL,
    turn         BIGINT NOT NULL,
    wrong        BIGINT NOT NULL,
    asked_at     BIGINT NOT NULL,
    sent_at      BIGINT,
    expires_at   BIGINT NOT NULL
);

CREATE INDEX proofs_by_address ON proofs (address_key, sent_at);

CREATE INDEX proofs_by_browser ON proofs (browser_hash) WHERE browser_hash <> '';

CREATE INDEX proofs_by_end ON proofs (expires_at);

CREATE INDEX proofs_by_network ON proofs (network, asked_at);

CREATE INDEX proofs_by_subject ON proofs (subject) WHERE subject <> '';

CREATE INDEX proofs_waiting ON proofs (turn, asked_at) WHERE state = 'waiting';

CREATE TABLE redirects (
    path       TEXT PRIMARY KEY,
    kind       TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    created_at BIGINT NOT NULL
);

CREATE INDEX redirects_by_subject ON redirects (kind, subject_id);

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

CREATE INDEX replies_by_account ON replies (account_id) WHERE account_id IS NOT NULL;

CREATE INDEX replies_by_parent ON replies (parent_id) WHERE parent_id IS NOT NULL;

CREATE INDEX replies_by_profile ON replies (profile_id) WHERE profile_id IS NOT NULL;

CREATE INDEX replies_in_state ON replies (state, id);

CREATE INDEX replies_latest ON replies (written_at, id) WHERE state = 'published';

CREATE INDEX replies_newest ON replies (story_id, thread DESC, place) WHERE shown;

CREATE INDEX replies_shown ON replies (story_id, thread, place) WHERE shown;

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
, moved_at BIGINT, reports BIGINT);

CREATE INDEX reply_acts_in_batch ON reply_acts (batch);

CREATE INDEX reply_acts_of_reply ON reply_acts (reply_id);

CREATE TABLE reply_addresses (
    id           TEXT PRIMARY KEY,
    email        TEXT NOT NULL UNIQUE,
    asked_at     BIGINT NOT NULL,
    confirmed_at BIGINT,
    refused_at   BIGINT
);

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

CREATE INDEX reply_checks_by_likeness ON reply_checks (likeness, reply_id) WHERE likeness <> '';

CREATE INDEX reply_checks_by_network ON reply_checks (network) WHERE network <> '';

CREATE INDEX reply_checks_reported ON reply_checks (reports, reply_id) WHERE reports > 0 OR appealed_at IS NOT NULL;

CREATE TABLE reply_reports (
    reply_id TEXT NOT NULL REFERENCES replies (id) ON DELETE CASCADE,
    reporter TEXT NOT NULL,
    reason   TEXT NOT NULL,
    at       BIGINT NOT NULL,
    PRIMARY KEY (reply_id, reporter)
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

CREATE TABLE reply_watches (
    reply_id TEXT PRIMARY KEY REFERENCES replies (id) ON DELETE CASCADE,
    email    TEXT NOT NULL,
    ended_at BIGINT
);

CREATE INDEX reply_watches_by_email ON reply_watches (email);

CREATE TABLE resource_topics (
    resource_id TEXT NOT NULL REFERENCES resources (id) ON DELETE CASCADE,
    topic_id    TEXT NOT NULL REFERENCES topics (id),
    position    BIGINT NOT NULL,
    PRIMARY KEY (resource_id, topic_id)
);

CREATE INDEX resource_topics_list ON resource_topics (topic_id, resource_id);

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

CREATE TABLE spam_changes (
    seq   BIGINT PRIMARY KEY,
    since BIGINT NOT NULL
);

CREATE TABLE spam_head (
    id  TEXT PRIMARY KEY,
    seq BIGINT NOT NULL
);

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

CREATE INDEX spam_labels_by_account ON spam_labels (account_id, seq);

CREATE INDEX spam_labels_of_subject ON spam_labels (subject);

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
, account_id TEXT, submitted_at BIGINT, private BOOLEAN NOT NULL DEFAULT FALSE);

CREATE INDEX stories_by_account ON stories (account_id, updated_at, id);

CREATE INDEX stories_by_change ON stories (private, updated_at, id);

CREATE INDEX stories_by_state ON stories (private, state, updated_at, id);

CREATE INDEX stories_published ON stories (published_at, id) WHERE state = 'published';

CREATE INDEX stories_waiting ON stories (submitted_at, id) WHERE state = 'in_review';

CREATE INDEX stories_waiting_in ON stories (language, submitted_at, id) WHERE state = 'in_review';

CREATE TABLE story_authors (
    story_id     TEXT NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    profile_id   TEXT NOT NULL REFERENCES profiles (id),
    position     BIGINT NOT NULL,
    published_at BIGINT,
    PRIMARY KEY (story_id, profile_id)
);

CREATE INDEX story_authors_list ON story_authors (profile_id, published_at, story_id);

CREATE TABLE story_counts (
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    n    BIGINT NOT NULL,
    PRIMARY KEY (kind, name)
);

CREATE INDEX story_counts_most ON story_counts (kind, n DESC, name);

CREATE TABLE story_drafts (
    story_id     TEXT NOT NULL,
    account_id   TEXT NOT NULL REFERENCES accounts (id) ON DELETE CASCADE,
    base_version BIGINT NOT NULL,
    writer       TEXT NOT NULL,
    sequence     BIGINT NOT NULL,
    title        TEXT NOT NULL,
    document     TEXT NOT NULL,
    saved_at     BIGINT NOT NULL,
    dropped      BOOLEAN NOT NULL,
    PRIMARY KEY (story_id, account_id)
);

CREATE INDEX story_drafts_by_account ON story_drafts (account_id);

CREATE TABLE story_figures (
    story_id TEXT PRIMARY KEY REFERENCES stories (id) ON DELETE CASCADE,
    wide     TEXT NOT NULL,
    tall     TEXT NOT NULL,
    renderer BIGINT NOT NULL
);

CREATE TABLE story_notes (
    id         TEXT PRIMARY KEY,
    story_id   TEXT NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    at         BIGINT NOT NULL,
    account_id TEXT,
    kind       TEXT NOT NULL,
    text       TEXT NOT NULL
);

CREATE INDEX story_notes_list ON story_notes (story_id, at, id);

CREATE TABLE story_pictures (
    story_id   TEXT NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    picture_id TEXT NOT NULL,
    PRIMARY KEY (story_id, picture_id)
);

CREATE INDEX story_pictures_by_picture ON story_pictures (picture_id, story_id);

CREATE TABLE story_related (
    story_id   TEXT NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    related_id TEXT NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    score      DOUBLE PRECISION NOT NULL,
    topics     TEXT NOT NULL,
    words      TEXT NOT NULL,
    PRIMARY KEY (story_id, related_id)
);

CREATE INDEX story_related_to ON story_related (related_id);

CREATE TABLE story_replies (
    story_id  TEXT PRIMARY KEY REFERENCES stories (id) ON DELETE CASCADE,
    published BIGINT NOT NULL,
    threads   BIGINT NOT NULL,
    closed    BOOLEAN NOT NULL
);

CREATE TABLE story_resources (
    story_id    TEXT NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    resource_id TEXT NOT NULL REFERENCES resources (id) ON DELETE CASCADE,
    score       DOUBLE PRECISION NOT NULL,
    topics      TEXT NOT NULL,
    words       TEXT NOT NULL,
    PRIMARY KEY (story_id, resource_id)
);

CREATE INDEX story_resources_by_resource ON story_resources (resource_id);

CREATE TABLE story_revisions (
    story_id   TEXT NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    version    BIGINT NOT NULL,
    saved_at   BIGINT NOT NULL,
    account_id TEXT,
    document   TEXT NOT NULL, private BOOLEAN NOT NULL DEFAULT FALSE,
    PRIMARY KEY (story_id, version)
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

CREATE TABLE story_topics (
    story_id     TEXT NOT NULL REFERENCES stories (id) ON DELETE CASCADE,
    topic_id     TEXT NOT NULL REFERENCES topics (id),
    position     BIGINT NOT NULL,
    published_at BIGINT, submitted_at BIGINT,
    PRIMARY KEY (story_id, topic_id)
);

CREATE INDEX story_topics_list ON story_topics (topic_id, published_at, story_id);

CREATE INDEX story_topics_waiting ON story_topics (topic_id, submitted_at, story_id) WHERE submitted_at IS NOT NULL;

CREATE TABLE subscriptions (
    id           TEXT PRIMARY KEY,
    list         TEXT NOT NULL,
    pace         TEXT NOT NULL,
    ended_pace   TEXT NOT NULL,
    account_id   TEXT REFERENCES accounts (id) ON DELETE CASCADE,
    email        TEXT,
    email_key    TEXT,
    language     TEXT NOT NULL,
    proof        TEXT NOT NULL,
    since        BIGINT NOT NULL,
    confirmed_at BIGINT NOT NULL,
    changed_at   BIGINT NOT NULL,
    UNIQUE (list, account_id),
    UNIQUE (list, email_key)
);

CREATE INDEX subscriptions_by_account ON subscriptions (account_id);

CREATE INDEX subscriptions_by_address ON subscriptions (email_key);

CREATE INDEX subscriptions_to_send ON subscriptions (list, pace, id);

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
