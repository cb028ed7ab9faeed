BEGIN;
CREATE TABLE accounts (
    name TEXT PRIMARY KEY,
    role TEXT NOT NULL,
    password TEXT NOT NULL,
    made_at INTEGER NOT NULL
) STRICT;

CREATE TABLE sessions (
    digest TEXT PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts (name) ON DELETE CASCADE,
    csrf TEXT NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

CREATE TABLE tokens (
    id INTEGER PRIMARY KEY,
    digest TEXT NOT NULL UNIQUE,
    account TEXT NOT NULL REFERENCES accounts (name) ON DELETE CASCADE,
    role TEXT NOT NULL,
    label TEXT NOT NULL,
    made_at INTEGER NOT NULL
) STRICT;

CREATE TABLE notes (
    id INTEGER PRIMARY KEY,
    about TEXT NOT NULL,
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    author TEXT NOT NULL,
    made_at INTEGER NOT NULL
) STRICT;

CREATE INDEX notes_key ON notes (about, key);

CREATE TABLE suggestions (
    id INTEGER PRIMARY KEY,
    report TEXT NOT NULL,
    verdict TEXT NOT NULL,
    correction TEXT,
    note TEXT,
    author TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    decision TEXT NOT NULL DEFAULT 'open',
    decided_by TEXT,
    decided_at INTEGER
) STRICT;

CREATE INDEX suggestions_report ON suggestions (report);
CREATE INDEX suggestions_decision ON suggestions (decision, id);
CREATE TABLE subscriptions (
    id INTEGER PRIMARY KEY,
    account TEXT NOT NULL REFERENCES accounts (name) ON DELETE CASCADE,
    url TEXT NOT NULL,
    secret TEXT NOT NULL,
    matter TEXT NOT NULL,
    query TEXT NOT NULL,
    made_at INTEGER NOT NULL,
    report INTEGER NOT NULL,
    word TEXT
) STRICT;

CREATE TABLE deliveries (
    id INTEGER PRIMARY KEY,
    subscription INTEGER NOT NULL REFERENCES subscriptions (id) ON DELETE CASCADE,
    event TEXT NOT NULL,
    body TEXT NOT NULL,
    attempts INTEGER NOT NULL DEFAULT 0,
    next_at INTEGER NOT NULL,
    state TEXT NOT NULL DEFAULT 'waiting',
    trouble TEXT,
    UNIQUE (subscription, event)
) STRICT;

CREATE INDEX deliveries_due ON deliveries (state, next_at);
PRAGMA user_version = 1;
COMMIT;
